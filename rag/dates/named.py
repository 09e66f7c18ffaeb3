"""Dates and periods that a text names, as ISO 8601 with the precision given.

"en octobre 2024" is "2024-10", "depuis 2021" is "2021/..", and "la semaine dernière" is counted
from a day that is given: today for a question, the day of publication for an article's sentence.
Knows nothing of articles and of what a period is for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from index.calendar import may_name_date
from rag.dates.counted import Reading
from rag.dates.patterns import date_patterns
from rag.dates.periods import ends, first_day, interval, shifted, spanning
from rag.dates.readers import READERS
from rag.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

_STRICTLY = re.compile(r"(?:avant|before|prior|vor|antes|prima|voor)\b")  # the date is not in it
DES: Final = 12  # characters, more than "dès le " before a date has


@dataclass(frozen=True, slots=True)
class Named:
    """A period, and where a text names it; `text[start:end]` are the words of the date itself."""

    start: int
    end: int
    period: str
    without_year: bool = False  # "mars", "14 mai": the year was inferred
    relative: bool = False  # counted from the day given: "mardi", "hier"
    ends_told: bool = False  # "12 au 17 juillet", "2019-2021"


def named_periods(
    text: str, language: str, today: date, *, in_article: bool = False
) -> list[Named]:
    """The periods that a text names, in order.

    :param today: the day that relative dates are counted from
    :param in_article: it was published on that day; "en janvier" may be ahead of it
    """
    if not may_name_date(text):
        return []
    patterns = date_patterns(language)
    reading = Reading(text, folded(text), language, today, patterns, in_article)
    return list(_joined(reading, _alone(reading)))


def question_dates(text: str, language: str, today: date | None = None) -> tuple[str, ...]:
    """The periods named in a question, each once.

    :param today: the day of asking when None
    """
    today = today or date.today()  # noqa: DTZ011 - the asker's own day
    return tuple(dict.fromkeys(named.period for named in named_periods(text, language, today)))


def _alone(reading: Reading) -> list[Named]:
    """Dates one by one; where two overlap, the one that begins first, then the longer."""
    found = [
        named
        for kind, pattern in reading.patterns.kinds
        for match in pattern.finditer(reading.plain)
        if (named := _named(kind, match, reading))
    ]
    kept: list[Named] = []
    for named in sorted(found, key=lambda n: (n.start, -n.end)):
        if not kept or named.start >= kept[-1].end:
            kept.append(named)
    return kept


def _named(kind: str, match: re.Match[str], reading: Reading) -> Named | None:
    try:
        period = READERS[kind](match, reading)
    except (ValueError, OverflowError):  # 31 February, the year 0
        return None
    if not period:
        return None
    groups = match.groupdict()
    without_year = kind in {"date", "days", "month"} and not groups.get("year")
    relative = without_year or kind in {"ago", "latest", "unit", "relative", "weekday", "weekend"}
    ends_told = kind in {"days", "years"}
    return Named(match.start(), match.end(), period, without_year, relative, ends_told)


def _joined(reading: Reading, found: list[Named]) -> Iterator[Named]:
    """Two dates that make an interval as one; "depuis", "avant" beside a date."""
    index = 0
    while index < len(found):
        named = found[index]
        following = found[index + 1] if index + 1 < len(found) else None
        whole = _interval(reading, named, following) if following else None
        yield whole or _bounded(reading, named)
        index += 2 if whole else 1


def _interval(reading: Reading, one: Named, other: Named) -> Named | None:
    patterns, plain = reading.patterns, reading.plain
    before, gap = reading.before(one.start), plain[one.end : other.start]
    between = patterns.between.search(before) and patterns.joint.fullmatch(gap)
    opens = patterns.origin.search(before) or patterns.since.search(before)
    if not between and not (opens and patterns.towards.fullmatch(gap)):
        return None
    if "/" in one.period + other.period:
        return None
    first = _in_year_of(one, other) if one.without_year and not other.without_year else one.period
    if first_day(first) > first_day(other.period):
        return None
    return replace(other, start=one.start, period=spanning(first, other.period))


def _in_year_of(one: Named, other: Named) -> str:
    """The first month of "octobre à mars 2020" is that of 2019."""
    year = int(other.period[:4])
    if one.period[4:] > other.period[4:]:
        year -= 1
    return f"{year:04d}{one.period[4:]}"


def _bounded(reading: Reading, named: Named) -> Named:
    before = reading.before(named.start)
    since, until = ends(named.period)
    if since != until and named.ends_told:
        return named  # "desde el 12 al 17 de julio"
    if reading.patterns.since.search(before) or _from_then_on(reading, named):
        return replace(named, period=interval(since, ""))
    if bound := reading.patterns.until.search(before):
        last = _before(since) if _STRICTLY.match(bound.group()) else until
        return replace(named, period=interval("", last))
    return named


def _before(value: str) -> str:
    """The day, month or year before one."""
    return shifted(first_day(value), -1, ("year", "month", "day")[value.count("-")])


def _from_then_on(reading: Reading, named: Named) -> bool:
    """After "dès", which without its accent is an article."""
    return (
        reading.language == "fr"
        and re.search(
            r"\bdès(?: le| la| l['’])?\s?\Z",
            reading.text[max(0, named.start - DES) : named.start].lower(),
        )
        is not None
    )
