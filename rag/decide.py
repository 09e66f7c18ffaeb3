"""Whether what was read answers the question, and which of the values that differ stands first.

A first rule, fitted on news.train; pure.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from index.words import terms
from rag.cite import short_of
from rag.values import kind_asked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Hit
    from rag.types import Question, Span, Status

# Logistic regression of "the first sentence is the right one" on the two scores (see
# docs/evaluation.md).
SPAN_SLOPE: Final = 6.0
HIT_SLOPE: Final = 4.0
OFFSET: Final = -4.5
ANSWER_FROM: Final = 0.3  # confidence; below, the articles touch on the question but do not answer
SPEAK_FROM: Final = 0.1  # below, they do not speak of it
RIVAL: Final = 0.85  # of the best span's score, from which another value counts


def confidence(spans: Sequence[Span], hits: Sequence[Hit]) -> float:
    """How probable it is that the best span answers, 0..1."""
    if not spans or not hits:
        return 0.0
    return 1 / (1 + math.exp(-(SPAN_SLOPE * spans[0].score + HIT_SLOPE * hits[0].score + OFFSET)))


def status_of(sure: float) -> Status:
    """What this confidence is worth saying."""
    if sure >= ANSWER_FROM:
        return "answered"
    return "unsupported" if sure >= SPEAK_FROM else "refused"


def newest_first(question: Question, spans: Sequence[Span]) -> tuple[list[Span], list[Span]]:
    """The spans with the newest of the best values first, and those that give other values.

    Only where a number is asked for; a value of unknown date never displaces a dated one.
    """
    kind = kind_asked(question)
    if kind is None or kind.name != "number" or not spans:
        return list(spans), []
    rivals = [s for s in spans if s.score >= RIVAL * spans[0].score and _is_value(s)]
    rivals = _one_an_article(rivals)
    if len(rivals) < 2 or rivals[0] is not spans[0]:  # noqa: PLR2004, two values can differ
        return list(spans), []
    first = max(rivals, key=lambda s: (s.passage.article.published or "", s.score))
    others = [s for s in rivals if _digits(s) != _digits(first)]
    return [first, *(s for s in spans if s is not first)], others


def _is_value(span: Span) -> bool:
    return any(c.isdigit() for c in short_of(span))


def _one_an_article(spans: Sequence[Span]) -> list[Span]:
    first: dict[str, Span] = {}
    for span in spans:
        first.setdefault(span.passage.article.id, span)
    return list(first.values())


def _digits(span: Span) -> str:
    return " ".join(terms(short_of(span), span.passage.article.language))
