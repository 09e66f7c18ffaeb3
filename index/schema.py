"""The tables of a library's SQLite file."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import fields
from typing import Final

from index.errors import LibraryMismatchError
from index.types import Article

FORMAT: Final = 3  # 2 has sketches, to find copies; 3 what readers say of answers
SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS manifest (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS articles (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, text TEXT NOT NULL, language TEXT NOT NULL,
    source TEXT, url TEXT, published TEXT,
    root TEXT NOT NULL, path TEXT NOT NULL, indexed TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS passages (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    start INTEGER NOT NULL, stop INTEGER NOT NULL, vector BLOB NOT NULL, sequence INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS passages_article ON passages (article);
CREATE INDEX IF NOT EXISTS passages_sequence ON passages (sequence);
CREATE TABLE IF NOT EXISTS removed (number INTEGER PRIMARY KEY, sequence INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS sketches (
    number INTEGER PRIMARY KEY AUTOINCREMENT, article TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL, hashes BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS bands (
    band INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (band, number)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS copies (
    number INTEGER NOT NULL, other INTEGER NOT NULL, PRIMARY KEY (number, other)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS feedback (
    number INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE,
    given TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP, row TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS feedback_articles (
    article TEXT NOT NULL, number INTEGER NOT NULL REFERENCES feedback (number) ON DELETE CASCADE,
    PRIMARY KEY (article, number)
) WITHOUT ROWID;
"""
TABLES: Final = frozenset(re.findall(r"IF NOT EXISTS (\w+)", SCHEMA))  # and indexes
FIRST: Final = frozenset({"manifest", "articles", "passages", "removed"})  # of format 1
# Rows of a table and one of its columns.
OUTLINE: Final = """SELECT tables.name, columns.name FROM sqlite_schema AS tables
JOIN pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'"""
COLUMNS: Final = ", ".join(f"articles.{field.name}" for field in fields(Article))


def prepare(sqlite: sqlite3.Connection) -> None:
    """Set a connection up, and make the tables of a new file.

    :raises LibraryMismatchError: the file is of a format that this version does not read
    """
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        sqlite.execute(f"PRAGMA {pragma}")
    sqlite.execute("PRAGMA secure_delete=ON")
    sqlite.execute("PRAGMA busy_timeout=5000")
    found = format_of(sqlite)
    if found < FORMAT:
        # Every format so far only adds tables; articles of format 1 get their sketches when the
        # library is next written to.
        sqlite.executescript(f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {FORMAT}; COMMIT;")


def format_of(sqlite: sqlite3.Connection) -> int:
    """The number of a file's format; 0 for a new file, and for one of another program.

    :raises LibraryMismatchError: this version does not read it
    """
    found: int = sqlite.execute("PRAGMA user_version").fetchone()[0]
    if found > FORMAT:
        raise LibraryMismatchError(
            f"it is a library of format {found}, and this version reads up to {FORMAT}; use the "
            "version that made it, or another folder with --library DIR"
        )
    return found


def lacking(sqlite: sqlite3.Connection) -> list[str]:
    """Columns that a library's tables have, and these, as far as they are there, have not."""
    there = set(sqlite.execute(OUTLINE).fetchall())
    with closing(sqlite3.connect(":memory:")) as model:
        model.executescript(SCHEMA)
        wanted = set(model.execute(OUTLINE).fetchall())
    tables = {table for table, _ in there} | FIRST
    return sorted(f"{table}.{name}" for table, name in wanted - there if table in tables)
