"""Dates that are counted from a day: "hier", "mardi", "la semaine dernière", "il y a trois ans".

Months and days without a year belong here, since the year is counted. Knows what was matched and
the day, nothing else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from index.numbers import numbers_in
from rag.dates.patterns import ENGLISH
from rag.dates.periods import first_day, interval, shifted

if TYPE_CHECKING:
    from rag.dates.patterns import DatePatterns

NEAR: Final = 60  # characters; the longest of rag/dates/words.py, "jusqu'en debut de", has 20
LONG_AGO: Final = 270  # days; "le 3 janvier" in an article of December is rather the next; untested
# One of these is a period, "ces dernières années" are nobody knows how many.
_SINGULAR: Final = {
    "semaine", "mois", "an", "annee", "week", "month", "year", "woche", "monat", "jahr", "jahres",
    "semana", "mes", "ano", "settimana", "mese", "anno", "maand", "jaar",
}  # fmt: skip
_ONE: Final = {
    "un", "une", "a", "an", "one", "ein", "eine", "einem", "einer", "una", "um", "uma", "een",
}  # fmt: skip
HOURS: Final = 24  # of a day
_MOST: Final = 1000  # of a count in words; in figures it has three digits
# "the summer" is no summer of a year.
ARTICLES: Final = {
    "the", "den", "der", "die", "das", "los", "las", "el", "la", "gli", "le", "i", "il", "l'",
    "negli", "nelle", "nei", "os", "as", "o", "a", "nos", "nas", "de", "het",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text is read with."""

    text: str
    plain: str  # in lower case, without accents, as long as the text
    language: str
    today: date
    patterns: DatePatterns
    near: bool  # a date without a year may be soon, when it was long ago

    def is_future(self, start: int) -> bool:
        """Whether the verb before a date, or else the first after it, speaks of what will be."""
        ends, futures = _verbs(self.text, self.patterns.tense)
        return bool(ends) and futures[max(0, bisect_right(ends, start) - 1)]

    def before(self, start: int) -> str:
        """What stands before a date, as far back as a word of dates may reach."""
        return self.plain[max(0, start - NEAR) : start]

    def after(self, end: int) -> str:
        """What follows a date, as far."""
        return self.plain[end : end + NEAR]


@lru_cache(maxsize=16)
def _verbs(text: str, tense: re.Pattern[str]) -> tuple[list[int], list[bool]]:
    """Where the verbs end, and whether each speaks of what will be."""
    verbs = list(tense.finditer(text.lower()))
    return [verb.end() for verb in verbs], [bool(verb["future"]) for verb in verbs]


def ago(match: re.Match[str], reading: Reading) -> str:
    count, unit = _count(match, reading), _unit(match, reading)
    if unit == "hour" and count:
        return shifted(reading.today, -(count // HOURS), "day")
    return shifted(reading.today, -count, unit) if count else ""


def latest(match: re.Match[str], reading: Reading) -> str:
    """Up to now: "ces trois dernières années"."""
    count, unit = _count(match, reading), _unit(match, reading)
    if not count:
        return ""
    if unit == "hour":
        count, unit = -(-count // HOURS), "day"
    precision = "day" if unit == "week" else unit
    since = shifted(reading.today, -count * (7 if unit == "week" else 1), precision)
    return interval(since, shifted(reading.today, 0, precision))


def _count(match: re.Match[str], reading: Reading) -> int:
    written = reading.text[match.start("count") : match.end("count")]
    if written.isdigit():
        return int(written)
    if match["count"] in _ONE:
        return 1
    values = [int(number.value) for number in numbers_in(written, reading.language)]
    return values[0] if len(values) == 1 and values[0] < _MOST else 0


def _unit(match: re.Match[str], reading: Reading) -> str:
    return reading.patterns.calendar.units[match["unit"]]


def one_unit(match: re.Match[str], reading: Reading) -> str:
    """One only, "l'an dernier": "ces dernières années" are nobody knows how many."""
    groups, unit = match.groupdict(), _unit(match, reading)
    turn = groups.get("last") or groups.get("following") or ""
    several = reading.language == "fr" and turn.endswith("s")
    if not turn or several or unit in {"hour", "day"} or match["unit"] not in _SINGULAR:
        return ""
    if match.start("unit") > match.start() and _is_followed_by_of(match, reading):
        return ""  # "the last year of his term"
    return shifted(reading.today, -1 if groups.get("last") else 1, unit)


def _is_followed_by_of(match: re.Match[str], reading: Reading) -> bool:
    rest = reading.plain[match.end() : match.end() + 5].lstrip()
    return re.match(r"(?:of|de|du|des|d'|del|di|da|do|van)(?!\w)|d'", rest) is not None


def relative(match: re.Match[str], reading: Reading) -> str:
    patterns, phrase = reading.patterns, match["relative"]
    if phrase.startswith("last ") and _is_followed_by_of(match, reading):
        return ""
    count, unit = patterns.words.relative.get(phrase) or patterns.calendar.relative[phrase]
    return shifted(reading.today, count, unit)


def weekday(match: re.Match[str], reading: Reading) -> str:
    groups, today = match.groupdict(), reading.today
    if reading.patterns.habit.search(reading.before(match.start("weekday"))):
        return ""
    if not _is_capital(match.start("weekday"), reading):
        return ""
    number = reading.patterns.calendar.weekdays[match["weekday"]]
    back = (today.weekday() - number) % 7
    if groups.get("following") or (reading.is_future(match.start()) and not groups.get("last")):
        return (today + timedelta(days=7 - back)).isoformat()
    return (today - timedelta(days=(back or 7) if groups.get("last") else back)).isoformat()


def _is_capital(start: int, reading: Reading) -> bool:
    """Whether a name of the calendar has a capital where the language asks for one.

    Typists who use no capitals at all are let off.
    """
    wants = reading.language in {ENGLISH, "de"}
    return reading.text[start].isupper() == wants or start == 0 or reading.text.islower()


def weekend(match: re.Match[str], reading: Reading) -> str:
    groups, today = match.groupdict(), reading.today
    if groups.get("this") in ARTICLES:
        return ""
    saturday = today + timedelta(days=5 - today.weekday())
    if groups.get("last") or (
        today < saturday and reading.near and not reading.is_future(match.start())
    ):
        saturday -= timedelta(days=7)
    if groups.get("following"):
        saturday += timedelta(days=7 if today >= saturday else 0)
    return interval(saturday.isoformat(), (saturday + timedelta(days=1)).isoformat())


def month(match: re.Match[str], reading: Reading) -> str:
    groups, start = match.groupdict(), match.start("month")
    turned = groups.get("last") or groups.get("following")
    if not _is_capital(start, reading) or (
        reading.language == ENGLISH
        and not turned
        and not reading.patterns.inside.search(reading.before(start))
    ):
        return ""  # "May I ask", "la planète Mars"
    number = month_number(match, reading)
    if not turned:
        return latest_day(reading, match.start(), number, 0)
    year, this = reading.today.year, reading.today.month
    year += (number <= this) if groups.get("following") else -(number >= this)
    return iso(year, number)


def latest_day(reading: Reading, start: int, month: int, day: int) -> str:
    """The last such day or month up to today; the next one if the text speaks of the future."""
    today = reading.today
    this = iso(today.year, month, day)
    past = this if first_day(this) <= today else iso(today.year - 1, month, day)
    ahead = iso(int(past[:4]) + 1, month, day)
    long_ago = (today - first_day(past)).days > LONG_AGO
    is_now = past[:7] == today.isoformat()[:7]
    return (
        ahead if not is_now and (reading.is_future(start) or (reading.near and long_ago)) else past
    )


def month_number(match: re.Match[str], reading: Reading) -> int:
    calendar = reading.patterns.calendar
    name = match["month"]
    return calendar.months.get(name) or calendar.short_months[name]


def iso(year: int, month: int, day: int = 0) -> str:
    """:raises ValueError: there is no such day"""
    whole = date(year, month, day or 1)
    return whole.isoformat()[: 10 if day else 7]
