"""Documents, letters, feeds and archives: what is read from each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documents import (
    BODY,
    DAY,
    MAKERS,
    TITLE,
    URL,
    article,
    docx,
    mail,
    odt,
    packed,
    pdf,
    read,
)

from index.chunk import chunk
from index.loaded import LoadedArticle, Problem, Skipped
from index.pages import page

if TYPE_CHECKING:
    from pathlib import Path

LETTERS = [letter for letter in BODY if letter.isalpha()]


@pytest.mark.parametrize("suffix", MAKERS)
def test_no_format_loses_a_letter(tmp_path: Path, suffix: str) -> None:
    found = read(tmp_path, f"a{suffix}", MAKERS[suffix]())
    articles = [item.article for item in found if isinstance(item, LoadedArticle)]
    several = {".epub", ".jsonl", ".rss", ".warc", ".warc.gz", ".zip"}
    assert len(articles) == (2 if suffix in several else 1), found
    for read_article in articles:
        text = read_article.text.replace(TITLE, "")
        assert [letter for letter in text if letter.isalpha()] == LETTERS
        assert len({item.id for item in articles}) == len(articles)


@pytest.mark.parametrize("suffix", [".atom", ".eml", ".epub", ".html", ".rss", ".warc"])
def test_dates_and_titles_are_those_in_the_file(tmp_path: Path, suffix: str) -> None:
    found = article(tmp_path, f"a{suffix}", MAKERS[suffix]()).article
    assert found.published == DAY
    assert found.title.startswith(TITLE)


def test_what_is_told_of_documents(tmp_path: Path) -> None:
    assert article(tmp_path, "a.docx", docx()).article.title == TITLE
    assert article(tmp_path, "a.odt", odt()).article.title == TITLE
    letter = article(tmp_path, "a.eml", mail())
    assert (letter.article.source, letter.origins["source"]) == ("Le Quai", "mail")
    feed = article(tmp_path, "a.rss", MAKERS[".rss"]())
    assert (feed.article.id, feed.article.url) == ("a#1", f"{URL}-1")
    assert feed.article.source == "Le Quai"


def test_a_table_in_a_document_is_read_by_rows(tmp_path: Path) -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    row = "<w:tr>" + cell.format("Aubry") + cell.format("1 204 voix") + "</w:tr>"
    text = article(tmp_path, "a.docx", docx(f"<w:tbl>{row}{row}</w:tbl>")).article.text
    assert text == "Aubry | 1 204 voix\n\nAubry | 1 204 voix"


# --- pages ----------------------------------------------------------------------------------------


def test_a_pdf_knows_its_pages(tmp_path: Path) -> None:
    pages = [
        [
            "Le Quai, édition du jeudi, page 1",
            "Le bac de Quernes a repris l’eau jeudi matin, et la",
        ],
        ["Le Quai, édition du jeudi, page 2", "foule l’attendait à quai.", "Le maire était venu."],
        ["Le Quai, édition du jeudi, page 3", "Demain, le passage sera gratuit pour tous."],
    ]
    found = article(tmp_path, "a.pdf", pdf(pages)).article
    assert "édition" not in found.text
    assert "jeudi matin, et la \ffoule l’attendait à quai." in found.text
    numbers = [page(found.text, found.text.index(word)) for word in ("bac", "foule", "Demain")]
    assert numbers == [1, 2, 3]
    for passage in chunk(found):
        assert passage.text == found.text[passage.start : passage.end]


def test_a_text_without_pages_has_none(tmp_path: Path) -> None:
    found = article(tmp_path, "a.txt", BODY.encode()).article
    assert page(found.text, 10) is None
    found = article(tmp_path, "b.txt", f"{BODY}\f{BODY}\f\f{BODY}\f".encode()).article
    assert page(found.text, len(found.text) - 1) == 4


def test_lines_of_a_pdf_become_paragraphs(tmp_path: Path) -> None:
    lines = [
        "Le conseil de l’île a voté mardi soir un budget d’inves-",
        "tissement en hausse, peut-",
        "être le dernier de ce mandat, a dit son président.",
        "Le vote a duré cinq heures et onze élus y ont pris part.",
    ]
    found = article(tmp_path, "a.pdf", pdf([lines])).article
    assert "budget d’investissement en hausse, peut-être le dernier" in found.text


# --- archives -------------------------------------------------------------------------------------


def test_an_archive_is_read_like_a_folder(tmp_path: Path) -> None:
    inner = packed({"deux.md": f"# Titre\n\n{BODY}", "rangs.jsonl": MAKERS[".jsonl"]()})
    files: dict[str, str | bytes] = {
        "un.txt": BODY,
        "plus/dedans.zip": inner,
        "image.png": b"\x89PNG",
        "__MACOSX/x.txt": "a",
    }
    found = read(tmp_path, "press.zip", packed(files))
    assert [item.article.id for item in found if isinstance(item, LoadedArticle)] == [
        "press/un", "press/plus/dedans/deux", "r1", "r2",
    ]  # fmt: skip
    assert [item.reason for item in found if isinstance(item, Skipped)] == [
        "image.png: unknown format .png", "__MACOSX/x.txt: hidden",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name", ["../a.txt", "/etc/a.txt", "a/../../b.txt", "C:\\a.txt", "..\\a.txt", "\\\\host\\a.txt"]
)
def test_names_in_an_archive_lead_nowhere(tmp_path: Path, name: str) -> None:
    found = read(tmp_path, "a.zip", packed({name: BODY, "b.txt": BODY}))
    assert [type(item) for item in found] == [Problem, LoadedArticle]
    assert isinstance(found[0], Problem)
    assert "names a place outside" in found[0].message


def test_a_bad_file_in_an_archive_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {f"{n:02}.txt": BODY for n in range(20)}
    bad: dict[str, str | bytes] = {
        "05.html": "<div>" * 3000 + BODY,
        "11.pdf": b"%PDF-1.4 rien",
        "12.zip": b"PK rien",
    }
    found = read(tmp_path, "a.zip", packed({**files, **bad}))
    assert sum(isinstance(item, LoadedArticle) for item in found) == 20
    messages = [item.message for item in found if isinstance(item, Problem)]
    assert [message.split()[0] for message in messages] == ["05.html", "11.pdf", "12.zip"]


def test_archives_in_archives_end_somewhere(tmp_path: Path) -> None:
    made = packed({"a.txt": BODY})
    for _ in range(4):
        made = packed({"in.zip": made})
    (problem,) = read(tmp_path, "a.zip", made)
    assert isinstance(problem, Problem)
    assert "is an archive 3 deep" in problem.message
