"""An article to passages: whole sentences within a budget of tokens, overlapping by some.

Knows nothing about languages beyond what `index.sentences` finds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from index import vocabulary
from index.sentences import Span, sentences
from index.types import Passage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from index.types import Article

# Tokens of a passage, and of the sentences it repeats from the one before. By words alone,
# recall@5 on 1,000 questions of news.train was .825 at 160 tokens, .870 at 240, .893 at 320 (a
# longer passage is easier to hit and dearer to read); an overlap of 40 beats none by one point at
# 160.
BUDGET = 240
OVERLAP = 40
# One code point may become 18 letters under NFKC (U+FDFA), at most 33 tokens.
SMALLEST_BUDGET = 40

# Where a sentence over the budget is cut, best first; the cut comes after the match.
_CUTS = (
    re.compile(r"[;:](?=\s)|\s[—–](?=\s)|[；：؛]"),
    re.compile(r",(?=\s)|[，、،]"),
    re.compile(r"\S(?=\s)"),
    re.compile(r".{1,8}", re.DOTALL),
    re.compile(r".", re.DOTALL),
)

# Between two units, these leave the count of both the sum of their counts; others may not.
_PLAIN_SPACE = " \n\t\r\u00a0\u202f"

# Tokens of each text; the sum over texts with a space between is the count of the whole.
Counts: TypeAlias = "Callable[[Iterable[str]], Sequence[int]]"


class _Unit(NamedTuple):
    """A sentence, or a part of one that is over the budget."""

    start: int
    end: int
    cost: int  # tokens, with the white space before it
    loose: bool  # nothing stands between it and the unit before: counts do not simply add up
    closes: bool  # a paragraph ends with it


class _Task(NamedTuple):
    """What stays the same while one article is cut."""

    text: str
    counts: Counts
    budget: int

    def fits(self, units: list[_Unit]) -> bool:
        """Tell whether units, whose costs add up to the budget at most, really keep it."""
        if not any(unit.loose for unit in units[1:]):
            return True
        return self.counts([self.text[units[0].start : units[-1].end]])[0] <= self.budget


def chunk(
    article: Article,
    counts: Counts = vocabulary.count_batch,
    budget: int = BUDGET,
    overlap: int = OVERLAP,
) -> list[Passage]:
    """Cut an article into passages of at most `budget` tokens, in order.

    Every character that is not white space is in a passage, and no passage is within another.
    Only a sentence over the budget is cut, at a clause where there is one. A text without
    anything but white space has no passage.

    :raises ValueError: when the budget is below 40, or not above the overlap.
    """
    if budget < SMALLEST_BUDGET or not 0 <= overlap < budget:
        raise ValueError(
            f"budget {budget} and overlap {overlap}: needed are a budget of at least "
            f"{SMALLEST_BUDGET} and an overlap below it"
        )
    task = _Task(article.text, counts, budget)
    units = _units(task, sentences(article.text, article.language))
    return [
        Passage(article, units[first].start, units[last].end)
        for first, last in _pack(task, units, overlap)
    ]


def _pack(task: _Task, units: list[_Unit], overlap: int) -> Iterator[Span]:
    """Yield the first and the last unit of each passage."""
    first = begin = 0  # `begin` is the first unit that no passage has yet
    while begin < len(units):
        last = _last(units, first, begin, task.budget)
        while last > begin and not task.fits(units[first : last + 1]):
            last -= 1
        while first < begin and not task.fits(units[first : last + 1]):
            first += 1
        yield first, last
        before, begin = first, last + 1
        if begin < len(units):
            first = begin - _repeated(units[before + 1 : begin + 1], task.budget, overlap)


def _last(units: list[_Unit], first: int, begin: int, budget: int) -> int:
    """Take all that fits, but stop at a paragraph's end once the passage is half full."""
    total = sum(unit.cost for unit in units[first : begin + 1])
    last, paragraph = begin, None
    while True:
        if units[last].closes and total * 2 >= budget:
            paragraph = last
        if last + 1 == len(units):
            return last
        total += units[last + 1].cost
        if total > budget:
            return last if paragraph is None else paragraph
        last += 1


def _repeated(units: list[_Unit], budget: int, overlap: int) -> int:
    """Count the units that come again before the last of `units`, which is new."""
    *old, new = units
    room = min(overlap, budget - new.cost)
    repeated = 0
    for unit in reversed(old):
        room -= unit.cost
        if room < 0:
            break
        repeated += 1
    return repeated


def _units(task: _Task, spans: list[Span], level: int = 0) -> list[_Unit]:
    """Cost every span; one that is over the budget becomes several, by the cut of this level."""
    gaps, costs = _costs(task, spans)
    if max(costs, default=0) > task.budget and level < len(_CUTS):
        whole = task.counts(task.text[start:end] for start, end in spans)
        spans = [
            piece
            for span, cost in zip(spans, whole, strict=True)
            for piece in ([span] if cost <= task.budget else _cut(task, span, level))
        ]
        gaps, costs = _costs(task, spans)
    return [
        _Unit(*span, cost, not gap or bool(gap.strip(_PLAIN_SPACE)), "\n" in after)
        for span, cost, gap, after in zip(spans, costs, gaps, [*gaps, "\n"][1:], strict=True)
    ]


def _costs(task: _Task, spans: list[Span]) -> tuple[list[str], Sequence[int]]:
    """Return the white space before each span, and the tokens of each span with it.

    White space other than one space costs tokens, and the word after it is another token.
    """
    ends = [spans[0][0], *(end for _, end in spans)] if spans else []
    gaps = [task.text[end:start] for end, (start, _) in zip(ends, spans, strict=False)]
    bodies = [task.text[start:end] for start, end in spans]
    return gaps, task.counts(gap + body for gap, body in zip(gaps, bodies, strict=True))


def _cut(task: _Task, span: Span, level: int) -> list[Span]:
    """Cut a span that is over the budget into spans that are not, as long as they can be."""
    start, end = span
    cuts = [match.end() for match in _CUTS[level].finditer(task.text, start, end)]
    parts = []
    for left, right in zip([start, *cuts], [*cuts, end], strict=True):
        part = task.text[left:right]
        if part.strip():
            parts.append((right - len(part.lstrip()), left + len(part.rstrip())))
    units = _units(task, parts, level + 1)
    return [(units[first].start, units[last].end) for first, last in _pack(task, units, overlap=0)]
