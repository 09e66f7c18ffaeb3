"""A date as it stands in a text -> the period it means, one function for each kind of date.

Knows what was matched and the day that relative dates are counted from, nothing else.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, Final

from index.words import is_stop_word
from rag.dates import counted
from rag.dates.counted import ARTICLES, iso, latest_day, month_number
from rag.dates.periods import first_day, interval, shifted
from rag.dates.words import NO_NOUN_AFTER

if TYPE_CHECKING:
    from rag.dates.counted import Reading

# Years before need a word such as "en" before them, "1 200 euros" is written 1200 as well.
PLAIN_YEARS_FROM: Final = 1800
MONTHS_IN_SEASON: Final = 3
_NEXT_WORD = re.compile(r"\s([^\W\d_]+)(-?)")
_UNITS_AFTER = re.compile(r"\s?[%€$£°]|\s(?:euros?|dollars?|km|kg|ha|mds?)\b")
_TOWARDS_FIGURES = re.compile(r"[$€£#]\s?\Z")


def _date(match: re.Match[str], reading: Reading) -> str:
    """A day that its month does not have, 31 February, is read as the month."""
    groups = match.groupdict()
    month = int(groups["number"]) if groups.get("number") else month_number(match, reading)
    day = int(groups["day"]) if groups.get("day") else 0
    if not groups.get("year"):
        return latest_day(reading, match.start(), month, day)
    year = int(groups["year"])
    return iso(year, month, day if day <= monthrange(year, month)[1] else 0)


def _days(match: re.Match[str], reading: Reading) -> str:
    last = _day_of(match, reading, "second_day")
    first = f"{last[:8]}{int(match['day']):02d}"
    if first_day(first) > first_day(last):
        raise ValueError
    return interval(first, last)


def _day_of(match: re.Match[str], reading: Reading, group: str) -> str:
    month, day = month_number(match, reading), int(match[group])
    if not match["year"]:
        return latest_day(reading, match.start(), month, day)
    return iso(int(match["year"]), month, day)


def _quarter(match: re.Match[str], reading: Reading) -> str:
    number = _ordinal(match, reading)
    year = int(match["year"]) if match["year"] else reading.today.year
    if not match["year"] and 3 * number - 2 > reading.today.month:
        year -= 1
    return interval(iso(year, 3 * number - 2), iso(year, 3 * number))


def _half(match: re.Match[str], reading: Reading) -> str:
    second, year = _ordinal(match, reading) > 1, int(match["year"])
    return interval(iso(year, 7 if second else 1), iso(year, 12 if second else 6))


def _ordinal(match: re.Match[str], reading: Reading) -> int:
    written = match["ordinal"]
    if written.isdigit():
        return int(written)
    ordinals = reading.patterns.ordinals
    return next(n for n, each in enumerate(ordinals, 1) if each.fullmatch(written))


def _season(match: re.Match[str], reading: Reading) -> str:
    """Three whole months; winter is named by the year of its December."""
    groups, today = match.groupdict(), reading.today
    seasons = reading.patterns.seasons
    first = 3 * next(n for n, each in enumerate(seasons, 1) if each.fullmatch(match["season"]))
    if groups.get("year"):
        year = int(groups["year"])
    elif groups.get("last"):
        year = today.year - (first + MONTHS_IN_SEASON > today.month)
    elif groups.get("following"):
        year = today.year + (first <= today.month)
    elif groups.get("this") in ARTICLES:
        return ""
    else:
        year = today.year - (first > today.month and not reading.is_future(match.start()))
    start = date(year, first, 1)
    return interval(iso(year, first), shifted(start, MONTHS_IN_SEASON - 1, "month"))


def _decade(match: re.Match[str], reading: Reading) -> str:
    written = match["decade"]
    year = int(written)
    if len(written) <= 2:  # noqa: PLR2004 - "les années 90"
        century = reading.today.year // 100 * 100
        year += century if century + year <= reading.today.year else century - 100
    return interval(f"{year:04d}", f"{year + 9:04d}")


def _years(match: re.Match[str], reading: Reading) -> str:  # noqa: ARG001 - as all readers
    since, until = match["year"], match["second_year"]
    return interval(since, until) if since < until else ""


def _year(match: re.Match[str], reading: Reading) -> str:
    """The figures, unless they count something or belong to a name: "2021 soldats"."""
    before, after = reading.before(match.start()), reading.after(match.end())
    if _UNITS_AFTER.match(after) or _TOWARDS_FIGURES.search(before):
        return ""
    if _counts(match, reading):
        return ""
    if reading.patterns.inside.search(before):
        return match["year"]
    year = int(match["year"])
    unlikely = not PLAIN_YEARS_FROM <= year <= reading.today.year + 1
    return "" if unlikely or reading.patterns.quantity.search(before) else match["year"]


def _counts(match: re.Match[str], reading: Reading) -> bool:
    """Whether a noun follows that the figures may count."""
    following = _NEXT_WORD.match(reading.text, match.end())
    if not following or following[2]:  # "2021 a-t-il"
        return False
    word, language = following[1], reading.language
    if word.lower() in reading.patterns.calendar.units:
        return True
    if is_stop_word(word.lower(), language):
        return False
    before = reading.before(match.start())
    if language in NO_NOUN_AFTER:
        placed = reading.patterns.inside.search(before)
        return word[0].islower() and not placed
    if reading.patterns.inside.search(before) or before.endswith(("the ", "die ", "der ", "de ")):
        return False  # "the 2012 Olympics"
    return word[0].isupper() if language == "de" else word.endswith(("s", "people", "en"))


READERS: Final = {
    "date": _date,
    "days": _days,
    "quarter": _quarter,
    "half": _half,
    "season": _season,
    "decade": _decade,
    "years": _years,
    "ago": counted.ago,
    "latest": counted.latest,
    "unit": counted.one_unit,
    "relative": counted.relative,
    "weekday": counted.weekday,
    "weekend": counted.weekend,
    "month": counted.month,
    "year": _year,
}
