"""What can still be read of a library's damaged SQLite file, put in its place.

A damaged page hides what lies on it and no more: rows are asked for one by one, by every key that
is known anywhere. What follows from the articles is made anew.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from index import faults
from index.backup import keep_damaged, restore
from index.build import build_again
from index.database import DATABASE, open_database
from index.embed import EMBEDDED, open_encoder
from index.errors import LibraryBusyError, LibraryError, LibraryMismatchError
from index.store import create_library
from index.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from index.database import Database

PART: Final = "salvage.part"  # where the new library is made
# Where ids of articles stand: in their own table, and in those that name them.
NAMED: Final = ("id FROM articles", "article FROM passages", "article FROM sketches")
KEPT: Final = ("settings", "sequence")  # of the manifest; the rest says what was derived


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What became of a damaged file."""

    articles: int
    lost: tuple[str, ...]  # articles by id that something names and nothing holds any more
    damaged: Path  # where the damaged file is kept


def salvage(folder: Path) -> Salvaged:
    """Put what can be read in the place of a damaged file, all at once.

    Interrupted, the library is as it was.

    :raises LibraryBusyError: another process is writing
    :raises LibraryError: not one article can be read
    """
    part = folder / PART
    writer = Writer(folder)
    writer.hold()
    try:
        is_open = _empty_log(folder)
        damaged = keep_damaged(folder)
        faults.at("damaged file kept")
        shutil.rmtree(part, ignore_errors=True)
        known, found = _saved(damaged, part)
        faults.at("damaged file read")
    finally:
        writer.release()
    if not found and (known or not is_open):
        shutil.rmtree(part)
        raise LibraryError(
            f"not one article can be read in {folder / DATABASE}; restore a backup, depeche "
            "restore FILE, or index the articles into another folder with --library DIR"
        )
    restore(folder, part / DATABASE)
    shutil.rmtree(part)
    return Salvaged(len(found), tuple(sorted(known - found)), damaged)


def _empty_log(folder: Path) -> bool:
    """Bring what SQLite's log holds into the file; False when it cannot be opened."""
    try:
        with closing(open_database(folder)) as database:
            database.empty_log()
    except (LibraryBusyError, LibraryMismatchError):
        raise
    except LibraryError:
        return False
    return True


def _saved(damaged: Path, part: Path) -> tuple[set[str], set[str]]:
    """Make a library of what can be read; the articles that are known, those that it has."""
    library = create_library(part)
    try:
        library.hold()
        with closing(sqlite3.connect(damaged)) as old:
            old.row_factory = sqlite3.Row
            old.execute("PRAGMA writable_schema=ON")  # else a file that was cut short is not opened
            known = _articles(old)
            found = _copy(old, library.database, known)
        settings = library.database.manifest.settings
        library.database.sketch_all()
        build_again(library, open_encoder(settings.encoder if settings else EMBEDDED))
    finally:
        library.close()
    return known, found


def _articles(old: sqlite3.Connection) -> set[str]:
    """Ids of articles, wherever one can be read."""
    return {
        key
        for named in NAMED
        for order in ("", "DESC")  # from both ends, as far as the pages hold
        for (key,) in _rows(old, f"SELECT {named} ORDER BY 1 {order}")
        if isinstance(key, str)
    }


def _copy(old: sqlite3.Connection, new: Database, known: set[str]) -> set[str]:
    """Copy articles, what readers said of answers, how the library was made; which articles."""
    found = set()
    with new.transaction() as connection:
        for key in KEPT:
            _insert(
                connection, "manifest", _rows(old, "SELECT * FROM manifest WHERE name = ?", key)
            )
        for key in known:
            rows = _rows(old, "SELECT * FROM articles WHERE id = ?", key)
            if _insert(connection, "articles", rows):
                found.add(key)
        for table in ("feedback", "feedback_articles"):
            _insert(connection, table, _rows(old, f"SELECT * FROM {table}"))  # noqa: S608 - constants
    return found


def _rows(old: sqlite3.Connection, sql: str, *values: str) -> Iterator[Any]:
    """The rows up to the first that cannot be read."""
    with suppress(sqlite3.DatabaseError), closing(old.execute(sql, values)) as cursor:
        yield from cursor


def _insert(connection: sqlite3.Connection, table: str, rows: Iterator[Any]) -> int:
    """Rows as they were, but those that break a rule of the table; how many."""
    count = 0
    there = {name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")}
    for row in rows:
        names = [name for name in row.keys() if name in there]  # noqa: SIM118 - a Row has values
        marks = ",".join("?" * len(names))
        sql = f"INSERT OR IGNORE INTO {table} ({','.join(names)}) VALUES ({marks})"  # noqa: S608 - constants and marks
        with suppress(sqlite3.IntegrityError):  # what a feedback was about is gone
            count += connection.execute(sql, [row[name] for name in names]).rowcount
    return count
