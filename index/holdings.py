"""What a library holds: its articles listed, searched by title and source, and counted by date."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from index.filters import source_key
from index.words import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.database import Database

MOST_MONTHS: Final = 36  # of dates told month by month
MOST_YEARS: Final = 40  # told year by year; more are told by decades
_MONTH: Final = len("2024-10")
_DECADE: Final = 10


@dataclass(frozen=True, slots=True)
class Listed:
    """An article without its text."""

    id: str
    title: str
    language: str
    source: str | None
    url: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Dates:
    """How many articles are of each period, in order: "2024-10", "2024" or "2020s"."""

    periods: tuple[tuple[str, int], ...]
    undated: int


COLUMNS: Final = ", ".join(field.name for field in fields(Listed))


def articles_after(database: Database, article_id: str, limit: int) -> list[Listed]:
    """Articles that follow this id, by id."""
    sql = f"SELECT {COLUMNS} FROM articles WHERE id > ? ORDER BY id LIMIT ?"  # noqa: S608 - constant
    return [Listed(*row) for row in database.rows(sql, (article_id, limit))]


def articles_named(
    database: Database, words: str, start: int, limit: int
) -> tuple[list[Listed], int]:
    """Articles whose title, source or id has all these words, the newest first; how many in all.

    Capitals and accents do not matter; a part of a word will do.
    """
    order = "ORDER BY published IS NULL, published DESC, id"
    sql = f"SELECT {COLUMNS} FROM articles {order}"  # noqa: S608 - constants
    wanted = fold(words.lower()).split()
    if not wanted:
        rows = database.rows(f"{sql} LIMIT ? OFFSET ?", (limit, start))
        return [Listed(*row) for row in rows], database.count()[0]
    found = [row for row in map(_listed, database.rows(sql)) if _has(row, wanted)]
    return found[start : start + limit], len(found)


def sources(database: Database) -> dict[str, int]:
    """Articles of each source that is named, the most frequent first.

    One that is written in several ways is one, under the name that most articles give it.
    """
    sql = "SELECT source, count(*) FROM articles WHERE source IS NOT NULL GROUP BY 1"
    names: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for source, count in sorted(database.rows(sql), key=_most_first):
        counts[names.setdefault(source_key(source), source)] += count
    return dict(sorted(counts.items(), key=_most_first))


def dates(database: Database) -> Dates:
    """By month, by year or by decade, as many as can be shown side by side."""
    year = "[0-9][0-9][0-9][0-9]*"
    sql = "SELECT published, count(*) FROM articles WHERE published GLOB ? GROUP BY 1"
    counts = dict(database.rows(sql, (year,)))
    undated = database.count()[0] - sum(counts.values())
    return Dates(tuple(_periods(counts).items()), undated)


def last_indexed(database: Database) -> str | None:
    """When the newest article came in: UTC, "2024-10-24 09:30:00"."""
    [(at,)] = database.rows("SELECT max(indexed) FROM articles")
    return str(at) if at else None


def _most_first(counted: tuple[str, int]) -> tuple[int, str]:
    name, count = counted
    return -count, name


def _listed(row: Sequence[Any]) -> Listed:
    return Listed(*row)


def _has(listed: Listed, wanted: Sequence[str]) -> bool:
    text = fold(f"{listed.title} {listed.source or ''} {listed.id}".lower())
    return all(word in text for word in wanted)


def _periods(counts: dict[str, int]) -> dict[str, int]:
    """Each period from the first to the last, with its articles."""
    if not counts:
        return {}
    first, last = min(counts), max(counts)
    years = range(int(first[:4]), int(last[:4]) + 1)
    if all(len(date) >= _MONTH for date in counts):
        months = [f"{y:04}-{m:02}" for y in years for m in range(1, 13)]
        months = [month for month in months if first[:_MONTH] <= month <= last[:_MONTH]]
        if len(months) <= MOST_MONTHS:
            return _summed(months, [(date[:_MONTH], n) for date, n in counts.items()])
    if len(years) <= MOST_YEARS:
        return _summed([f"{y:04}" for y in years], [(d[:4], n) for d, n in counts.items()])
    decades = [f"{y:04}s" for y in range(years[0] // 10 * 10, years[-1] + 1, _DECADE)]
    return _summed(decades, [(f"{d[:3]}0s", n) for d, n in counts.items()])


def _summed(periods: Sequence[str], counted: Sequence[tuple[str, int]]) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for period, count in counted:
        sums[period] += count
    return {period: sums[period] for period in periods}
