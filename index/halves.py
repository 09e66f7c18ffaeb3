"""Halves among the words of a number: "un demi-million", "two and a half million", "zweieinhalb".

Knows nothing of figures' marks; numbers.py composes what is left.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.number_words import Atom

WITH_HALF: Final = 100  # below: "deux et demi"; a year is no half one
HALVED: Final = 1_000  # from here: "un demi-millier", not half a hundred


def halved(run: Sequence[Atom]) -> list[Atom]:
    """The run with each half made part of its number; one that belongs to none is dropped."""
    read: list[Atom] = []
    place = 0
    while place < len(run):
        atom = run[place]
        place += 1
        if atom.kind != "half":
            read.append(atom)
        elif not _ended(read, atom):
            article = place < len(run) and _is_one(run[place])  # "half a million"
            if place + article < len(run) and _multiplies(run[place + article]):
                place += article
                if read and _is_one(read[-1]):  # "un demi-million"
                    read.pop()
                read.append(replace(atom, kind="small"))
    return read


def _ended(read: list[Atom], half: Atom) -> bool:
    """Whether a half ends the number read so far, which takes it in: "deux millions et demi"."""
    rest = read[:-1] if read and _is_one(read[-1]) else read[:]  # "and a half", "zweieinhalb"
    if rest and rest[-1].kind == "joint":
        rest.pop()
    if not rest or len(rest) == len(read):
        return False
    last = rest[-1]
    if _multiplies(last):
        read[len(rest) :] = [replace(half, kind="small", value=last.value / 2)]
    elif last.kind in {"small", "figures"} and last.value < WITH_HALF:
        read[len(rest) - 1 :] = [replace(last, end=half.end, value=last.value + half.value)]
    else:
        return False
    return True


def _is_one(atom: Atom) -> bool:
    return atom.kind == "small" and atom.value == 1


def _multiplies(atom: Atom) -> bool:
    return atom.kind == "large" and atom.value >= HALVED
