"""Near-identical articles: whether one is a copy of the other.

Agency copy is printed with another title and lead, its end cut, words changed, a part added.
MinHash (Broder 1997) finds who might be a copy among many; the articles' own words decide.
Knows nothing of how sketches are kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from index.numbers import numbers_in
from index.words import fold

if TYPE_CHECKING:
    from decimal import Decimal

    import numpy as np
    from numpy.typing import NDArray

    from index.types import Article

SHINGLE: Final = 3  # words in a row; copies and others lie further apart than with 2 or 4
PERMUTATIONS: Final = 128
# Hashes in a band: of two articles that share 1/5 of their shingles, 93 in 100 meet in one.
BAND: Final = 2
SEED: Final = 1  # kept sketches compare only with those of the same seed and scheme
SCHEME: Final = "affine32"
# Share of the shorter article's shingles that the other has, from which it is a copy; the figures
# are those of `bench/copies.py`, in docs/decisions/0005-copies.md.
COPY: Final = 0.3
# The same source prints series from one mould, and the same lines below each article.
SAME_SOURCE: Final = 0.9
WINDOW: Final = 30  # days between a text and its copy; further apart only the same words are one
LEAST: Final = 8  # shingles in common; fewer are a turn of phrase. Untested
MARGIN: Final = 0.1  # by which the sketches' estimate may fall short: two standard deviations
NEAR: Final = 40  # characters around a number in which the next word is looked for
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of an article to find its copies."""

    hashes: NDArray[np.uint32]  # shape (PERMUTATIONS,)
    size: int  # different shingles


def sketch(article: Article) -> Sketch:
    """The article's MinHash."""
    from datasketch import MinHash  # loads scipy, half a second

    found = shingles(article.text)
    made = MinHash(PERMUTATIONS, seed=SEED, scheme=SCHEME)
    made.update_batch([shingle.encode() for shingle in found])
    return Sketch(made.hashvalues.astype("uint32"), len(found))


def bands(made: Sketch) -> list[int]:
    """Numbers, signed 64 bits, one of which a copy most probably shares."""
    import numpy as np

    rows = made.hashes.astype(np.uint64).reshape(-1, BAND)
    place = np.arange(len(rows), dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed = ((rows[:, 0] << np.uint64(32)) | rows[:, 1]) ^ place
    return [int(number) for number in mixed.view(np.int64)]


def may_be_copies(one: Sketch, other: Sketch) -> bool:
    """Whether comparing the articles themselves is worth it."""
    jaccard = float((one.hashes == other.hashes).mean())
    shared = jaccard / (1 + jaccard) * (one.size + other.size)
    return shared >= (COPY - MARGIN) * min(one.size, other.size)


def are_copies(one: Article, other: Article) -> bool:
    """Whether both are the same text, one perhaps edited."""
    first, second = shingles(one.text), shingles(other.text)
    shared = len(first & second)
    if one.language != other.language or shared < LEAST:
        return False
    same_source = one.source is not None and one.source == other.source
    needed = SAME_SOURCE if same_source else COPY
    edited = shared >= needed * min(len(first), len(second))
    return first == second or (edited and _days_apart(one, other) <= WINDOW)


def share_held(part: str, whole: str) -> float:
    """How much of a text's wording another has, 0 to 1."""
    wanted = shingles(part)
    return len(wanted & shingles(whole)) / len(wanted)


@lru_cache(maxsize=256)
def shingles(text: str) -> frozenset[str]:
    """Each three words in a row, without accents and capitals; all words of a shorter text."""
    words = [fold(word) for word in _WORD.findall(text.lower())]
    starts = range(max(1, len(words) - SHINGLE + 1))
    return frozenset(" ".join(words[at : at + SHINGLE]) for at in starts)


def figures_differ(one: Article, other: Article) -> bool:
    """Whether, between the same words, the articles have other numbers: one updates the other."""
    first, second = (_figures(article.text, article.language) for article in (one, other))
    return any(
        values.isdisjoint(second[place]) for place, values in first.items() if place in second
    )


@lru_cache(maxsize=256)
def _figures(text: str, language: str) -> dict[tuple[str, str], set[Decimal]]:
    """The numbers of a text, however written, by the words before and after them."""
    found: dict[tuple[str, str], set[Decimal]] = {}
    for number in numbers_in(text, language):
        before = _WORD.findall(text[max(0, number.start - NEAR) : number.start].lower())
        after = _WORD.findall(text[number.end : number.end + NEAR].lower())
        if before and after:
            place = fold(before[-1]), fold(after[0])
            found.setdefault(place, set()).add(number.value)
    return found


def _days_apart(one: Article, other: Article) -> int:
    """0 when a date is unknown or less precise than a day."""
    try:
        first, second = (date.fromisoformat(article.published or "") for article in (one, other))
    except ValueError:
        return 0
    return abs((first - second).days)
