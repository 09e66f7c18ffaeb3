import json
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.clean import clean, one_line
from index.furniture import furniture

BODY = "Le conseil a voté la loi mardi soir, a annoncé le ministre."
FURNITURE = [
    "Web Analytics",
    "FacebookTwitterLinkedinEmail",
    "Facebook | Twitter | WhatsApp",
    "Partager sur Facebook",
    "Share on Twitter",
    "Auf Facebook teilen",
    "Laisser un commentaire",
    "12 commentaires",
    "Leave a Reply",
    "Kommentar schreiben",
    "Deja un comentario",
    "Lascia un commento",
    "Bouton retour en haut de la page",
    "Haut de page",
    "Back to top ↑",
    "Nach oben",
    "Volver arriba",
    "Torna su",
    "À lire également",
    "Lire aussi : Le budget est voté",
    "→ À LIRE AUSSI | Pourquoi la rivière est à sec ?",
    "Read more: What the law says",
    "Lesen Sie auch: Der Haushalt steht",
    "Lea también",
    "Leggi anche: La legge è passata",
    "Image de Military_Material par Pixabay",
    "Photo : AFP",
    "© Jeanne Roux / AFP",
    "Photo by Ann Lee on Unsplash",
    "Foto: picture alliance/dpa",
    "Abonnez-vous",
    "Article réservé aux abonnés",
    "Déjà abonné ? Connectez-vous",
    "Jetzt abonnieren",
    "Tout accepter",
    "Accept all cookies",
    "Cookies akzeptieren",
    "Inscrivez-vous à notre newsletter",
    "Sign up for our daily newsletter",
    "Newsletter abonnieren",
    "Iscriviti alla newsletter",
    "La suite après cette publicité",
    "Article continues below advertisement",
    "Temps de lecture : 3 min",
    "Écouter l’article (4 min)",
    "3 min read",
    "Suivez-nous sur Facebook et Instagram",
]
AT_EDGES = [
    "03:00",
    "00:00 / 12:41",
    "Plus",
    "Publicité",
    "Commentaires",
    "Facebook",
    "© 2024 La Gazette. Tous droits réservés.",
    "Si vous souhaitez accéder à tous les articles, abonnez-vous ici!",
    "Nous utilisons des cookies pour améliorer votre visite.",
    "This website uses cookies to ensure you get the best experience.",
    "Votre adresse e-mail ne sera pas publiée. Les champs obligatoires sont indiqués avec *",
]
# What articles say, near to what sites say.
BODY_LINES = [
    "Facebook et Twitter face à la loi",
    "« Laissez un commentaire », demande le site à ses lecteurs.",
    "Le photographe de l’AFP a été blessé.",
    "Photo de famille au sommet de Madrid",
    "Plus de 300 personnes ont défilé.",
    "Il faut lire aussi entre les lignes de ce discours.",
    "Lire aussi vite est un don, explique la chercheuse.",
    "Publicité mensongère : la ministre contre-attaque",
    "Les cookies seront interdits en 2026",
    "Abonnez-vous à la vie, disait-il à ses élèves, qui riaient.",
    "Le départ est donné à 03:00 devant la mairie.",
    "Une image vaut mille mots",
    "Renforcer les liens en matière de défense",
    "Partager le pouvoir",
    "La newsletter de Mediapart, un modèle ?",
    "Commentaires acerbes à Bruxelles",
    "Retour en haut de l’affiche pour les Bleus",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_goes_wherever_it_stands_alone(line: str) -> None:
    assert clean(f"{BODY}\n\n{line}\n\n{BODY}") == f"{BODY}\n\n{BODY}"
    assert clean(f"{line}\n{BODY}\n{line}") == BODY


@pytest.mark.parametrize("line", AT_EDGES)
def test_words_that_may_be_headings_go_only_at_the_edges(line: str) -> None:
    assert clean(f"{line}\n\n{BODY}\n\n{line}") == BODY
    assert clean(f"{BODY}\n\n{line}\n\n{BODY}") == f"{BODY}\n\n{line}\n\n{BODY}"


@pytest.mark.parametrize("line", BODY_LINES)
def test_the_body_stays(line: str) -> None:
    for text in (f"{BODY}\n\n{line}\n\n{BODY}", f"{line}\n\n{BODY}", f"{BODY}\n\n{line}"):
        assert clean(text) == text


def test_the_share_bar_under_the_title_goes() -> None:
    assert clean(f"Un titre\n\nFacebook\nTwitter\n\n{BODY}") == f"Un titre\n\n{BODY}"


def test_a_list_of_networks_in_the_article_stays() -> None:
    text = "Trois réseaux sont visés :\n\nFacebook, Twitter, Instagram\n\nL’amende est de 3 %."
    assert clean(text) == text


def test_a_text_of_furniture_only_is_empty() -> None:
    assert clean("Web Analytics\n\nFacebookTwitter\n03:00") == ""


def test_white_space_and_unicode() -> None:
    raw = "\ufeffCafe\u0301 \r\n\r\n\r\n\r\n«\u00a010\u202f000\u00a0»  soldats\t!\r Fin\u200b.\x00 "
    assert clean(raw) == "Café\n\n«\u00a010\u202f000\u00a0» soldats !\nFin."


def test_windows_letters_read_as_controls_come_back() -> None:
    assert clean("le c\x9cur de l\x92\xe9t\xe9") == "le cœur de l’été"


def test_joiners_stay_where_they_are_spelling() -> None:
    assert clean("می\u200cشود و a\u200cb 👩\u200d🚒") == "می\u200cشود و ab 👩\u200d🚒"


def test_halves_of_characters_can_be_stored() -> None:
    assert clean("a\ud800b").encode() == "a\ufffdb".encode()


def test_a_line_broken_inside_a_sentence_is_joined() -> None:
    assert clean("Le ministre a annoncé la fin de\nla grève.") == (
        "Le ministre a annoncé la fin de la grève."
    )


def test_wrapped_lines_are_joined() -> None:
    words = "Le gouvernement a présenté lundi un plan de Relance pour les petites Villes"
    wrapped = (
        "Le gouvernement a présenté lundi un plan de Relance pour\n"
        "les petites Villes et les Bourgs du pays, qui perdent des\n"
        "Habitants depuis vingt ans."
    )
    assert clean(wrapped).startswith(words)
    assert "\n" not in clean(wrapped)


def test_lists_are_not_joined() -> None:
    text = "Les mesures annoncées lundi par le gouvernement\nbaisse des taxes\naide aux communes"
    assert clean(text) == text


def test_one_line() -> None:
    assert one_line(" Un\u200b titre\n sur deux  lignes ") == "Un titre sur deux lignes"


def letters(text: str) -> list[str]:
    return [letter for letter in unicodedata.normalize("NFC", text) if letter.isalpha()]


lines = st.one_of(
    st.sampled_from([*FURNITURE, *AT_EDGES, *BODY_LINES, BODY, "", "de", "la suite de"]),
    st.text(max_size=80),
)


@given(st.lists(lines, max_size=12))
def test_cleaning_twice_is_cleaning_once(chosen: list[str]) -> None:
    once = clean("\n".join(chosen))
    assert clean(once) == once


@given(st.lists(lines, max_size=12))
def test_cleaning_adds_no_letter(chosen: list[str]) -> None:
    raw = "\n".join(chosen).replace("\u0080", "")
    left = iter(letters(raw.translate({n: bytes([n]).decode("cp1252", "ignore") for n in C1})))
    assert all(letter in left for letter in letters(clean(raw)))


C1 = range(0x80, 0xA0)
prose = st.text(st.characters(categories=["L", "N", "Zs"]), min_size=1, max_size=200)


@given(st.lists(prose, max_size=8))
def test_prose_keeps_every_letter(sentences: list[str]) -> None:
    raw = "\n".join(f"{BODY[:-1]} {sentence}." for sentence in sentences)
    assert letters(clean(raw)) == letters(raw)


def real_articles(folder: Path) -> list[tuple[str, str]]:
    found = [
        (path.name, path.read_text("utf-8"))
        for part in ("seeds", "newswire")
        for path in sorted((folder / part).glob("*.txt"))
    ]
    for path in sorted((folder / "dated").glob("*.jsonl")):
        rows = map(json.loads, path.read_text("utf-8").splitlines())
        found += [(row["id"], row["text"]) for row in rows]
    return found


@pytest.mark.parametrize(
    "unit",
    ["a", " ", "\n", "de\nla ", "Facebook", "abonnez-vous ", "«", "a\u0301", "\u200c", "a,\n"],
)
def test_long_texts_take_no_long_time(unit: str) -> None:
    start = time.perf_counter()
    clean(unit * (300_000 // len(unit)))
    assert time.perf_counter() - start < 5  # 0.3 s at most here; quadratic would be minutes


def test_of_1500_real_articles_only_furniture_goes(shared: Path) -> None:
    """Each removed line was looked at: 8 in the seeds, none in newswire/, 2 in dated/."""
    removed: dict[str, int] = {}
    lost = []
    for name, text in real_articles(shared / "articles"):
        split = [line.strip() for line in text.split("\n")]
        gone = furniture(split)
        if gone:
            removed[name] = len(gone)
        kept = "".join(line for number, line in enumerate(split) if number not in gone)
        if letters(kept) != letters(clean(text)):
            lost.append(name)
    assert removed == {
        "001_0689e811017c7d77.txt": 5,
        "002_5ba3490def084efc.txt": 2,
        "004_1b4d6b7eede11a6e.txt": 1,
        "spanish-News-weekly-2018-01-index": 1,  # to subscribe to the mailing list
        "french-News-1998-19980901": 1,  # the same, as a heading of the site
    }
    assert lost == []
