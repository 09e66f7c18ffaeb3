"""Words of a sentence without what hangs loose at their ends. Pure."""

from __future__ import annotations

import re
from typing import Final

_EDGE_LEFT = re.compile(
    r"(?:[\s,;:.!?…»”)\]–—-]+|(?:et|ou|and|or|und|que|qui|dont|mais|but|that|which)\s|qu['’])",
    re.IGNORECASE,
)
# Not "or" and "an", which are gold and year to a French reader, nor "on". In small letters alone:
# "hépatite A" and "the airport of LA" end with names.
_EDGE_RIGHT = re.compile(
    r"(?:[\s,;:«“(\[–—-]|[.!?…](?<!\w\.\w\.)|\b(?:d|l|qu|n|s|j)['’]"
    r"|\s(?:de|du|des|la|le|les|à|au|aux|et|ou|en|dans|par|pour|sur|avec|que|qui|dont|un|une|the|"
    r"of|a|to|in|at|and|by|for|with|from|that|which|und|der|die|das|von|mit|zu))$"
)
_PAIRS: Final = ("«»", "“”", "()", "[]", '""')
MARKS: Final = 6  # that are mended, at most
COMPLETED: Final = 60  # characters that may be added to reach a missing quotation mark; untested


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without punctuation, conjunctions or a last preposition; as given when nothing would stay."""
    begin, stop = _bare(text, start, end)
    return (begin, stop) if begin < stop else (start, end)


def is_loose(text: str, start: int, end: int) -> bool:
    """Whether nothing would stay: "d'", ", et "."""
    begin, stop = _bare(text, start, end)
    return begin >= stop


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (found := _EDGE_LEFT.match(text, start, end)):
        start = found.end()
    while start < end and (found := _EDGE_RIGHT.search(text[start:end])):
        end = start + found.start()
    return start, end


def balanced(text: str, start: int, end: int) -> tuple[int, int]:
    """With the other half of each pair of quotation marks or brackets, or without the half there.

    The missing half is taken in where it stands near; else the words are cut at the one there.
    """
    for _ in range(MARKS):
        unpaired = next((u for pair in _PAIRS if (u := _unpaired(text, start, end, *pair))), None)
        if unpaired is None:
            break
        at, opens = unpaired
        start, end = _with_other_half(text, start, at, end, opens=opens)
    return start, end


def _with_other_half(text: str, start: int, at: int, end: int, *, opens: bool) -> tuple[int, int]:
    """Up to the other half of the mark, or without what stands on its far side."""
    pair = next(pair for pair in _PAIRS if text[at] in pair)
    if opens and (other := text.find(pair[1], end, end + COMPLETED)) >= 0:
        return start, other + 1
    if not opens and (other := text.rfind(pair[0], max(0, start - COMPLETED), start)) >= 0:
        return other, end
    return _larger(text, start, at, end)


def _unpaired(
    text: str, start: int, end: int, opening: str, closing: str
) -> tuple[int, bool] | None:
    """Where the first mark without its other half stands, and whether it opens."""
    if opening == closing:
        if text.count(opening, start, end) % 2 == 0:
            return None
        opened = text.count(opening, 0, start) % 2 == 1  # quoted words go on where it begins
        at = text.index(opening, start, end) if opened else text.rindex(opening, start, end)
        return at, not opened
    stack: list[int] = []
    for at in range(start, end):
        if text[at] == opening:
            stack.append(at)
        elif text[at] == closing:
            if not stack:
                return at, False
            stack.pop()
    return (stack[0], True) if stack else None


def _larger(text: str, start: int, at: int, end: int) -> tuple[int, int]:
    """The longer of the parts before and after a mark."""
    before, after = trimmed(text, start, at), trimmed(text, at + 1, end)
    if at == start:
        return after
    if at == end - 1:
        return before
    return before if before[1] - before[0] >= after[1] - after[0] else after
