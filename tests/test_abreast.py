"""Several at a time: in order, no further ahead than said, failures passed on."""

from __future__ import annotations

import threading
import time
from itertools import islice

import pytest

from index.abreast import AHEAD, abreast


def slower_first(number: int) -> int:
    time.sleep(0.02 if number % 2 == 0 else 0)
    return -number


def test_what_is_made_comes_in_order() -> None:
    assert list(abreast(slower_first, range(9))) == [-number for number in range(9)]
    assert list(abreast(slower_first, [])) == []


def test_who_takes_a_few_has_few_more_begun() -> None:
    begun: list[int] = []
    assert list(islice(abreast(begun.append, range(100)), 3)) == [None] * 3
    time.sleep(0.05)
    assert 3 <= len(begun) <= 3 + AHEAD


@pytest.mark.skipif(AHEAD == 1, reason="one core alone")
def test_two_are_worked_on_at_once() -> None:
    both = threading.Barrier(2, timeout=10)
    assert len(list(abreast(lambda _: both.wait(), range(2)))) == 2


def test_a_failure_is_told_in_its_place() -> None:
    made = abreast(lambda number: 1 // number, [1, 0, 1])
    assert next(made) == 1
    with pytest.raises(ZeroDivisionError):
        next(made)
    assert list(abreast(slower_first, [3])) == [-3], "others are worked on"
