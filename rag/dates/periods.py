"""Periods in ISO 8601 with the precision given: what they cover, whether they meet.

A period is a date ("2024", "2024-10", "2024-10-24") or an interval of two, either of which may be
open ("2019/2021", "2021/..", "../2015"); both ends are included. Knows nothing of words.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

OPEN: Final = ".."
DAYS_PRECISION: Final = 3  # parts of a date


def first_day(value: str) -> date:
    """:param value: a date of any precision"""
    year, month, day = (*map(int, value.split("-")), 1, 1)[:3]
    return date(year, month, day)


def last_day(value: str) -> date:
    """:param value: a date of any precision"""
    year, *rest = map(int, value.split("-"))
    if len(rest) + 1 == DAYS_PRECISION:
        return date(year, *rest)
    month = rest[0] if rest else 12
    return date(year, month, monthrange(year, month)[1])


def bounds(period: str) -> tuple[date, date]:
    """The first and the last day that a period covers."""
    since, until = ends(period)
    return (
        first_day(since) if since else date.min,
        last_day(until) if until else date.max,
    )


def ends(period: str) -> tuple[str, str]:
    """Both dates of a period, "" for an open one: "2021/.." -> ("2021", "")."""
    since, _, until = period.partition("/")
    return since.replace(OPEN, ""), (until or since).replace(OPEN, "")


def interval(since: str, until: str) -> str:
    """The period from one date to another, "" for an open end."""
    return since if since == until else f"{since or OPEN}/{until or OPEN}"


def spanning(first: str, second: str) -> str:
    """From the beginning of a period to the end of another."""
    return interval(ends(first)[0], ends(second)[1])


def meet(one: str, other: str) -> bool:
    """Whether a day lies in both."""
    (since, until), (first, last) = bounds(one), bounds(other)
    return since <= last and first <= until


def shifted(today: date, count: int, unit: str) -> str:
    """The day, week, month or year that lies `count` of them after today's; a week from Monday."""
    if unit == "day":
        return (today + timedelta(days=count)).isoformat()
    if unit == "week":
        monday = today + timedelta(days=7 * count - today.weekday())
        return interval(monday.isoformat(), (monday + timedelta(days=6)).isoformat())
    if unit == "month":
        years, month = divmod(today.month - 1 + count, 12)
        return f"{today.year + years:04d}-{month + 1:02d}"
    return f"{today.year + count:04d}"
