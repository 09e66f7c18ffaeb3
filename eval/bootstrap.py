"""Figures with their 95 % intervals, by resampling the questions (Efron 1979)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

RESAMPLES: Final = 2_000


@dataclass(frozen=True, slots=True)
class Score:
    """A figure over `count` questions, with its 95 % interval."""

    mean: float
    low: float
    high: float
    count: int


def mean(values: Sequence[float]) -> Score:
    """The mean over questions; zero over no question."""
    data = np.asarray(values, dtype=np.float64)
    return figure(lambda weights: weights @ data / len(data), len(data))


def figure(
    reckoned: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    count: int,
) -> Score:
    """Any figure of weighted questions.

    :param reckoned: from weights of shape (resamples, count), how often each question was drawn,
        to shape (resamples,); not a number where there is none, which makes it one of no question
    """
    if not count:
        return Score(0.0, 0.0, 0.0, 0)
    whole = float(reckoned(np.ones((1, count)))[0])
    if np.isnan(whole):
        return Score(0.0, 0.0, 0.0, 0)
    drawn = reckoned(draws(count))
    drawn = drawn[~np.isnan(drawn)]
    low, high = np.percentile(drawn, (2.5, 97.5)) if len(drawn) else (whole, whole)
    return Score(whole, float(low), float(high), count)


@lru_cache(maxsize=8)
def draws(count: int) -> NDArray[np.float64]:
    """How often each of `count` questions is drawn, the same each time; (RESAMPLES, count)."""
    shares = np.full(count, 1 / count)
    drawn = np.random.default_rng(0).multinomial(count, shares, RESAMPLES)
    return drawn.astype(np.float64)
