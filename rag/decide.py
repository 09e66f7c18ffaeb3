"""Whether what was read answers the question: a probability, and what it is worth saying. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rag.types import Span, Status

# Logistic regressions of "the best sentence is the right one" over news.dev (300 questions), 150 of
# piaf.dev over their own passages and 90 over the news articles, which do not answer them: on the
# score alone, and with the second reading. In ten-fold cross-validation AUC .805 and .812 (on
# news.dev .716 and .736), calibration error .02 and .045. How far the best sentence is above others
# added a point or two, and would hold it against an answer that two articles agree on.
SLOPE: Final = 0.377
OFFSET: Final = -3.977
BY_SCORE: Final = 0.248
BY_AGAIN: Final = 0.204
AT: Final = -2.86
# Too rare there to be fitted: see docs/decisions/0022.
ELSEWHERE: Final = 1.5
# From here on answered. In the same cross-validation: 66 % of the answerable questions of news.dev,
# 70 % of those rightly; refused are 58 % of its unanswerable ones, 99 % of those 90 on another
# subject, and 74 % of 90 of news.dev with a name or a year exchanged (not fitted on).
ANSWER_FROM: Final = 0.35
SPEAK_FROM: Final = 0.12  # below, the articles do not speak of it; untested
LOWEST: Final = -500.0  # a logit below is no other: e to the 710 is too much for a float


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for the best sentence as the answer."""

    score: float  # the logit by which it stands first
    again: float  # the reading model's logit that it answers, read without the rest of its passage
    elsewhere: bool = False  # it speaks of other countries than the question


def chance(span: Span) -> float:
    """How probable it is that this span's sentence answers by its score alone, 0..1."""
    logit = SLOPE * span.score + OFFSET
    return 1 / (1 + math.exp(-max(logit, LOWEST)))


def confidence(signs: Signs) -> float:
    """How probable it is that the best sentence answers, 0..1."""
    logit = AT + BY_SCORE * signs.score + BY_AGAIN * signs.again
    logit -= ELSEWHERE if signs.elsewhere else 0.0
    return 1 / (1 + math.exp(-max(logit, LOWEST)))


def status_of(sure: float, max_risk: float | None = None) -> Status:
    """What this confidence is worth saying.

    :param max_risk: how probable an answer may be wrong at most; None for the usual
    """
    if sure >= (ANSWER_FROM if max_risk is None else 1 - max_risk):
        return "answered"
    return "unsupported" if sure >= SPEAK_FROM else "refused"
