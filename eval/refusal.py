"""What the confidence is worth: how few answers are wrong when only the surest are given.

A question is right when the evidence stands first; one that the articles do not answer cannot be.
Pure: takes confidences and outcomes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from eval.bootstrap import Score, figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

BINS: Final = 10  # of equal width, as in Guo et al. 2017
RISKS: Final = (0.05, 0.10, 0.25)
POINTS: Final = 100  # of a curve, at most


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions of about the same confidence."""

    confidence: float  # their mean
    right: float  # share
    count: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """Selective answering (Geifman and El-Yaniv 2017); AUROC: right above wrong."""

    scores: dict[str, Score]
    bins: int
    reliability: tuple[Bin, ...]  # of those bins, the ones that hold a question
    curve: tuple[tuple[float, float], ...]  # coverage and risk, the surest questions first


def measure_refusal(
    confidences: Sequence[float], outcomes: Sequence[float], risks: Sequence[float] = RISKS
) -> Refusal:
    """All of it, with intervals.

    :param outcomes: 1 for right, 0 for wrong
    :param risks: shares of wrong answers to be borne, for the coverage that each allows
    """
    order = np.argsort([-c for c in confidences], kind="stable")
    sure = np.asarray(confidences, dtype=np.float64)[order]
    right = np.asarray(outcomes, dtype=np.float64)[order]
    ends = np.flatnonzero(np.diff(sure, append=-1.0))  # ties are answered together
    count = len(sure)
    scores = {
        "AUROC": figure(lambda w: _auroc(w, right, ends), count),
        "AURC": figure(lambda w: _area(*_curve(w, right, ends)), count),
        "ECE": figure(lambda w: _calibration_error(w, sure, right), count),
    }
    for risk in risks:
        name = f"coverage at risk {risk:g}"
        scores[name] = figure(partial(_covered, right=right, ends=ends, bound=risk), count)
    curve = _points(*_curve(np.ones((1, count)), right, ends)) if count else ()
    return Refusal(scores, BINS, _bins(sure, right), curve)


def _curve(weights: Floats, right: Floats, ends: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """Coverage and risk at each threshold; shapes (draws, thresholds)."""
    answered = np.cumsum(weights, axis=1)[:, ends]
    wrong = np.cumsum(weights * (1 - right), axis=1)[:, ends]
    return answered / weights.sum(axis=1, keepdims=True), wrong / np.maximum(answered, 1)


def _area(coverage: Floats, risk: Floats) -> Floats:
    area: Floats = (np.diff(coverage, prepend=0.0) * risk).sum(axis=1)
    return area


def _covered(weights: Floats, right: Floats, ends: NDArray[np.intp], bound: float) -> Floats:
    coverage, risk = _curve(weights, right, ends)
    covered: Floats = np.where(risk <= bound, coverage, 0.0).max(axis=1)
    return covered


def _auroc(weights: Floats, right: Floats, ends: NDArray[np.intp]) -> Floats:
    """How often a right question is surer than a wrong one; a tie counts half."""
    rights = np.diff(np.cumsum(weights * right, axis=1)[:, ends], prepend=0.0)
    wrongs = np.diff(np.cumsum(weights * (1 - right), axis=1)[:, ends], prepend=0.0)
    all_rights, all_wrongs = rights.sum(axis=1), wrongs.sum(axis=1)
    less_sure = all_wrongs[:, None] - np.cumsum(wrongs, axis=1) + wrongs / 2
    pairs = all_rights * all_wrongs
    won = (rights * less_sure).sum(axis=1)
    share: Floats = np.divide(won, pairs, out=np.full_like(won, np.nan), where=pairs > 0)
    return share


def _calibration_error(weights: Floats, sure: Floats, right: Floats) -> Floats:
    """The mean distance of a bin's confidence from its share of right ones, by its size."""
    member = np.eye(BINS)[_bin_of(sure)]
    gaps = np.abs((weights * (right - sure)) @ member)
    error: Floats = gaps.sum(axis=1) / weights.sum(axis=1)
    return error


def _bin_of(sure: Floats) -> NDArray[np.intp]:
    return np.minimum((sure * BINS).astype(np.intp), BINS - 1)


def _bins(sure: Floats, right: Floats) -> tuple[Bin, ...]:
    found = _bin_of(sure)
    return tuple(
        Bin(float(sure[found == n].mean()), float(right[found == n].mean()), int(sum(found == n)))
        for n in range(BINS)
        if (found == n).any()
    )


def _points(coverage: Floats, risk: Floats) -> tuple[tuple[float, float], ...]:
    """The one curve of shape (1, thresholds), thinned."""
    kept = np.unique(np.linspace(0, coverage.shape[1] - 1, POINTS).astype(np.intp))
    return tuple((float(coverage[0, n]), float(risk[0, n])) for n in kept)
