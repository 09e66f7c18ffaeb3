"""An Answer as HTML, from the question searched to the facts, without Gradio or a browser."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from answers import Outline, an_answer, an_article, html_of

from page.answer import answer_html
from page.texts import ENGLISH, FRENCH

if TYPE_CHECKING:
    from page.texts import Texts
    from rag.types import Status


def test_each_marker_leads_to_its_card() -> None:
    article = an_article()
    outline = Outline(html_of(an_answer(article), article, turn=3))
    assert outline.ids == ["copy-3", "source-3-1"]
    assert outline.links[:2] == ["#source-3-1", "#source-3-1"]
    assert outline.links[2].startswith("/fr/article?id=a&start=")
    assert outline.links[3] == "https://gazette.example/a"
    assert outline.links[4].startswith("/fr/article?id=a&start=0&end=")  # the other value's


def test_brackets_of_an_article_are_no_markers() -> None:
    article = an_article()
    answer = replace(an_answer(article), text="Selon la note [1], ils sont 10 000 [7] [1]")
    outline = Outline(html_of(answer, article))
    assert outline.links.count("#source-1-1") == 1
    assert "Selon la note [1], ils sont 10 000 [7]\u202fSource [1]" in outline.text


def test_quoted_words_are_in_the_articles_language() -> None:
    article = an_article()
    answer = an_answer(article)
    html = html_of(replace(answer, question=replace(answer.question, language="en")), article)
    assert '<p class="short"><span lang="fr">10 000</span>' in html
    refused = replace(answer, question=replace(answer.question, language="en"), text="Nothing.")
    assert '<p><span lang="en">Nothing&#46;</span></p>' in html_of(refused, article)


def test_the_english_page_writes_its_own_words_and_dates() -> None:
    article = an_article()
    said = Outline(html_of(an_answer(article), article, ENGLISH)).text
    assert "As of 31 October 2024 · Confidence: high" in said
    assert "Read the original on gazette.example" in said


@pytest.mark.parametrize(
    ("confidence", "word"), [(0.0, "faible"), (0.49, "faible"), (0.5, "moyenne"), (0.8, "élevée")]
)
def test_confidence_is_said_in_words(confidence: float, word: str) -> None:
    article = an_article()
    answer = replace(an_answer(article), confidence=confidence)
    assert f"Confiance\u00a0: {word}" in Outline(html_of(answer, article)).text


@pytest.mark.parametrize(
    ("status", "label"), [("unsupported", FRENCH.unsupported), ("refused", FRENCH.refused)]
)
def test_without_an_answer_stands_what_the_articles_say(status: Status, label: str) -> None:
    article = an_article()
    empty = replace(an_answer(article), citations=(), others=(), short="", text="Rien.")
    answer = replace(empty, status=status)
    outline = Outline(html_of(answer, article))
    assert ("p", "label") in outline.tags
    for expected in (label, "Rien.", "Ce que disent les articles", article.text):
        assert expected in outline.text
    assert "Confiance" not in outline.text


def test_the_periods_understood_are_shown() -> None:
    article = an_article()
    answer = an_answer(article)
    assert "Période" not in Outline(html_of(answer, article)).text
    one = replace(answer, question=replace(answer.question, dates=("2024-10",)))
    assert "Période\u00a0: octobre 2024" in Outline(html_of(one, article)).text
    two = replace(answer, question=replace(answer.question, dates=("2021", "2023/..")))
    assert "Periods: 2021, since 2023" in Outline(html_of(two, article, ENGLISH)).text


@pytest.mark.parametrize(
    ("texts", "as_of", "expected"),
    [
        (FRENCH, "2024-10", "En octobre 2024 · Confiance"),
        (FRENCH, "2024-01/2024-03", "De janvier 2024 à mars 2024 · Confiance"),
        (ENGLISH, "2024", "In 2024 · Confidence"),
    ],
)
def test_when_an_answer_holds_keeps_its_precision(texts: Texts, as_of: str, expected: str) -> None:
    article = an_article()
    answer = replace(an_answer(article), as_of=as_of)
    assert expected in Outline(html_of(answer, article, texts)).text


@pytest.mark.parametrize(
    ("texts", "origins", "expected"),
    [
        (FRENCH, 1, " · dit par une seule origine · "),
        (FRENCH, 2, " · dit par 2 origines indépendantes · "),
        (ENGLISH, 1, " · told by a single origin · "),
    ],
)
def test_independent_origins_are_counted(texts: Texts, origins: int, expected: str) -> None:
    article = an_article()
    answer = replace(an_answer(article), origins=origins)
    assert expected in Outline(html_of(answer, article, texts)).text
    first = expected.removeprefix(" · ").capitalize()
    assert first in Outline(html_of(replace(answer, as_of=None), article, texts)).text


def test_a_day_that_answers_has_its_date_beside_it() -> None:
    article = an_article()
    answer = replace(an_answer(article), dated="2024-10-29")
    said = Outline(html_of(answer, article)).text
    assert f"{answer.short} (29 octobre 2024)" in said


def test_the_filters_it_was_searched_within_are_shown() -> None:
    article = an_article()
    said = Outline(html_of(an_answer(article), article)).text
    assert "Filtres" not in said
    html = answer_html(an_answer(article), {"a": article}.__getitem__, FRENCH, 1, "<b>Gazette</b>")
    assert "Filtres\u00a0: <b>Gazette</b>" in Outline(html).text
