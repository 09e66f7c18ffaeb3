"""A conversation as files: what they say, and that no article's words do anything in them."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

import pytest
from answers import Outline, an_answer, an_article
from hypothesis import given
from hypothesis import strategies as st

from page.export import FORMULAS, cell, html, markdown, plain, records, table
from page.texts import ENGLISH, FRENCH
from page.turns import row_of
from rag.record import record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Done

    from rag.doors.schema import AnswerRow

HOSTILE = '=HYPERLINK("http://sink.example";"x") <script>alert(1)</script> ![i](http://s.example)'


def a_row(
    words: str = "10 000 soldats", title: str = "Titre", asked: str = "Combien ?"
) -> AnswerRow:
    return row_of(an_answer(an_article(words, title), asked), 0.25)


def test_a_copied_answer_has_its_quotes_titles_dates_and_links() -> None:
    said = plain(a_row(), FRENCH)
    assert said.startswith("Combien ?\n\nAu 31 octobre 2024\n\n10 000 [1]\n\n")
    assert "[1] «\u00a0Il y a 10 000 soldats là-bas.\u00a0»\nTitre · Gazette · 31 octobre" in said
    assert "https://gazette.example/a\n" in said
    assert "1 500 (en désaccord)\u00a0: «\u00a0On en compte 1 500.\u00a0» Titre" in said
    assert "31 October 2024" in plain(a_row(), ENGLISH)


def test_an_answer_that_was_refused_says_so_in_every_file() -> None:
    answer = replace(
        an_answer(an_article()), status="refused", citations=(), text="Rien.", others=()
    )
    row = row_of(answer, 0.1)
    for write in (markdown, html, table):
        assert "Rien" in write([row], FRENCH)
    assert FRENCH.refused in plain(row, FRENCH)
    assert len(list(csv.reader(io.StringIO(table([row], FRENCH)), delimiter=";"))) == 2


def test_markdown_says_the_words_and_none_of_them_is_markup() -> None:
    written = markdown([a_row(), a_row(HOSTILE, HOSTILE, HOSTILE)], FRENCH)
    assert written.startswith("# Combien ?\n\n## Combien ?\n")
    assert "> \\[1\\] Il y a 10 000 soldats là\\-bas\\.\n>\n> Titre · Gazette" in written
    assert "<https://gazette.example/a>" in written
    bare = re.sub(r"\\.", "", written.replace("<https://gazette.example/a>", ""))
    assert not set("<[*_`") & set(bare)
    assert all(line[:1] in "#>-" for line in bare.splitlines() if line[:1] in "#>-+=~|")


def test_the_page_needs_nothing_else_and_runs_nothing() -> None:
    written = html([a_row(), a_row(HOSTILE, HOSTILE, HOSTILE)], ENGLISH)
    outline = Outline(written)
    assert {tag for tag, _ in outline.tags}.isdisjoint({"script", "img", "link", "iframe", "svg"})
    assert set(outline.links) == {"https://gazette.example/a"}
    assert "default-src 'none'" in written
    assert HOSTILE in outline.text
    assert '<html lang="en">' in written


def test_the_records_are_those_of_every_door_and_can_be_verified(
    depeche: Callable[..., Done], tmp_path: Path
) -> None:
    answer = an_answer(an_article())
    written = records([row_of(answer, 0.25), row_of(answer, 0.25)], FRENCH)
    assert json.loads(written) == json.loads(json.dumps([record(answer, 0.25)] * 2))
    (tmp_path / "kept.json").write_text(written, encoding="utf-8")
    assert "of 2 answers hold" in depeche("verify", tmp_path / "kept.json").out
    (tmp_path / "cut.json").write_text(f"[{written.strip()[1:-1]}, 7]", encoding="utf-8")
    done = depeche("verify", tmp_path / "cut.json")
    assert done.code == 2
    assert "cut.json, answer 3: no answer: a JSON object is expected" in done.err


@pytest.mark.parametrize("first", sorted(FORMULAS))
def test_no_cell_begins_as_a_formula(first: str) -> None:
    hostile = f"{first}cmd|' /C calc'!A0"
    for words in (hostile, f" \n{first.strip() or '='}1+1"):
        rows = _cells(table([a_row(asked=words, title=words)], FRENCH))
        assert all(value[:1] not in FORMULAS for value in rows[1])
        assert rows[1][0] == f"'{words}"


def test_a_table_has_a_line_for_each_citation() -> None:
    answer = an_answer(an_article())
    second = replace(answer.citations[0], marker=2)
    row = row_of(replace(answer, citations=(*answer.citations, second)), 0.1)
    written = table([row, a_row()], FRENCH)
    assert written.startswith("\ufeff")
    lines = _cells(written)
    assert [line[5] for line in lines] == ["marker", "1", "2", "1"]
    assert lines[1][6] == "Il y a 10 000 soldats là-bas."
    assert table([row], ENGLISH).splitlines()[0].startswith('\ufeff"question","status"')


def _cells(written: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(written.removeprefix("\ufeff"), newline=""), delimiter=";"))


@given(st.text())
def test_a_cell_says_the_same_and_is_never_a_formula(text: str) -> None:
    written = cell(text)
    assert written in {text, f"'{text}"}
    assert not FORMULAS & set(written[:1] + written.strip()[:1])


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1))
def test_html_says_the_same(text: str) -> None:
    written = html([a_row(asked=text)], FRENCH)
    assert unescape(written.partition("<h1>")[2].partition("</h1>")[0]) == text
