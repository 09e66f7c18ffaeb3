"""Whether what was read answers the question: a probability, and what it is worth saying. Pure."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rag.types import Span, Status

# Logistic regressions of "the sentence is the right one" over the 684 questions of
# train/written/heldout.tsv, asked of the 803 articles of news.train. By its score alone: AUC .747.
SLOPE: Final = 0.306
OFFSET: Final = -3.49
# Of the best by its share of what was read and by what it is alone: AUC .797, news.dev .784; how,
# and what was tried, is in docs/decisions/0025.
SHARE: Final = 1.64
ALONE: Final = 0.157
MIDDLE: Final = 1.295
SPREAD: Final = 2.0  # what a score is divided by before it is a share
NOTHING: Final = 8.0  # as if so good a sentence said that nothing answers; the likeliest of nine
# Too rare there to be fitted: see docs/decisions/0022.
ELSEWHERE: Final = 1.5
# Where three of four answers to those 684 are right, of the questions that have one: 59 % of these
# are answered, 58 % of the others are not. On news.dev 72 %, 74 % and 60 %; 97 % of 90 questions of
# piaf.dev, which the news articles do not answer, are not.
ANSWER_FROM: Final = 0.42
SPEAK_FROM: Final = 0.12  # below, the articles do not speak of it; untested
MOST: Final = 500.0  # a logit beyond is no other: e to the 710 is too much for a float


def chance(span: Span) -> float:
    """How probable it is that a sentence answers, 0..1, by its own score: to compare sentences."""
    return _probability(SLOPE * span.score + OFFSET)


def confidence(best: Span, rivals: Sequence[Span], *, elsewhere: bool = False) -> float:
    """How probable it is that the best sentence answers, 0..1.

    What tells it is how much of the scores is its own, as in a softmax where one more says that
    nothing answers, and what the reading model says of it alone.

    :param rivals: the next best ones that say something else
    :param elsewhere: it speaks of other countries than the question
    """
    beside = [NOTHING, *(rival.score for rival in rivals)]
    field = sum(math.exp(min((score - best.score) / SPREAD, MOST)) for score in beside)
    logit = MIDDLE - SHARE * math.log1p(field) + ALONE * best.alone
    return _probability(logit - (ELSEWHERE if elsewhere else 0.0))


def _probability(logit: float) -> float:
    return 1 / (1 + math.exp(-max(logit, -MOST)))


def status_of(sure: float, max_risk: float | None = None) -> Status:
    """What this confidence is worth saying.

    :param max_risk: how probable an answer may be wrong at most; None for the usual
    """
    if sure >= (ANSWER_FROM if max_risk is None else 1 - max_risk):
        return "answered"
    return "unsupported" if sure >= SPEAK_FROM else "refused"
