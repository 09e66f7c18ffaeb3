"""A draft and what was read -> an Answer in which every sentence is proved, or is not there.

Pure: no model, no index. Markers are attached here and never taken from a draft.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rag.reader import sentence_at
from rag.types import Answer, Citation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rag.types import Span


@dataclass(frozen=True, slots=True)
class Quote:
    """A whole sentence of an article that a span answers in."""

    span: Span
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.span.passage.article.text[self.start : self.end]


def quotes(spans: Sequence[Span]) -> list[Quote]:
    """The sentence around each span, in the spans' order."""
    found = []
    for span in spans:
        article = span.passage.article
        start, _ = sentence_at(article, span.start)
        _, end = sentence_at(article, max(span.start, span.end - 1))
        found.append(Quote(span, start, max(end, span.end)))
    return found


def cited(empty: Answer, draft: Iterable[str], spans: Sequence[Span]) -> Iterator[Answer]:
    """Ever fuller answers: `empty`, then with each piece of the draft that a span proves.

    :param empty: the answer without text: question, hits, status, confidence
    :param draft: pieces in the words of the articles; a piece that no quote holds is withheld
    """
    known = quotes(spans)
    answer = empty
    for piece in draft:
        quote = next((quote for quote in known if _proves(quote, piece)), None)
        if quote is not None:
            answer = _with(answer, piece, quote)
            yield answer
    if answer is empty:
        yield empty


def short_of(span: Span) -> str:
    """The words of the span."""
    return span.passage.article.text[span.start : span.end]


def context(text: str, start: int, end: int, width: int = 240) -> tuple[str, str]:
    """What stands before and after a quote in its article, cut at a space, with an ellipsis there.

    :param width: characters on each side, at most
    """
    before, after = text[max(0, start - width) : start], text[end : end + width]
    if start > width:
        before = "… " + (before.partition(" ")[2] or before)
    if end + width < len(text):
        after = (after.rpartition(" ")[0] or after) + " …"
    return before, after


def _proves(quote: Quote, piece: str) -> bool:
    return bool(piece.strip()) and piece in quote.text


def _with(answer: Answer, piece: str, quote: Quote) -> Answer:
    citation, citations = _numbered(answer.citations, quote)
    joint = "\n\n" if answer.text else ""
    text = f"{answer.text}{joint}{piece} [{citation.marker}]"
    return replace(answer, text=text, citations=citations, as_of=answer.as_of or citation.published)


def _numbered(
    citations: tuple[Citation, ...], quote: Quote
) -> tuple[Citation, tuple[Citation, ...]]:
    """The citation of a quote, numbered in the order of use."""
    article = quote.span.passage.article
    for citation in citations:
        if (citation.article, citation.start, citation.end) == (article.id, quote.start, quote.end):
            return citation, citations
    citation = Citation(
        marker=len(citations) + 1,
        article=article.id,
        title=article.title,
        source=article.source,
        url=article.url,
        published=article.published,
        start=quote.start,
        end=quote.end,
        quote=quote.text,
    )
    return citation, (*citations, citation)
