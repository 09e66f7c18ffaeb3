"""The page's rendering: what an Answer looks like as HTML, without Gradio or a browser."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import Article, Hit, Passage
from page.cards import answer_html, entities, link, notice_html, question_html
from page.texts import ENGLISH, FRENCH, Texts
from rag.types import Answer, Citation, OtherValue, Question

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


class _Outline(HTMLParser):
    """A document's tags with their classes, its links, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, str | None]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found.get("class")))
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.links += [value for name, value in attrs if name == "href" and value]

    def handle_data(self, data: str) -> None:
        self.text += data


def _article(
    words: str = "10 000 soldats", title: str = "Titre", source: str = "Gazette"
) -> Article:
    text = f"Avant cela. Il y a {words} là-bas. Après cela."
    return Article("a", title, text, "fr", source, "https://gazette.example/a", "2024-10-31")


def _answer(article: Article, asked: str = "Combien ?", other: str = "1 500") -> Answer:
    start, end = article.text.index("Il y a"), article.text.index(" Après")
    quote = article.text[start:end]
    return Answer(
        Question(asked, "fr", asked + " En tout ?"),
        f"10 000 [1]\n\n{quote} [1]",
        "10 000",
        (
            Citation(
                1, "a", article.title, article.source, article.url, "2024-10-31", start, end, quote
            ),
        ),
        (Hit(Passage(article, 0, len(article.text)), 1.0),),
        "answered",
        0.9,
        "2024-10-31",
        (
            OtherValue(
                other,
                "a",
                "Titre",
                None,
                "2024-10",
                0,
                len(other) + 14,
                f"On en compte {other}.",
                "disagrees",
            ),
        ),
    )


def _html(answer: Answer, article: Article, texts: Texts = FRENCH, turn: int = 1) -> str:
    return answer_html(answer, {"a": article}.__getitem__, texts, turn)


def _hostile(payload: str) -> list[str]:
    """The page's HTML with the payload in each place where foreign text can stand."""
    articles = [
        _article(words=payload),
        _article(title=payload),
        _article(source=payload),
        _article(),
    ]
    html = [_html(_answer(article), article) for article in articles]
    article = _article()
    html.append(_html(_answer(article, asked=payload, other=payload), article))
    refused = replace(_answer(_article(payload)), status="refused", citations=(), text=payload)
    dated = replace(_article(), published=payload, language=payload)
    html += [_html(refused, article), _html(_answer(dated), dated)]
    return [*html, question_html(payload), notice_html(payload, "failed")]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_foreign_text_is_never_markup(payload: str) -> None:
    for hostile, harmless in zip(_hostile(payload), _hostile(HARMLESS), strict=True):
        outline, expected = _Outline(hostile), _Outline(harmless)
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


def test_each_marker_leads_to_its_card() -> None:
    article = _article()
    outline = _Outline(_html(_answer(article), article, turn=3))
    assert outline.ids == ["source-3-1"]
    assert outline.links[:2] == ["#source-3-1", "#source-3-1"]
    assert outline.links[2].startswith("/fr/article?id=a&start=")
    assert outline.links[3:] == ["https://gazette.example/a"]


def test_brackets_of_an_article_are_no_markers() -> None:
    article = _article()
    answer = replace(_answer(article), text="Selon la note [1], ils sont 10 000 [7] [1]")
    outline = _Outline(_html(answer, article))
    assert outline.links.count("#source-1-1") == 1
    assert "Selon la note [1], ils sont 10 000 [7]\u202fSource [1]" in outline.text


def test_quoted_words_are_in_the_articles_language() -> None:
    article = _article()
    answer = _answer(article)
    html = _html(replace(answer, question=replace(answer.question, language="en")), article)
    assert '<p class="short"><span lang="fr">10 000</span>' in html
    refused = replace(answer, question=replace(answer.question, language="en"), text="Nothing.")
    assert '<p><span lang="en">Nothing&#46;</span></p>' in _html(refused, article)


def test_a_card_has_all_that_proves() -> None:
    article = _article()
    html = _html(_answer(article), article)
    said = _Outline(html).text
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
    article = _article()
    answer = _answer(article)
    assert expected not in _Outline(_html(answer, article, texts)).text
    copied = replace(answer.citations[0], copies=("a", "b"))
    answer = replace(answer, citations=(copied, *answer.citations[1:]))
    assert expected in _Outline(_html(answer, article, texts)).text


def test_the_english_page_writes_its_own_words_and_dates() -> None:
    article = _article()
    said = _Outline(_html(_answer(article), article, ENGLISH)).text
    assert "As of 31 October 2024 · Confidence: high" in said
    assert "Read the original on gazette.example" in said


@pytest.mark.parametrize(
    ("confidence", "word"), [(0.0, "faible"), (0.49, "faible"), (0.5, "moyenne"), (0.8, "élevée")]
)
def test_confidence_is_said_in_words(confidence: float, word: str) -> None:
    article = _article()
    answer = replace(_answer(article), confidence=confidence)
    assert f"Confiance\u00a0: {word}" in _Outline(_html(answer, article)).text


@pytest.mark.parametrize(
    ("status", "label"), [("unsupported", FRENCH.unsupported), ("refused", FRENCH.refused)]
)
def test_without_an_answer_stands_what_the_articles_say(status: str, label: str) -> None:
    article = _article()
    empty = replace(_answer(article), citations=(), others=(), short="", text="Rien.")
    answer = replace(empty, status=status)  # type: ignore[arg-type]
    outline = _Outline(_html(answer, article))
    assert ("p", "label") in outline.tags
    for expected in (label, "Rien.", "Ce que disent les articles", article.text):
        assert expected in outline.text
    assert "Confiance" not in outline.text


def test_the_periods_understood_are_shown() -> None:
    article = _article()
    answer = _answer(article)
    assert "Période" not in _Outline(_html(answer, article)).text
    one = replace(answer, question=replace(answer.question, dates=("2024-10",)))
    assert "Période\u00a0: octobre 2024" in _Outline(_html(one, article)).text
    two = replace(answer, question=replace(answer.question, dates=("2021", "2023/..")))
    assert "Periods: 2021, since 2023" in _Outline(_html(two, article, ENGLISH)).text


@pytest.mark.parametrize(
    ("texts", "as_of", "expected"),
    [
        (FRENCH, "2024-10", "En octobre 2024 · Confiance"),
        (FRENCH, "2024-01/2024-03", "De janvier 2024 à mars 2024 · Confiance"),
        (ENGLISH, "2024", "In 2024 · Confidence"),
    ],
)
def test_when_an_answer_holds_keeps_its_precision(texts: Texts, as_of: str, expected: str) -> None:
    article = _article()
    answer = replace(_answer(article), as_of=as_of)
    assert expected in _Outline(_html(answer, article, texts)).text


def test_independent_origins_are_counted_from_two_on() -> None:
    article = _article()
    answer = _answer(article)
    assert "origine" not in _Outline(_html(replace(answer, origins=1), article)).text
    said = _Outline(_html(replace(answer, origins=2), article)).text
    assert "dit par 2 origines indépendantes" in said


def test_a_day_that_answers_has_its_date_beside_it() -> None:
    article = _article()
    answer = replace(_answer(article), dated="2024-10-29")
    said = _Outline(_html(answer, article)).text
    assert f"{answer.short} (29 octobre 2024)" in said


def test_another_value_says_how_it_stands_to_the_answer() -> None:
    article = _article()
    answer = _answer(article)
    said = _Outline(_html(answer, article)).text
    assert FRENCH.relations[answer.others[0].relation] in said


def test_an_undated_article_says_so() -> None:
    article = replace(_article(), published=None)
    answer = replace(_answer(article), as_of=None)
    assert "Gazette · sans date" in _Outline(_html(answer, article)).text


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
