"""Who writes the draft without a chat model: it says nothing in words of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rag.quote import quotes, short_of
from rag.short import short_answer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rag.types import Question, Span


class QuotingAnswerer:
    """The short answer, then the sentence that was read and, beside it, the one that says why."""

    def write(self, question: Question, spans: Sequence[Span]) -> Iterator[str]:
        if not spans:
            return
        short = short_answer(question, spans)
        said = sorted(
            {(quote.start, quote.end): quote for quote in quotes([spans[0], short])}.items()
        )
        texts = [quote.text for _, quote in said]
        if short_of(short) not in texts:
            yield short_of(short)
        yield from texts
