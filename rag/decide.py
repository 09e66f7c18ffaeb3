"""Whether what was read answers the question: a probability, and what it is worth saying. Pure."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rag.types import Span, Status

# Logistic regression of "the best sentence is the right one" on its score, over the 684 questions
# of train/written/heldout.tsv, asked of the 803 articles of news.train: AUC .747. On news.dev,
# which it has not seen, .782, calibration error .067.
SLOPE: Final = 0.292
OFFSET: Final = -2.94
# Too rare there to be fitted: see docs/decisions/0022.
ELSEWHERE: Final = 1.5
# From here on answered: 63 % of the answerable ones of those 684, 66 % of these rightly; 60 % of
# the others are refused. On news.dev 66 %, 72 %, 60 %, and 99 % of 90 of piaf.dev, which the news
# articles do not answer.
ANSWER_FROM: Final = 0.4
SPEAK_FROM: Final = 0.12  # below, the articles do not speak of it; untested
LOWEST: Final = -500.0  # a logit below is no other: e to the 710 is too much for a float


def chance(span: Span, *, elsewhere: bool = False) -> float:
    """How probable it is that this span's sentence answers, 0..1.

    :param elsewhere: it speaks of other countries than the question
    """
    logit = SLOPE * span.score + OFFSET - (ELSEWHERE if elsewhere else 0.0)
    return 1 / (1 + math.exp(-max(logit, LOWEST)))


def status_of(sure: float, max_risk: float | None = None) -> Status:
    """What this confidence is worth saying.

    :param max_risk: how probable an answer may be wrong at most; None for the usual
    """
    if sure >= (ANSWER_FROM if max_risk is None else 1 - max_risk):
        return "answered"
    return "unsupported" if sure >= SPEAK_FROM else "refused"
