"""Which sentence of an article holds some of its words, and what stands around it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from index.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Article
    from rag.types import Span


@lru_cache(maxsize=512)
def article_sentences(article: Article) -> tuple[tuple[int, int], ...]:
    """Spans of the article's sentences, in order."""
    return tuple(sentences(article.text, article.language))


def sentence_at(article: Article, start: int) -> tuple[int, int]:
    """The sentence that holds this offset."""
    for span in article_sentences(article):
        if span[0] <= start < span[1]:
            return span
    return start, start


def sentence_before(article: Article, start: int) -> tuple[int, int] | None:
    """The last sentence that ends at this offset or earlier; None for the first."""
    spans = article_sentences(article)
    return next((span for span in reversed(spans) if span[1] <= start), None)


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


def sentences_beside(quote: Quote) -> list[Quote]:
    """The sentence after a quote, then the one before it, within its paragraph."""
    article = quote.span.passage.article
    spans = article_sentences(article)
    after = next((span for span in spans if span[0] >= quote.end), None)
    before = sentence_before(article, quote.start)
    gaps = [
        (after, after and article.text[quote.end : after[0]]),
        (before, before and article.text[before[1] : quote.start]),
    ]
    return [
        Quote(quote.span, *span)
        for span, gap in gaps
        if span and gap is not None and "\n" not in gap
    ]


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
