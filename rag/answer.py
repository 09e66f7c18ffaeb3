"""Who writes the draft. The quoting answerer says nothing in words of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rag.quote import quotes, short_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rag.types import Question, Span


class QuotingAnswerer:
    """The value asked for, then the sentence that gives it, as they stand in the article."""

    def write(self, question: Question, spans: Sequence[Span]) -> Iterator[str]:  # noqa: ARG002, a chat model needs it
        for quote in quotes(spans[:1]):
            short = short_of(quote.span)
            if short != quote.text:
                yield short
            yield quote.text
