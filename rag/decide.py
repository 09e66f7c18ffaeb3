"""Whether what was read answers the question: a probability, and what it is worth saying. Pure."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from rag.signals import SIGNALS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rag.types import Span, Status

# Logistic regression of "the best sentence is the right one" on the score of it, on how far
# it is above the best one of another article, and on what spoke for it.
FEATURES: Final = ("score", "margin", *SIGNALS)
OFFSET: Final = -5.662
WEIGHTS: Final = dict.fromkeys(FEATURES, 0.0) | {"score": 0.551}
ANSWER_FROM: Final = 0.15
# The same on the score alone, for spans that are compared with one another.
SLOPE: Final = 0.551
INTERCEPT: Final = -5.662
SPEAK_FROM: Final = 0.07  # below, the articles do not speak of it; untested
ALONE: Final = 5.0  # the margin where no other article was read; untested


def features(spans: Sequence[Span]) -> tuple[float, ...]:
    """What the probability is made from, in the order of `FEATURES`.

    :param spans: at least one, best first
    """
    best = spans[0]
    article = best.passage.article.id
    others = (span.score for span in spans if span.passage.article.id != article)
    margin = best.score - next(others, best.score - ALONE)
    return (best.score, min(margin, ALONE), *best.signals)


def confidence(spans: Sequence[Span]) -> float:
    """How probable it is that the best span's sentence answers, 0..1."""
    if not spans:
        return 0.0
    weighed = zip(WEIGHTS.values(), features(spans), strict=True)
    return _logistic(OFFSET + sum(weight * value for weight, value in weighed))


def chance(span: Span) -> float:
    """How probable it is that this span's sentence answers, by its own score, 0..1."""
    return _logistic(SLOPE * span.score + INTERCEPT)


def _logistic(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))


def status_of(sure: float, max_risk: float | None = None) -> Status:
    """What this confidence is worth saying.

    :param max_risk: how probable an answer may be wrong at most; None for the usual
    """
    if sure >= (ANSWER_FROM if max_risk is None else 1 - max_risk):
        return "answered"
    return "unsupported" if sure >= SPEAK_FROM else "refused"
