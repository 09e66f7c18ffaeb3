"""A draft and what was read -> an Answer in which every sentence is proved, or is not there.

Pure: no model, no index. Markers are attached here and never taken from a draft.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from index.pages import page
from rag.quote import Quote, quotes
from rag.types import Answer, Citation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rag.types import Span


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


def _proves(quote: Quote, piece: str) -> bool:
    return bool(piece.strip()) and piece in quote.text


def _with(answer: Answer, piece: str, quote: Quote) -> Answer:
    citation, citations = _numbered(answer, quote)
    joint = "\n\n" if answer.text else ""
    text = f"{answer.text}{joint}{piece} [{citation.marker}]"
    return replace(answer, text=text, citations=citations, as_of=answer.as_of or citation.published)


def _numbered(answer: Answer, quote: Quote) -> tuple[Citation, tuple[Citation, ...]]:
    """The citation of a quote, numbered in the order of use."""
    passage = quote.span.passage
    article, citations = passage.article, answer.citations
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
        copies=next((hit.copies for hit in answer.hits if hit.passage == passage), ()),
        page=page(article.text, quote.start),
    )
    return citation, (*citations, citation)
