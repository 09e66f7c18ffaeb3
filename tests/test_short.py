"""The short answer: what was read, made whole, as a journalist would quote it."""

from __future__ import annotations

import time
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import Article, Passage
from rag.quote import short_of
from rag.short import short_answer
from rag.types import Question, Span

BALLOON: Final = (
    "Le ballon a ému la capitale et a poussé la ministre Maud Kerlann à reporter une visite à "
    "Solvane que les deux villes voulaient fêter ensemble."
)
STATES: Final = (
    "« Plusieurs régions refusent cette carte dans les bureaux de l'armée » situés sur leur sol, "
    "a-t-elle dit, accusant ces régions de bafouer la loi nationale et le principe d'égalité."
)
BULLETS: Final = (
    "Trois villes ont signé le texte :\n• Brissagne, sur la côte\n• Ormec\n• Solvane\nLe vote suit."
)


def _short(question: str, text: str, read: str, language: str = "fr") -> str:
    article = Article("a", "Titre", text, language, None, None, None)
    start = text.index(read)
    span = Span(Passage(article, 0, len(text)), start, start + len(read), 1.0)
    return short_of(short_answer(Question(question, language, question), [span]))


@pytest.mark.parametrize(
    ("question", "text", "read", "short"),
    [
        # Why: the clause, never half of one
        (
            "Pourquoi le pont est-il fermé ?",
            "Le pont est fermé depuis mai parce que deux piles sont fissurées, selon la mairie.",
            "le pont est fermé depuis mai"[3:],
            "parce que deux piles sont fissurées",
        ),
        (
            "Pourquoi Maud Kerlann a-t-elle reporté sa visite ?",
            BALLOON,
            "les deux villes voulaient fêter ensemble",
            BALLOON,
        ),
        (
            "Pourquoi s'est-il réfugié à Ormec ?",
            "Craignant que Solvane le livre à ses juges, il a trouvé refuge à Ormec le 19 juin.",
            "il a trouvé refuge à Ormec",
            "Craignant que Solvane le livre à ses juges, il a trouvé refuge à Ormec le 19 juin",
        ),
        (
            "Pourquoi l'usine ferme-t-elle ?",
            "L'usine ferme en juin. C'est parce que les ventes ont chuté.",
            "L'usine ferme",
            "parce que les ventes ont chuté",
        ),
        (
            "Pourquoi l'usine ferme-t-elle ?",
            "Le groupe indique que les ventes ont chuté. Le maire remercie grâce à un tract.",
            "les ventes ont chuté",
            "les ventes ont chuté",
        ),
        (
            "Pourquoi Maud Kerlann s'est-elle abstenue ?",
            "Elle a suivi la règle parce que Solvane s'y opposait, a dit Maud Kerlann mardi.",
            "Solvane",
            "parce que Solvane s'y opposait",
        ),
        (
            "Pourquoi s'est-il réfugié à Ormec ?",
            "Il s'est réfugié à Ormec et a demandé l'asile.",
            "a demandé l'asile",
            "Il s'est réfugié à Ormec et a demandé l'asile.",
        ),
        # Lists: all items, and nothing that is none
        (
            "Quels pays ont signé ?",
            "Le traité porte le nom de la Solvanie, l'Ormécie et la Brissanie, qui l'ont signé.",
            "l'Ormécie",
            "la Solvanie, l'Ormécie et la Brissanie",
        ),
        (
            "Quelles régions refusent la carte ?",
            STATES,
            "les bureaux de l'armée",
            "les bureaux de l'armée",
        ),
        (
            "Quelles régions ont suivi ?",
            "Il a été rejoint par l'Ormécie, la Basse Solvanie et la Brissanie orientale, dit-on.",
            "l'Ormécie",
            "l'Ormécie, la Basse Solvanie et la Brissanie orientale",
        ),
        (
            "Quels bijoux Maud Kerlann a-t-elle déposés ?",
            "À Solvane, Maud Kerlann dépose un bracelet, une bague et un collier d'or pour payer.",
            "une bague",
            "un bracelet, une bague et un collier d'or",
        ),
        (
            "De quelles régions venaient-ils ?",
            "Des envoyés de Haute Solvane du Nord et d'Ormécie ont retardé la réunion.",
            "Ormécie",
            "de Haute Solvane du Nord et d'Ormécie",
        ),
        (
            "Quelles villes ont signé ?",
            BULLETS,
            "Trois villes",
            "Brissagne, sur la côte\n• Ormec\n• Solvane",
        ),
        (
            "Quelles villes ont signé ?",
            BULLETS,
            "Ormec",
            "Brissagne, sur la côte\n• Ormec\n• Solvane",
        ),
        (
            "Quels pays ont signé ?",
            "Trois pays ont signé mardi. Il s'agit de la Solvanie, de l'Ormécie et du Brissan.",
            "Trois pays",
            "de la Solvanie, de l'Ormécie et du Brissan",
        ),
        # Numbers: both ends of a range, and the unit
        (
            "Combien de personnes comptera la mission ?",
            "La mission passerait de 500 à environ 4 000 personnes, a dit Maud Kerlann.",
            "500",
            "de 500 à environ 4 000 personnes",
        ),
        (
            "Combien de morts ?",
            "L'accident a fait 30 morts et 20 blessés à Ormec.",
            "30",
            "30 morts",
        ),
        (
            "Qui achèterait l'usine ?",
            "Parmi les acheteurs figure le groupe minier ormécien Solvane, dit-on.",
            "ormécien Solvane",
            "le groupe minier ormécien Solvane",
        ),
        (
            "Combien gagne-t-elle ?",
            "Elle gagne 30 000 euros par an à Ormec.",
            "30 000 euros par an",
            "30 000 euros par an",
        ),
        (
            "Quels bijoux a-t-elle vendus ?",
            "Elle a vendu une bague et un collier en or pour payer.",
            "une bague",
            "une bague et un collier en or",
        ),
        # Events
        (
            "Que s'est-il passé à Ormec ?",
            "La mairie a ordonné mardi la fermeture d'une école à Ormec.",
            "école",
            "La mairie a ordonné mardi la fermeture d'une école à Ormec.",
        ),
        # Names, without whose they are
        (
            "Qui préside le parti ?",
            "Le chef du SPD Jorg Kerlann Meyer a parlé.",
            "Kerlann Meyer",
            "Jorg Kerlann Meyer",
        ),
        (
            "Qui sont les présidents du parti ?",
            "Ont voté les présidents du PSO Maud Kerlann, Jean Brandu et Zoé Tissel.",
            "Jean Brandu",
            "Maud Kerlann, Jean Brandu et Zoé Tissel",
        ),
        # Days
        (
            "Quand sont-ils partis ?",
            "Ils ont quitté Solvane entre le 8 et le 13 octobre, dit la marine.",
            "le 8",
            "entre le 8 et le 13 octobre",
        ),
        (
            "Quand sont-ils partis ?",
            "Ils ont quitté Solvane entre le 8 et le 13 octobre, dit la marine.",
            "13 octobre",
            "entre le 8 et le 13 octobre",
        ),
        (
            "Quand a eu lieu la fête ?",
            "La fête s'est tenue du 12 au 17 juillet 2003 à Ormec.",
            "17 juillet",
            "du 12 au 17 juillet 2003",
        ),
        # Phrases, marks of quotation
        (
            "Comment est-elle morte ?",
            "Elle est morte en faisant des exercices de voltige au-dessus d'Ormec.",
            "exercices",
            "des exercices de voltige",
        ),
        (
            "Que lui a-t-elle promis ?",
            "Elle avait promis de le faire sortir de l'hôpital avant Noël.",
            "faire sortir de l'hôpital",
            "le faire sortir de l'hôpital",
        ),
        (
            "Qu'a dit la maire ?",
            "La maire a parlé d'« une ville sans voitures » devant la presse.",
            "ville sans voitures »",
            "« une ville sans voitures »",
        ),
        ("De quoi souffre-t-il ?", "Il a une hépatite A depuis mai.", "hépatite A", "hépatite A"),
        ("D'où vient-il ?", "Il vient d'Ormec, dit-on.", "d'", "Il vient d'Ormec, dit-on."),
        (
            "Où vit-il ?",
            "Il vit à Ormec (Haute-Aune), au bord du lac.",
            "Ormec (Haute-Aune",
            "Ormec (Haute-Aune)",
        ),
    ],
)
def test_the_short_answer_is_whole(question: str, text: str, read: str, short: str) -> None:
    assert _short(question, text, read) == short


def test_reasons_and_lists_in_english() -> None:
    text = "The bridge closed because two piers cracked, while traffic grew."
    assert _short("Why did the bridge close?", text, "two piers", "en").startswith("because two")
    text = "The pact was signed by Ormec, Solvane and Brissagne on Monday."
    assert _short("Which towns signed?", text, "Solvane", "en") == "Ormec, Solvane and Brissagne"


@pytest.mark.parametrize(
    ("text", "read", "short"),
    [
        (
            "On Monday thirty North Korean soldiers crossed.",
            "thirty",
            "thirty North Korean soldiers",
        ),
        ("Some 200 British troops left the town.", "200", "200 British troops"),
        ("In all 40 North Koreans left the town.", "40", "40 North Koreans"),
        ("They bought 12 Boeing jets last year.", "12", "12 Boeing jets"),
        ("The 30 Solvane backed in May have left.", "30", "30 Solvane"),
    ],
)
def test_a_number_of_people_of_a_country_in_english(text: str, read: str, short: str) -> None:
    assert _short("How many?", text, read, "en") == short


@pytest.mark.parametrize("question", ["Pourquoi ?", "Quels pays ?", "Qui ?"])
@pytest.mark.parametrize(
    "unit", ["l'Ormécie, la Solvanie et ", "« ", "car la ", "(12 et 13 mai ", "10 à "]
)
def test_endless_sentences_take_no_longer_than_their_length(question: str, unit: str) -> None:
    text = unit * (6_000 // len(unit)) + "Ormec."
    began = time.process_time()
    assert _short(question, text, "Ormec")
    assert time.process_time() - began < 5


TEXT: Final = (
    'Le maire (62 ans) a promis « 10 000 logements », « vite » et "sans hausse", dit Maud Kerlann, '
    "de 3 à 4 millions d'euros pour l'Ormécie et la Solvanie (Sud) parce que l'on manque de tout."
)


@given(
    st.integers(0, len(TEXT) - 1),
    st.integers(1, 60),
    st.sampled_from(["Combien ?", "Pourquoi ?", "Quels pays ?", "Qui ?"]),
)
def test_no_short_answer_has_loose_ends(start: int, length: int, question: str) -> None:
    read = TEXT[start : start + length]
    article = Article("a", "", TEXT, "fr", None, None, None)
    span = Span(Passage(article, 0, len(TEXT)), start, start + len(read), 1.0)
    short = short_of(short_answer(Question(question, "fr", question), [span]))
    assert short
    if any(map(str.isalnum, read)):
        for opening, closing in ("«»", "()"):
            assert short.count(opening) == short.count(closing), short
        assert short.count('"') % 2 == 0, short
        assert not short.startswith((",", ".", ";", " ", "qu'"))
        assert not short.endswith((",", ";", " ", "(", "«", "d'", "l'"))
