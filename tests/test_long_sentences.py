"""A sentence without end, such as a table without a full stop, is taken apart in linear time."""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING

import pytest

from rag.dates.named import named_periods
from rag.proof.statement import statement

if TYPE_CHECKING:
    from collections.abc import Callable

UNITS = ["mars ", "lundi 3 mars 2024 ", "de 2019 à 2021 ", "1 ", "10 000 ", "2,5 M€ ", "Le Havre "]
SHORT, LONG = 6_000, 24_000  # characters
ENOUGH = 0.6  # seconds that need no comparison, on a busy machine too


def periods(text: str) -> None:
    named_periods(text, "fr", date(2024, 10, 24))


def parts(text: str) -> None:
    statement(text, "fr", ())


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("taken_apart", [periods, parts])
def test_time_is_linear(taken_apart: Callable[[str], None], unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        return min(_took(taken_apart, text) for _ in range(3))

    short, long = seconds(SHORT), seconds(LONG)
    assert long < ENOUGH or long < short * (LONG / SHORT) * 2


def _took(taken_apart: Callable[[str], None], text: str) -> float:
    """Seconds of this thread's own: others of the suite may still be at work."""
    began = time.thread_time()
    taken_apart(text)
    return time.thread_time() - began
