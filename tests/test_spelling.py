from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.spelling import distance, near

KNOWN = [
    ("kaczynsk", 3),
    ("macron", 900),
    ("marcon", 1),
    ("zelensk", 5),
    ("port", 80),
    ("ports", 2),
]


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("kacynsk", ["kaczynsk"]),
        ("kazcynsk", ["kaczynsk"]),
        ("kaszinsk", ["kaczynsk"]),
        ("macrron", ["macron"]),
        ("mcaron", ["macron"]),
        ("macrxyn", []),
        ("zelenski", ["zelensk"]),
        ("pxrt", []),
        ("2024x", []),
        ("", []),
    ],
)
def test_a_name_typed_wrong(word: str, found: list[str]) -> None:
    assert near(word, KNOWN) == found


def test_the_closest_then_the_most_frequent_stand_first() -> None:
    assert near("macroon", [("macron", 2), ("macroom", 7), ("macrons", 9), ("marcroon", 9)]) == [
        "marcroon", "macroom", "macron",
    ]  # fmt: skip


@given(st.text("abcd", max_size=8), st.text("abcd", max_size=8))
def test_a_distance_is_one(one: str, other: str) -> None:
    far = distance(one, other)
    assert far == distance(other, one)
    assert (far == 0) == (one == other)
    assert abs(len(one) - len(other)) <= far <= max(len(one), len(other))


@given(st.text("abcd", min_size=2, max_size=8), st.data())
def test_one_slip_is_one(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 2))
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    assert distance(word, swapped) <= 1
    assert distance(word, word[:at] + word[at + 1 :]) == 1
    assert distance(word, f"{word[:at]}z{word[at:]}") == 1
