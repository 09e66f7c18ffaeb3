"""The dates that a sentence states, as far as they can be compared: day, month, year, week day.

Told from words alone, without a date library: what a sentence rests on is compared, not resolved
for its own sake. A week day is also read against the day its article was published.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from rag.folding import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

MONTHS: Final = (
    "janvier january januar enero gennaio janeiro januari janv jan",
    "fevrier february februar febrero febbraio fevereiro februari fevr feb",
    "mars march marz marzo marco maart",
    "avril april abril aprile avr apr",
    "mai may mayo maggio maio mei",
    "juin june juni junio giugno junho",
    "juillet july juli julio luglio julho juil jul",
    "aout august agosto augustus aug",
    "septembre september septiembre settembre setembro sept sep",
    "octobre october oktober octubre ottobre outubro oct okt",
    "novembre november noviembre novembre novembro nov",
    "decembre december dezember diciembre dicembre dezembro dec dez",
)
WEEK_DAYS: Final = (
    "lundi monday montag lunes lunedi maandag",
    "mardi tuesday dienstag martes martedi dinsdag",
    "mercredi wednesday mittwoch miercoles mercoledi woensdag",
    "jeudi thursday donnerstag jueves giovedi donderdag",
    "vendredi friday freitag viernes venerdi vrijdag",
    "samedi saturday samstag sonnabend sabado sabato zaterdag",
    "dimanche sunday sonntag domingo domenica zondag",
)
NEAR: Final = {
    "aujourd'hui": 0, "today": 0, "heute": 0, "hoy": 0, "oggi": 0, "hoje": 0,
    "hier": -1, "yesterday": -1, "gestern": -1, "ayer": -1, "ieri": -1, "ontem": -1,
    "demain": 1, "tomorrow": 1, "morgen": 1, "domani": 1,
    "avant-hier": -2, "apres-demain": 2,
}  # fmt: skip
_MONTH = {word: n for n, words in enumerate(MONTHS, 1) for word in words.split()}
_WEEK_DAY = {word: n for n, words in enumerate(WEEK_DAYS) for word in words.split()}
CALENDAR: Final = frozenset(_MONTH) | frozenset(_WEEK_DAY)
# Without a capital or a figure beside it, a month of these is another word ("may", "mars").
_AMBIGUOUS: Final = {
    "may", "march", "mars", "mai", "sept", "sep", "jan", "nov", "dec", "oct", "mei",
}  # fmt: skip
_MONTHS = "|".join(sorted(_MONTH, key=len, reverse=True))
_YEAR = r"(?:1[5-9]|20)\d\d"
_SPACE = r"[ \u00a0]"
_DATE = re.compile(
    rf"\b(?P<iso>{_YEAR}-\d\d-\d\d)\b"
    rf"|\b(?P<slash>\d\d?[/.]\d\d?[/.]{_YEAR})\b"
    rf"|\b(?:(?P<day>[0-3]?\d)(?:er|st|nd|rd|th|\.)?{_SPACE}(?:(?:de|of){_SPACE})?)?"
    rf"(?P<month>{_MONTHS})\b\.?"
    rf"(?:{_SPACE}(?P<after>[0-3]?\d)(?:st|nd|rd|th)?\b(?![ \u00a0\u202f.,]?\d\d\d))?"
    rf"(?:,?{_SPACE}(?:(?:de|del){_SPACE})?(?P<year>{_YEAR})\b)?"
    rf"|\b(?P<weekday>{'|'.join(_WEEK_DAY)})s?\b"
    rf"|\b(?P<near>{'|'.join(sorted(NEAR, key=len, reverse=True))})\b"
    rf"|(?<![\d.,]){_SPACE}?(?P<only>{_YEAR})\b(?![.,  ]?\d)"
)
_INTRODUCED = re.compile(
    r"(?:\b(?:en|in|de|of|mois|since|depuis|im|by|until|début|fin|mi|courant|early|late)|d['’])$"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as stated; a part that is not stated is None. `near` counts days from publication."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None  # 0 is Monday
    near: int | None = None


def moments_in(text: str) -> list[Moment]:
    """The dates of a text, in order."""
    plain = folded(text)
    found = []
    for match in _DATE.finditer(plain):
        moment = _moment(match, text)
        if moment:
            found.append(moment)
    return found


def _moment(match: re.Match[str], text: str) -> Moment | None:
    start, end = match.span()
    if match["iso"] or match["slash"]:
        parts = [int(part) for part in re.split("[-/.]", match["iso"] or match["slash"])]
        return Moment(start, end, *(parts if match["iso"] else reversed(parts)))
    if match["month"]:
        return _in_month(match, text)
    if match["weekday"]:
        return Moment(start, end, weekday=_WEEK_DAY[match["weekday"]])
    if match["near"]:
        return Moment(start, end, near=NEAR[match["near"]])
    return Moment(match.start("only"), end, year=int(match["only"]))


def _in_month(match: re.Match[str], text: str) -> Moment | None:
    """A date with a month; None when the word is no month here."""
    month, day = match["month"], match["day"] or match["after"]
    if month in _AMBIGUOUS and not day and not match["year"]:
        small = text[match.start("month")].islower() or match.start("month") == 0
        introduced = _INTRODUCED.search(text[: match.start()].rstrip()[-8:].lower())
        if not introduced or (month in {"may", "march"} and small):
            return None
    return Moment(*match.span(), _int(match["year"]), _MONTH[month], _int(day))


def _int(figures: str | None) -> int | None:
    return int(figures) if figures else None


def is_dated(stated: Moment, others: Sequence[Moment], published: str | None) -> bool:
    """Whether a sentence of an article says this date, in words or by its day of publication.

    :param others: the dates of that sentence
    :param published: ISO 8601, any precision
    """
    known = _published(published)
    if any(_agrees(stated, other, known) for other in others):
        return True
    if stated.weekday is not None or stated.near is not None:
        return False
    parts = (stated.year, stated.month, stated.day)
    if not (stated.year and stated.month):
        return False  # what happens in a year is seldom what was published in it
    if not stated.day and any(other.year for other in others):
        return False  # the sentence states years of its own
    return all(mine is None or mine == theirs for mine, theirs in zip(parts, known, strict=True))


def _published(published: str | None) -> tuple[int | None, int | None, int | None]:
    parts = [int(part) for part in (published or "").split("T")[0].split("-") if part.isdigit()]
    year, month, day = (*parts, None, None, None)[:3]
    return year, month, day


def _agrees(
    stated: Moment, other: Moment, known: tuple[int | None, int | None, int | None]
) -> bool:
    """Whether one date says no more than the other, read against the day of publication."""
    if stated.weekday is not None:
        return stated.weekday == other.weekday or stated.weekday in {
            day.weekday() for day in _days(other, known)
        }
    if stated.near is not None:
        return stated.near == other.near
    if other.weekday is not None or other.near is not None:
        return any(
            (stated.year or day.year, stated.month or day.month, stated.day or day.day)
            == (day.year, day.month, day.day)
            for day in _days(other, known)
            if stated.day
        )
    if stated.day and stated.day != other.day:
        return False
    if stated.month and stated.month != other.month:
        return False
    years = {other.year} if other.year else _years(known)
    return stated.year is None or stated.year in years


def _years(known: tuple[int | None, int | None, int | None]) -> set[int | None]:
    """Years that a date without year may be of, in an article of this day."""
    year = known[0]
    return {year, year - 1, year + 1} if year else set()


def _days(moment: Moment, known: tuple[int | None, int | None, int | None]) -> list[date]:
    """The days that a date may stand for: a week day is the last one, or the next."""
    year, month, day = known
    if moment.year and moment.month and moment.day:
        return _valid(moment.year, moment.month, moment.day)
    if moment.month and moment.day and year:
        return _valid(year, moment.month, moment.day)
    if not (year and month and day) or not (base := _valid(year, month, day)):
        return []
    if moment.near is not None:
        return [base[0] + timedelta(moment.near)]
    if moment.weekday is None:
        return []
    back = (base[0].weekday() - moment.weekday) % 7
    return [base[0] - timedelta(back), base[0] + timedelta(7 - back), base[0] - timedelta(back + 7)]


def _valid(year: int, month: int, day: int) -> list[date]:
    try:
        return [date(year, month, day)]
    except ValueError:
        return []
