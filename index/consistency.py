"""What is wrong within a library's SQLite file: its pages, its tables, its rows among themselves.

Only looks. Knows nothing of what is derived from it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from index import manifest
from index.duplicates import PERMUTATIONS, Sketch, bands
from index.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.database import Database

# What makes it good again: anew from SQLite ("derive"), from the articles' texts ("cut"), sketches
# of the texts ("sketch"), the tables' own rules ("tables"), removing it ("sweep"), a new file with
# what can still be read ("salvage"), a backup ("restore"); or a person.
Remedy: TypeAlias = Literal[
    "derive", "cut", "sketch", "tables", "sweep", "salvage", "restore", "person"
]
LISTED: Final = 20  # rows of SQLite's own check


@dataclass(frozen=True, slots=True)
class Ill:
    """Something that is not as it should be."""

    what: str  # one line
    remedy: Remedy


# Of SQLite alone: a query that counts what is wrong, what that is, its remedy.
COUNTED: Final[tuple[tuple[str, str, Remedy], ...]] = (
    (
        "SELECT count(*) FROM passages WHERE article NOT IN (SELECT id FROM articles)",
        "passages belong to no article", "cut",
    ),
    (
        """SELECT count(*) FROM articles WHERE trim(text) <> ''
        AND id NOT IN (SELECT article FROM passages)""",
        "articles are not cut into passages", "cut",
    ),
    (
        """SELECT count(*) FROM passages JOIN articles ON articles.id = article
        WHERE start < 0 OR stop <= start OR stop > length(text)""",
        "passages lie outside of their article", "cut",
    ),
    (
        "SELECT count(*) FROM passages WHERE number IN (SELECT number FROM removed)",
        "passages are noted as removed", "derive",
    ),
    (
        """SELECT count(*) FROM passages WHERE sequence >
        coalesce((SELECT CAST(value AS INTEGER) FROM manifest WHERE name = 'sequence'), 0)""",
        "passages are newer than the last change noted", "cut",
    ),
    (
        "SELECT count(*) FROM articles WHERE id NOT IN (SELECT article FROM sketches)",
        "articles have no sketch to find copies by", "sketch",
    ),
    (
        "SELECT count(*) FROM sketches WHERE article NOT IN (SELECT id FROM articles)",
        "sketches belong to no article", "sketch",
    ),
    (
        "SELECT count(*) FROM bands WHERE number NOT IN (SELECT number FROM sketches)",
        "bands belong to no sketch", "sketch",
    ),
    (
        "SELECT count(*) FROM sketches WHERE number NOT IN (SELECT number FROM bands)",
        "sketches have no bands", "sketch",
    ),
    (
        """SELECT count(*) FROM copies AS a WHERE NOT EXISTS
        (SELECT 1 FROM copies AS b WHERE b.number = a.other AND b.other = a.number)""",
        "links between copies go one way", "sketch",
    ),
    (
        "SELECT count(*) FROM copies WHERE number NOT IN (SELECT number FROM sketches)",
        "links lead to no article", "sketch",
    ),
    (
        """SELECT count(*) FROM articles
        WHERE 4 <> (typeof(id) = 'text') + (typeof(title) = 'text') + (typeof(text) = 'text')
        + (typeof(language) = 'text')""",
        "articles hold bytes for words", "cut",
    ),
    (
        "SELECT count(*) FROM feedback WHERE NOT json_valid(row)",
        "of readers' feedback cannot be read", "tables",
    ),
    (
        "SELECT count(*) FROM feedback_articles WHERE number NOT IN (SELECT number FROM feedback)",
        "notes of what feedback quotes belong to none", "tables",
    ),
)  # fmt: skip


def within(database: Database) -> list[Ill]:
    """What SQLite finds; nothing more can be asked of a file in which it finds something."""
    rows = database.rows(f"PRAGMA integrity_check({LISTED})")
    ills = [
        Ill(f"library.sqlite: {said.splitlines()[-1]}", "salvage")
        for (said,) in rows
        if said != "ok"
    ]
    there = {name for (name,) in database.rows("SELECT name FROM sqlite_schema")}
    ills += [Ill(f"library.sqlite has no {table}", "tables") for table in sorted(TABLES - there)]
    lacks = [] if ills else database.lacking()
    return ills + [Ill(f"library.sqlite has no {column}", "salvage") for column in lacks]


def in_manifest(database: Database) -> list[Ill]:
    """What the manifest says that cannot be meant, and what it does not say."""
    rows = dict(database.rows("SELECT name, value FROM manifest"))
    ills = [
        Ill(f"the manifest's {name} cannot be read", "cut")
        for name, value in rows.items()
        if not manifest.is_readable(name, value)
    ]
    if "settings" not in rows and database.rows("SELECT 1 FROM articles LIMIT 1"):
        ills.append(Ill("the manifest does not say how the library was made", "cut"))
    return ills


def in_rows(database: Database) -> Iterator[Ill]:
    """Rows that contradict each other."""
    for query, what, remedy in COUNTED:
        (count,) = database.rows(query)[0]
        if count:
            yield Ill(f"{count} {what}", remedy)
    uncovered = sum(not _is_covered(database, article) for article in _cut(database))
    if uncovered:
        yield Ill(f"{uncovered} articles have words in none of their passages", "cut")
    if not _sketches_agree(database):
        yield Ill("the bands are not those of the sketches", "sketch")


def _cut(database: Database) -> list[tuple[str, list[tuple[int, int]]]]:
    """The articles that have passages, and where these begin and end."""
    sql = "SELECT article, start, stop FROM passages ORDER BY article, start"
    return [
        (article, [(start, stop) for _, start, stop in rows])
        for article, rows in groupby(database.rows(sql), key=itemgetter(0))
    ]


def _is_covered(database: Database, cut: tuple[str, list[tuple[int, int]]]) -> bool:
    """Whether only white space stands before, between and after the passages."""
    article, spans = cut
    rows = database.rows("SELECT text FROM articles WHERE id = ?", (article,))
    text = rows[0][0] if rows else ""
    covered = 0
    for start, stop in spans:
        if text[covered:start].strip():
            return False
        covered = max(covered, stop)
    return not text[covered:].strip()


def _sketches_agree(database: Database) -> bool:
    """Whether the bands are those of the sketches, and there are no others."""
    import numpy as np

    count = 0
    for number, size, hashes in database.rows("SELECT number, size, hashes FROM sketches"):
        if len(hashes) != PERMUTATIONS * 4:
            return False
        wanted = sorted(set(bands(Sketch(np.frombuffer(hashes, np.uint32), size))))
        among = "band IN (SELECT value FROM json_each(?))"
        sql = f"SELECT count(*) FROM bands WHERE number = ? AND {among}"  # noqa: S608 - constants
        if database.rows(sql, (number, json.dumps(wanted)))[0][0] != len(wanted):
            return False
        count += len(wanted)
    return database.rows("SELECT count(*) FROM bands") == [(count,)]
