"""Answers made by hand for the page's tests, and what their HTML consists of."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

from index.types import Article, Hit, Passage
from page.answer import answer_html
from page.texts import FRENCH
from rag.types import Answer, Citation, OtherValue, Question

if TYPE_CHECKING:
    from page.texts import Texts


class Outline(HTMLParser):
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


def an_article(
    words: str = "10 000 soldats", title: str = "Titre", source: str = "Gazette"
) -> Article:
    text = f"Avant cela. Il y a {words} là-bas. Après cela."
    return Article("a", title, text, "fr", source, "https://gazette.example/a", "2024-10-31")


def an_answer(article: Article, asked: str = "Combien ?", other: str = "1 500") -> Answer:
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


def html_of(answer: Answer, article: Article, texts: Texts = FRENCH, turn: int = 1) -> str:
    return answer_html(answer, {"a": article}.__getitem__, texts, turn)
