"""How dates look in a language: patterns over text in lower case and without accents.

A pattern's named groups are what `rag.dates.named` reads; which day they mean is not known here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from index.calendar import CalendarWords, calendar_words
from rag.dates.words import DATE_WORDS, DateWords

if TYPE_CHECKING:
    from collections.abc import Iterable

ENGLISH: Final = "en"
_YEAR: Final = r"(?P<year>1\d{3}|20\d\d|21\d\d)(?!\d)"
_SECOND_YEAR: Final = r"(?P<second_year>1\d{3}|20\d\d|21\d\d)(?!\d)"
_DAY: Final = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:er|st|nd|rd|th|º|°|\.)?"
_SECOND_DAY: Final = r"(?P<second_day>0?[1-9]|[12]\d|3[01])(?:er|st|nd|rd|th|º|°|\.)?"
_COUNT: Final = r"(?P<count>\d{1,3}|[a-z]+)"
_ALONE: Final = r"(?<![\w./,-])"  # figures are not part of longer ones
_SEVERAL: Final = r"(?:\s?[-–]\s?|\s(?:au|a|et|to|and|through|bis|und|al|y|e|ao|tot|t/m|en)\s)"
_ISO: Final = rf"{_ALONE}(?P<year>\d{{4}})-(?P<number>\d\d)(?:-(?P<day>\d\d))?(?![\w/-])"
_SLASHED: Final = (
    rf"{_ALONE}(?:(?P<day>\d{{1,2}})[/.-])?(?P<number>\d{{1,2}})[/.-](?P<year>\d{{4}})(?![\w/-])"
)
_YEARS: Final = rf"{_ALONE}{_YEAR}\s?[-–/]\s?{_SECOND_YEAR}(?![\w-])"
_LONE_YEAR: Final = rf"(?<![\w.,/])(?<!\d[ \-–]){_YEAR}(?![\w/]|[.,]\d|-\d| \d{{3}}(?!\d))"


@dataclass(frozen=True, slots=True)
class DatePatterns:
    """Kinds of dates with their patterns, and what may stand before and between dates."""

    words: DateWords
    calendar: CalendarWords
    kinds: tuple[tuple[str, re.Pattern[str]], ...]
    since: re.Pattern[str]  # these five end where a date begins
    until: re.Pattern[str]
    between: re.Pattern[str]
    origin: re.Pattern[str]
    inside: re.Pattern[str]
    quantity: re.Pattern[str]
    habit: re.Pattern[str]
    joint: re.Pattern[str]  # these two are all that stands between two dates
    towards: re.Pattern[str]
    ordinals: tuple[re.Pattern[str], ...]  # first to fourth
    seasons: tuple[re.Pattern[str], ...]
    tense: re.Pattern[str]  # a verb, in lower case with its accents: `future` or not


@lru_cache
def date_patterns(language: str) -> DatePatterns:
    """Those of a language; what stands around dates is English where it is not known."""
    words = DATE_WORDS.get(language, DATE_WORDS[ENGLISH])
    calendar = calendar_words(language)
    kinds = _kinds(words, calendar, language)
    return DatePatterns(
        words,
        calendar,
        tuple((kind, re.compile(pattern)) for kind, pattern in kinds),
        _before(words.since),
        _before(words.until),
        _before(words.between),
        _before(words.origin),
        _before(f"{words.inside}|{words.year}|{words.since}|{words.until}|{words.between}"),
        _before(words.quantity),
        _before(words.habit),
        re.compile(rf"\s*(?:{words.joint})\s*"),
        re.compile(rf"\s*(?:{words.towards})\s*|\s?[-–]\s?"),
        tuple(re.compile(each) for each in words.ordinals),
        tuple(re.compile(each) for each in words.seasons),
        re.compile(rf"(?<!\w)(?:(?P<future>{words.future})|{words.present})(?!\w)"),
    )


def _before(alternatives: str) -> re.Pattern[str]:
    """Words that end where a date begins."""
    return re.compile(rf"(?<!\w)(?:{alternatives})[\s'-]{{0,2}}\Z")


def _any(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


def _kinds(words: DateWords, calendar: CalendarWords, language: str) -> list[tuple[str, str]]:
    """From the most to the least particular."""
    of = rf"(?:\s?(?:{words.of})\s?|\s)"
    month = rf"(?P<month>{_any([*calendar.months, *calendar.short_months])})(?!\w)\.?"
    year = rf"(?:(?:{of}|,\s){_YEAR})?"
    weekday = rf"(?:(?:{_any(calendar.weekdays)}),?\s)?"
    kinds = [
        ("date", _ISO),
        ("date", _SLASHED),
        ("days", rf"{_ALONE}{_DAY}{_SEVERAL}{_SECOND_DAY}{of}{month}{year}"),
        ("date", rf"(?<!\w){weekday}{_ALONE}{_DAY}{of}{month}{year}"),
    ]
    if language == ENGLISH:
        kinds += [
            ("days", rf"(?<!\w){month}\s{_DAY}{_SEVERAL}{_SECOND_DAY}(?!\w)(?:,?\s{_YEAR})?"),
            ("date", rf"(?<!\w){weekday}{month}\s{_DAY}(?!\w)(?:,?\s{_YEAR})?"),
        ]
    kinds.append(("date", rf"(?<!\w){month}(?:{of}|,\s){_YEAR}"))
    return [
        *kinds,
        *_parts_of_years(words, of),
        *_counted(words, calendar),
        *_named(words, calendar),
    ]


def _parts_of_years(words: DateWords, of: str) -> list[tuple[str, str]]:
    """Quarters, halves, seasons, decades, and one year to another."""
    ordinal = rf"(?P<ordinal>{'|'.join(words.ordinals)})"
    season = rf"(?P<season>{'|'.join(words.seasons)})(?!\w)"
    return [
        ("quarter", rf"(?<!\w){ordinal}\s(?:{words.quarter})(?!\w)(?:{of}{_YEAR})?"),
        ("quarter", rf"(?<!\w)[tqk](?P<ordinal>[1-4])(?:[\s/-]|\sde\s|\sof\s){_YEAR}"),
        ("half", rf"(?<!\w){ordinal}\s(?:{words.half})(?!\w){of}{_YEAR}"),
        ("season", rf"(?<!\w){season}{of}{_YEAR}"),
        *_turned("season", season, words),
        ("decade", rf"(?<!\w)(?:{words.decade})\s?'?(?P<decade>(?:1\d|20)?\d0)(?!\w)"),
        ("decade", r"(?<!\w)(?:the|die|den|der)\s'?(?P<decade>\d0)(?:s|er|ern)(?!\w)"),
        ("decade", r"(?<![\w.,])(?P<decade>(?:1\d|20)\d0)(?:s|er|ern)(?!\w)"),
        ("years", _YEARS),
    ]


def _turned(kind: str, name: str, words: DateWords) -> list[tuple[str, str]]:
    """A name with "last", "next" or "this" before or after it."""
    last, following = rf"(?P<last>{words.last})", rf"(?P<following>{words.following})"
    return [
        (kind, rf"(?<!\w){name}\s(?:{last}|{following})(?!\w)"),
        (kind, rf"(?<!\w)(?:{last}|{following}|(?P<this>{words.this}))\s{name}"),
    ]


def _counted(words: DateWords, calendar: CalendarWords) -> list[tuple[str, str]]:
    """Some days, weeks, months or years back."""
    unit = rf"(?P<unit>{_any(calendar.units)})(?!\w)"
    return [
        ("ago", rf"(?<!\w)(?:{words.ago_before})\s{_COUNT}\s{unit}"),
        ("ago", rf"(?<!\w){_COUNT}\s{unit}\s(?:{words.ago_after})(?!\w)"),
        ("latest", rf"(?<!\w)(?:{words.last})\s{_COUNT}\s{unit}"),
        ("latest", rf"(?<!\w){_COUNT}\s(?:{words.last})\s{unit}"),
        ("latest", rf"(?<!\w){_COUNT}\s{unit}\s(?:{words.last})(?!\w)"),
        *_turned("unit", unit, words),
    ]


def _named(words: DateWords, calendar: CalendarWords) -> list[tuple[str, str]]:
    """Yesterday, a day of the week, a month, a year."""
    weekday = rf"(?P<weekday>{_any(calendar.weekdays)})(?!\w)"
    month = rf"(?P<month>{_any(calendar.months)})(?!\w)"
    weekend = rf"(?P<weekend>{words.weekend})(?!\w)"
    relative = _any([*calendar.relative, *words.relative])
    return [
        ("relative", rf"(?<![\w-])(?P<relative>{relative})(?![\w-])"),
        *_turned("weekday", weekday, words),
        ("weekday", rf"(?<![\w-]){weekday}(?!-)"),
        *_turned("weekend", weekend, words),
        *_turned("month", month, words),
        ("month", rf"(?<![\w-]){month}(?![-'])"),
        ("year", _LONE_YEAR),
    ]
