"""How each format is read: text, Markdown, JSON, CSV, web pages."""

import json
import os
from pathlib import Path

import pytest
from files import BODY, articles, write

from index.load import load
from index.loaded import LoadedArticle, Problem

PAGES = Path(__file__).parent / "data" / "pages"


# --- texts and tables ---------------------------------------------------------------------------


def test_a_text_file(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", f" date 2024-10 Un titre court\n\n{BODY}\n\nLaisser un commentaire")
    found = articles(tmp_path)["a"]
    assert found.article.title == "Un titre court"
    assert found.article.text == BODY
    assert found.article.published == "2024-10"
    assert found.origins["published"] == "header"


def test_a_file_has_no_date_of_its_own(tmp_path: Path) -> None:
    file = write(tmp_path / "2024-10-24.txt")
    os.utime(file, (0, 0))
    assert articles(tmp_path)["2024-10-24"].article.published is None


FRENCH = "L'été dernier, à la frontière, des réfugiés ont été arrêtés près de la forêt."
RUSSIAN = "Прошлым летом на границе были задержаны беженцы, сообщает министерство обороны страны."
POLISH = "Zeszłego lata na granicy zatrzymano uchodźców, poinformowało ministerstwo, żołnierze są."


@pytest.mark.parametrize(
    ("encoding", "sentence"),
    [
        *((encoding, FRENCH) for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1")),
        ("cp1252", "Cœur de l’Europe : « l’œuvre » coûte 3 €…"),
        ("cp1251", RUSSIAN),
        ("cp1250", POLISH),
    ],
)
def test_encodings(tmp_path: Path, encoding: str, sentence: str) -> None:
    text = " ".join([sentence] * 5)
    write(tmp_path / "a.txt", text.encode(encoding))
    assert articles(tmp_path)["a"].article.text == text.strip()


def test_markdown(tmp_path: Path) -> None:
    text = (
        "---\nid: 007\ntitle: Un *titre*\ndate: 2024-10-24T23:30:00-05:00\nlang: fr-FR\n"
        "source: La Gazette\nurl: https://exemple.fr/a\n---\n\n"
        "# Un *titre*\n\n## Chapitre **un** ##\n\n"
        f"{BODY} Voir [le *rapport*](https://exemple.fr/r_(1).pdf 'titre'), _vite_ !\n"
        "Le fichier snake_case_name et 2*3*4 restent.\n\n"
        "> Une « citation »\n\n* un\n* deux\n\n<!-- un commentaire -->\nA&nbsp;B &amp; C\n\n---\n"
        "![légende](photo.jpg)\n"
    )  # fmt: skip
    write(tmp_path / "a.md", text)
    found = articles(tmp_path)["007"]
    assert found.article.title == "Un *titre*"
    assert found.article.published == "2024-10-24"
    assert found.article.language == "fr"
    assert found.article.source == "La Gazette"
    assert found.article.url == "https://exemple.fr/a"
    assert set(found.origins.values()) == {"front matter"}
    assert found.article.text == (
        f"Un titre\n\nChapitre un\n\n{BODY} Voir le rapport, vite ! "
        "Le fichier snake_case_name et 2*3*4 restent.\n\nUne « citation »\n\n* un\n* deux\n\n"
        "A\u00a0B & C\n\nlégende"
    )


def test_markdown_without_front_matter(tmp_path: Path) -> None:
    write(tmp_path / "a.md", f"# Un titre\n\n{BODY}\n")
    found = articles(tmp_path)["a"]
    assert (found.article.title, found.origins["title"]) == ("Un titre", "first line")
    assert found.article.text == BODY


ROWS = [
    {"id": "r1", "title": "Un", "text": BODY, "published": "2024-10-24", "language": "fr"},
    {"Title": "Deux", "BODY": BODY, "date": 2023, "lang": "fr", "source": "Gazette", "url": None},
    {"content": BODY},
]


def check_rows(items: dict[str, LoadedArticle], stem: str) -> None:
    assert list(items) == ["r1", f"{stem}#2", f"{stem}#3"]
    first, second, _ = items.values()
    assert (first.article.title, first.article.published) == ("Un", "2024-10-24")
    assert (second.article.title, second.article.published) == ("Deux", "2023")
    assert second.article.source == "Gazette"
    assert all(item.article.text == BODY for item in items.values())


def test_json(tmp_path: Path) -> None:
    write(tmp_path / "a" / "rows.json", json.dumps(ROWS))
    check_rows(articles(tmp_path), "a/rows")
    write(tmp_path / "one" / "b.json", json.dumps(ROWS[2]))
    assert set(articles(tmp_path / "one")) == {"b"}


@pytest.mark.parametrize("suffix", [".jsonl", ".ndjson"])
def test_json_lines(tmp_path: Path, suffix: str) -> None:
    write(tmp_path / f"rows{suffix}", "\n".join(json.dumps(row) for row in ROWS) + "\n\n")
    check_rows(articles(tmp_path), "rows")


def test_bad_json_lines_are_named_and_passed_over(tmp_path: Path) -> None:
    good = json.dumps({"text": BODY}, ensure_ascii=False).encode()
    lines = [good, b"{", b"[1]", b'{"title": "a"}', b'{"text": "\xe9"}', good]
    file = write(tmp_path / "a.jsonl", b"\n".join(lines))
    assert set(articles(file)) == {"a#1", "a#6"}
    messages = [item.message for item in load([file]) if isinstance(item, Problem)]
    assert [message.split(";")[0][:24] for message in messages] == [
        "line 2 is not JSON (Expe", "line 3 is not an object ", "line 4 has no text",
        "line 5 is not UTF-8",
    ]  # fmt: skip


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv(tmp_path: Path, delimiter: str) -> None:
    header = delimiter.join(["id", "Title", "date", "text", "source"])
    rows = [["r1", "Un", "2024-10-24", BODY, ""], ["", "Deux", "2023", BODY, "Gazette"]]
    lines = [delimiter.join(f'"{cell}"' for cell in row) for row in [*rows, ["", "", "", BODY, ""]]]
    write(tmp_path / "rows.csv", "\ufeff" + "\r\n".join([header, *lines, ""]))
    check_rows(articles(tmp_path), "rows")


def test_bad_csv_rows_are_named_and_passed_over(tmp_path: Path) -> None:
    rows = ["title,text", f'a,"{BODY}"', f"b,{BODY}", "c,", f'd,"{BODY}"', 'e,"sans fin']
    file = write(tmp_path / "a.csv", "\n".join(rows))
    assert set(articles(file)) == {"a#1", "a#4"}
    messages = [item.message for item in load([file]) if isinstance(item, Problem)]
    assert len(messages) == 3
    assert "the row that ends in line 3 has 3 fields, the header 2" in messages[0]
    assert "line 4 has no text" in messages[1]
    assert "were not read" in messages[2]


def test_a_csv_of_an_old_mac(tmp_path: Path) -> None:
    write(tmp_path / "rows.csv", f'title,text\ra,"{BODY}"\rb,"{BODY}"\r')
    assert set(articles(tmp_path)) == {"rows#1", "rows#2"}


@pytest.mark.parametrize("first", ["title,te\r\rxt", '"title" a,text', f"{'a' * 3_000_000},text"])
def test_a_csv_whose_first_line_is_none_is_named(tmp_path: Path, first: str) -> None:
    file = write(tmp_path / "a.csv", f"{first}\na,{BODY}\n")
    (item,) = load([file])
    assert isinstance(item, Problem)
    assert "\n" not in item.message


def test_hostile_values(tmp_path: Path) -> None:
    row = {
        "text": BODY + "\ud800",
        "title": "a\u0000\u202eb",
        "url": "javascript:x",
        "date": "31/02",
    }
    write(tmp_path / "a.json", json.dumps(row))
    found = articles(tmp_path)["a"]
    assert (found.article.title, found.article.url, found.article.published) == ("ab", None, None)
    assert len(found.notes) == 2
    assert found.article.text.encode()


# --- web pages ----------------------------------------------------------------------------------

FACTS = {  # title, date, source, how the text begins and ends
    "jsonld": (
        "Le viaduc de Malvern rouvre aux trains", "2023-11-07", "La Gazette du Rail",
        "Après quatorze mois", "deux tunnels voisins.",
    ),
    "opengraph": (
        "Sécheresse : la Vernelle à sec dès mars", "2024-03-09", "Côté Plaine",
        "La rivière ne coule plus", "annoncent un recours.",
    ),
    "time": (
        "Handball : Brézance s’offre le leader", "2021-02-14", "Sport Hebdo",
        "Menées de cinq buts", "se jouera à huis clos.",
    ),
    "microdata": (
        "Un orgue du XVIIIe siècle retrouve sa voix", "2018-05-02", "Le Courrier de Halvaux",
        "Muet depuis 1954", "jusqu’en octobre.",
    ),
    "visible": (
        "Marché couvert : le oui l'emporte de 38 voix", "2022-01-12", None,
        "Les habitants de Pontreau", "ouvriront à Noël 2024.",
    ),
    "dublincore": (
        "Le phare de Keroual passe à la diode", "2019-06", "Revue des ports",
        "Sa lampe pesait onze kilos", "1,4 million d'euros.",
    ),
    "old": (
        "Le dernier passeur de la Doune prend sa retraite", None, None,
        "Pendant quarante et un ans", "dit simplement le vieil homme.",
    ),
    "undated": (
        "Les abeilles noires de l'île d'Aurec", None, None,
        "Sur l'île d'Aurec", "ne jamais les ramener.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FACTS)
def test_pages_of_news_sites(name: str) -> None:
    title, published, source, start, end = FACTS[name]
    found = articles(PAGES / f"{name}.html")[name]
    assert found.article.title == title
    assert found.article.published == published
    assert found.article.source == source
    assert found.article.language == "fr"
    assert found.article.text.startswith(start)
    assert found.article.text.endswith(end)
    assert found.origins["title"] == "html"
    for furniture in ("Facebook", "cookies", "Accueil", "commentaire", "Tous droits", "aussi"):
        assert furniture not in found.article.text.replace("accepter aussi", "")


def test_a_page_keeps_all_its_paragraphs_however_deep(tmp_path: Path) -> None:
    paragraphs = [f"Paragraphe {n} : {BODY}" for n in range(30)]
    page = "<div>" * 300 + "".join(f"<p>{text}</p>" for text in paragraphs) + "</div>" * 300
    write(tmp_path / "a.html", f"<html><body>{page}</body></html>")
    assert articles(tmp_path)["a"].article.text.split("\n\n") == paragraphs


def test_a_table_in_a_page(tmp_path: Path) -> None:
    table = "<tr><th>Liste</th><th>Voix</th></tr><tr><td>Aubry</td><td>1 204</td></tr>"
    write(
        tmp_path / "a.html", f"<article><p>{BODY}</p><table>{table}</table><p>{BODY}</p></article>"
    )
    assert articles(tmp_path)["a"].article.text == (
        f"{BODY}\n\nListe | Voix\n\nAubry | 1 204\n\n{BODY}"
    )
