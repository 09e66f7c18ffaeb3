"""Dates and periods as French and English write them; every other language gets English. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from rag.dates.periods import DAYS_PRECISION, ends


@dataclass(frozen=True, slots=True)
class Writing:
    """How one language writes dates; braces name what is filled in."""

    months: tuple[str, ...]
    first_day: str
    at: tuple[str, str]  # when something holds, with a day and without one
    since: tuple[str, str]
    until: tuple[str, str]
    between: tuple[str, str]  # {since} and {until}


WRITINGS: Final = {
    "fr": Writing(
        (
            "janvier", "février", "mars", "avril", "mai", "juin",
            "juillet", "août", "septembre", "octobre", "novembre", "décembre",
        ),
        "1er",
        ("au {date}", "en {date}"),
        ("depuis le {date}", "depuis {date}"),
        ("jusqu’au {date}", "jusqu’en {date}"),
        ("du {since} au {until}", "de {since} à {until}"),
    ),
    "en": Writing(
        (
            "January", "February", "March", "April", "May", "June",
            "July", "August", "September", "October", "November", "December",
        ),
        "1",
        ("as of {date}", "in {date}"),
        ("since {date}", "since {date}"),
        ("until {date}", "until {date}"),
        ("from {since} to {until}", "from {since} to {until}"),
    ),
}  # fmt: skip
_ELIDED = re.compile(r"\bde (?=[ao])")  # before April, August and October in French


def writing(language: str) -> Writing:
    """That of a language, or English."""
    return WRITINGS.get(language, WRITINGS["en"])


def written_date(value: str, language: str) -> str:
    """An ISO date in words, as precise as it is known; what is no such date stands as it is."""
    parts = value.split("-")
    if len(parts) == 1 or not all(part.isascii() and part.isdigit() for part in parts):
        return value
    chosen = writing(language)
    year, month, *days = (int(part) for part in parts)
    if not 1 <= month <= len(chosen.months) or len(days) > 1:
        return value
    day = [chosen.first_day if number == 1 else str(number) for number in days]
    return " ".join([*day, chosen.months[month - 1], str(year)])


def written_period(period: str, language: str) -> str:
    """A period in words: "octobre 2024", "depuis 2021", "du 14 octobre 2024 au 3 mai 2025"."""
    since, until = ends(period)
    chosen = writing(language)
    if since == until:
        return written_date(since, language)
    if not until:
        return _form(chosen.since, since).format(date=written_date(since, language))
    if not since:
        return _form(chosen.until, until).format(date=written_date(until, language))
    opens = _form(chosen.between, since).partition("{since}")[0]
    closes = _form(chosen.between, until).partition("{since}")[2]  # "du 3 mai 2024" and "à 2025"
    written = f"{opens}{{since}}{closes}".format(
        since=written_date(since, language), until=written_date(until, language)
    )
    return _ELIDED.sub("d’", written)


def written_at(period: str, language: str) -> str:
    """When an answer holds: "Au 31 octobre 2024", "En octobre 2024", "De 2019 à 2021"."""
    phrase = written_period(period, language)
    since, until = ends(period)
    if since == until:
        phrase = _form(writing(language).at, since).format(date=phrase)
    return phrase[:1].upper() + phrase[1:]


def _form(forms: tuple[str, str], value: str) -> str:
    """The form for a date with its day, or for a month or year."""
    return forms[value.count("-") + 1 < DAYS_PRECISION]
