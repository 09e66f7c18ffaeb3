"""The chat page over hostile articles: what test_payloads.py starts, as `python -c`.

The page, the doors and the library are those of the product. Which articles stand in an answer is
said by the question, so that one answer holds hundreds of payloads: "cite 0 50" cites articles 0
to 49, "close 0 3" finds them without an answer, "fail ..." raises an error with those words; all
else is refused, and was searched as "again ...".
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, fields
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import app
from index.errors import InputError
from index.types import ALL, Article, Filters, Hit, Passage
from rag.chain import Chain, open_chain
from rag.types import Answer, Citation, OtherValue, Question

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Scripted(Chain):
    """Answers with the articles that the question names."""

    def stream(
        self, text: str, history: Sequence[str] = (), filters: Filters = ALL
    ) -> Iterator[Answer]:
        del history, filters
        what, _, rest = text.partition(" ")
        if what == "fail":
            raise InputError(rest)
        articles = []
        if what in {"cite", "close"}:
            first, last = map(int, rest.split())
            articles = list(islice(self.library.articles(), first, last))
        yield answer(text, articles, answered=what == "cite")


def answer(text: str, articles: list[Article], *, answered: bool) -> Answer:
    question = Question(text, "fr", text if articles else f"again {text}", dates=("2024-10",))
    hits = tuple(Hit(Passage(article, 0, len(article.text)), 1.0) for article in articles)
    if not answered:
        return Answer(question, "Rien.", "", (), hits, "refused", 0.1)
    citations = tuple(citation(number, article) for number, article in enumerate(articles, 1))
    words = "\n\n".join(f"{cited.quote} [{cited.marker}]" for cited in citations)
    return Answer(
        question, words, citations[0].quote, citations, hits, "answered", 0.9,
        as_of=articles[0].published, others=tuple(map(other, articles)), note=articles[0].title,
    )  # fmt: skip


def citation(marker: int, article: Article) -> Citation:
    return Citation(
        marker, article.id, article.title, article.source, article.url, article.published,
        0, len(article.text), article.text, copies=(article.id,),
    )  # fmt: skip


def other(article: Article) -> OtherValue:
    return OtherValue(
        article.text, article.id, article.title, article.source, article.published,
        0, len(article.text), article.text, "disagrees",
    )  # fmt: skip


def scripted(folder: Path | str, *_: object) -> Chain:
    opened = open_chain(folder)
    return Scripted(*(getattr(opened, field.name) for field in fields(opened)))


app.open_chain = scripted  # type: ignore[attr-defined, assignment]  # in the place of the real one
app.serve(Path(sys.argv[1]), "127.0.0.1", 0, rate=0)
