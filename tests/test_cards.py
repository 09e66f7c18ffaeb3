"""What an answer rests on, as HTML, without Gradio or a browser; no foreign text is markup."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

import pytest
from answers import Outline, an_answer, an_article, html_of
from hypothesis import given
from hypothesis import strategies as st

from page.answer import notice_html, question_html
from page.cards import entities, link
from page.texts import ENGLISH, FRENCH

if TYPE_CHECKING:
    from page.texts import Texts

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</div></article><iframe srcdoc='<script>alert(1)</script>'>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "<form action=http://sink.example><input type=password>",
    "<style>body{display:none}</style>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "![image](http://sink.example/i.png)",
    "[lien](javascript:alert(1))",
    "http://sink.example/nu www.sink.example",
    "*gras* _italique_ `code` ~~barré~~ # titre",
    "$\\href{javascript:alert(1)}{x}$ $$\\frac{1}{2}$$",
    "une ligne\n\n```mermaid\ngraph TD\n```\n\n> citation\n\n- liste",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "<thinking>caché</thinking> ${alert(1)} {{value}} __i18n__{}",
    "[1] [2] [99]",
]
HARMLESS = "mot"


def test_pages_of_what_was_printed_are_told() -> None:
    article = an_article()
    printed = replace(article, text=f"Une.\f{article.text}")
    answer = an_answer(article)
    [cited], [other] = answer.citations, answer.others
    moved = replace(
        answer,
        citations=(replace(cited, page=2, start=cited.start + 5, end=cited.end + 5),),
        others=(replace(other, start=0, end=3),),
    )
    told = Outline(html_of(moved, printed)).text
    assert "31 octobre 2024 · p.\u00a02" in told
    assert "octobre 2024 · p.\u00a01 · en désaccord" in told
    assert "p.\u00a0" not in Outline(html_of(answer, article)).text


def test_what_became_of_a_chat_models_draft_is_told() -> None:
    article, answer = an_article(), an_answer(an_article())
    assert "modèle de langue" not in html_of(answer, article)
    one = unescape(html_of(replace(answer, withheld=1), article))
    assert "Une phrase du modèle de langue est retenue" in one
    assert "2 sentences of the chat model" in html_of(replace(answer, withheld=2), article, ENGLISH)
    note = "the chat model ollama:x failed: <b>no route</b>"
    told = unescape(html_of(replace(answer, note=note), article))
    assert "le modèle de langue ollama:x a échoué : <b>no route</b>" in told


def _hostile(payload: str) -> list[str]:
    """The page's HTML with the payload in each place where foreign text can stand."""
    articles = [
        an_article(words=payload),
        an_article(title=payload),
        an_article(source=payload),
        an_article(),
    ]
    html = [html_of(an_answer(article), article) for article in articles]
    article = an_article()
    html.append(html_of(an_answer(article, asked=payload, other=payload), article))
    refused = replace(an_answer(an_article(payload)), status="refused", citations=(), text=payload)
    dated = replace(an_article(), published=payload, language=payload)
    html += [html_of(refused, article), html_of(an_answer(dated), dated)]
    return [*html, question_html(payload), notice_html(payload, "failed")]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_foreign_text_is_never_markup(payload: str) -> None:
    for hostile, harmless in zip(_hostile(payload), _hostile(HARMLESS), strict=True):
        outline, expected = Outline(hostile), Outline(harmless)
        if "\n\n" not in payload:  # a paragraph of the answer's own text
            assert outline.tags == expected.tags
        assert set(outline.tags) == set(expected.tags)
        assert _without_offsets(outline.links) == _without_offsets(expected.links)
        assert "\n" not in hostile
        assert not set("*_`~$[]<>{}|!\\").intersection(outline_free(hostile))


def _without_offsets(links: list[str]) -> list[str]:
    return [re.sub(r"(start|end)=\d+", "", link) for link in links]


def outline_free(html: str) -> str:
    """What stands between the tags, as it is written, without the page's own markers."""
    pieces, depth = [], 0
    for character in html.replace("[1]</a>", "</a>"):
        depth += (character == "<") - (character == ">")
        if depth == 0 and character != ">":
            pieces.append(character)
    return "".join(pieces)


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co"))))
def test_entities_say_the_same(text: str) -> None:
    assert unescape(entities(text)) == text
    assert entities(text).isascii() or any(c.isalnum() for c in text)


def test_controls_and_lone_surrogates_can_be_sent() -> None:
    written = entities("a\x00b\ud800c\x85d\te\nf")
    assert written == "a&#0;b&#55296;c\x85d&#9;e&#10;f"
    assert written.encode()


def test_a_card_has_all_that_proves() -> None:
    article = an_article()
    html = html_of(an_answer(article), article)
    said = Outline(html).text
    for expected in ("Titre", "Gazette", "31 octobre 2024", "Avant cela.", "Après cela."):
        assert expected in said
    marked = html.partition("<mark>")[2].partition("</mark>")[0]
    assert unescape(marked) == "Il y a 10 000 soldats là-bas."
    assert "Question cherchée\u00a0: Combien ? En tout ?" in said
    assert "Autres valeurs" in said
    assert "Gazette · octobre 2024" in said
    assert "Confiance\u00a0: élevée" in said


@pytest.mark.parametrize(
    ("texts", "expected"), [(FRENCH, "3 articles, 1 origine"), (ENGLISH, "3 articles, 1 origin")]
)
def test_copies_of_what_is_cited_count_as_one_origin(texts: Texts, expected: str) -> None:
    article = an_article()
    answer = an_answer(article)
    assert expected not in Outline(html_of(answer, article, texts)).text
    copied = replace(answer.citations[0], copies=("a", "b"))
    answer = replace(answer, citations=(copied, *answer.citations[1:]))
    assert expected in Outline(html_of(answer, article, texts)).text


def test_another_value_says_how_it_stands_to_the_answer() -> None:
    article = an_article()
    answer = an_answer(article)
    said = Outline(html_of(answer, article)).text
    assert FRENCH.relations[answer.others[0].relation] in said


def test_an_undated_article_says_so() -> None:
    article = replace(an_article(), published=None)
    answer = replace(an_answer(article), as_of=None)
    assert "Gazette · sans date" in Outline(html_of(answer, article)).text


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.gazette.example/a?b=c#d", "gazette.example"),
        ("http://gazette.example:8080/", "gazette.example"),
        ("HTTPS://Gazette.Example/", "gazette.example"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//gazette.example/a", None),
        ("/fr/", None),
        ("https://gazette.example@sink.example/", None),
        ("https://[1/", None),
        ("https://", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_become_links(url: str | None, host: str | None) -> None:
    found = link(url)
    assert (found and found[1]) == host
