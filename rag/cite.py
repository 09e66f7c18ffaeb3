"""A draft and what was read -> an Answer in which every sentence is proved, or is not there.

Markers are attached here and never taken from a draft.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from index.language import question_language
from index.pages import page
from rag.proof.support import Proof
from rag.quote import Quote, quotes, sentences_beside
from rag.types import Answer, Citation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rag.types import Span

# An article's own "[1]" would look like a marker: in the text it is "(1)", in the quote it stays.
_MARKER: Final = re.compile(r"\[(\d+)\]")
_ATTACHED: Final = re.compile(r"(?:\s\[\d+\])+\Z")  # brackets before are the article's own
_WORDS: Final = re.compile(r"[^\W\d_]+")
TELLING: Final = 6  # words from which a sentence's language can be told; untested


def cited(empty: Answer, draft: Iterable[str], spans: Sequence[Span]) -> Iterator[Answer]:
    """Ever fuller answers: `empty`, then with each sentence of the draft that the spans prove.

    :param empty: the answer without text: question, hits, status, confidence
    :param draft: sentences, or words of the articles; those that nothing proves are counted
    """
    known = quotes(spans)
    proof = Proof([*known, *(beside for quote in known[:1] for beside in sentences_beside(quote))])
    answer, shown = empty, None
    for piece in draft:
        found = _proof(proof, piece, empty.question.language)
        if found:
            answer = shown = _with(answer, piece, found)
            yield shown
        elif piece.strip():
            answer = replace(answer, withheld=answer.withheld + 1)
    if shown is not answer:
        yield answer


def paragraphs(text: str) -> list[tuple[str, list[str]]]:
    """An answer's paragraphs, each its words and the markers attached to them."""
    told = []
    for paragraph in text.split("\n\n"):
        found = _ATTACHED.search(paragraph)
        told.append((paragraph[: found.start()], found[0].split()) if found else (paragraph, []))
    return told


def _proof(proof: Proof, piece: str, language: str) -> tuple[Quote, ...]:
    """The quotes that prove a piece; what is no article's own words is in the asker's language."""
    verdict = proof.of(piece, language)
    if not verdict.quotes or any(piece in quote.text for quote in verdict.quotes):
        return verdict.quotes
    told = len(_WORDS.findall(piece)) >= TELLING
    foreign = told and question_language(piece, language) != language
    return () if foreign else verdict.quotes


def _with(answer: Answer, piece: str, found: Sequence[Quote]) -> Answer:
    markers = []
    for quote in found:
        citation, citations = _numbered(answer, quote)
        answer = replace(answer, citations=citations)
        markers.append(f"[{citation.marker}]")
    said = _MARKER.sub(r"(\1)", piece)
    joint = "\n\n" if answer.text else ""
    text = f"{answer.text}{joint}{said} {' '.join(markers)}"
    as_of = answer.as_of or answer.citations[0].published
    return replace(answer, text=text, as_of=as_of)


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
