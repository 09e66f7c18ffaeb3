"""Words that are spelled nearly like one that no text has: a name typed wrong. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORTEST: Final = 5  # letters; below, too many words are one letter apart
TWO_FROM: Final = 8  # letters; from here on two letters may differ
MOST: Final = 3  # words that one may stand for


def near(word: str, known: Iterable[tuple[str, int]]) -> list[str]:
    """The closest of the known words, at most `MOST`, the more frequent first.

    :param known: words, and how many texts have each
    """
    if len(word) < SHORTEST or not word.isalpha():
        return []
    most = 2 if len(word) >= TWO_FROM else 1
    letters = set(word)
    found: list[tuple[int, int, str]] = []
    for other, count in known:
        alike = abs(len(other) - len(word)) <= most and len(letters ^ set(other)) <= 2 * most
        if alike and (far := distance(word, other)) <= most:
            found.append((far, -count, other))
    closest = min(found, default=(0, 0, ""))[0]
    return [other for far, _, other in sorted(found) if far == closest][:MOST]


def distance(one: str, other: str) -> int:
    """Letters changed, added, left out or swapped with their neighbour (Damerau 1964)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one):
        row = [i + 1]
        for j, b in enumerate(other):
            cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a != b))
            if i and j and a == other[j - 1] and one[i - 1] == b:
                cost = min(cost, before[j - 1] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
