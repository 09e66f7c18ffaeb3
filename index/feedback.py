"""What readers said of answers, in the library's SQLite: rows of JSON, and the articles they quote.

Knows nothing of what a row means; when an article goes, what quotes it goes too.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from index.database import Database
    from index.types import Article

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Given:
    """One row, in the order of arrival."""

    number: int
    at: str  # UTC, "2024-10-24 09:30:00"
    row: dict[str, Any]


def keep(database: Database, name: str, row: Mapping[str, Any], articles: Iterable[str]) -> None:
    """Keep a row, in the place of the one that was kept under this name.

    :param articles: ids of those whose words are in it
    """
    written = json.dumps(row, ensure_ascii=False)
    with database.transaction() as connection:
        sql = (
            "INSERT INTO feedback (name, row) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET row = excluded.row RETURNING number"
        )
        [(number,)] = connection.execute(sql, (name, written)).fetchall()
        rows = [(article, number) for article in articles]
        connection.executemany("INSERT OR IGNORE INTO feedback_articles VALUES (?, ?)", rows)


def withdraw(database: Database, name: str) -> None:
    """Remove the row of this name, if there is one."""
    with database.transaction() as connection:
        connection.execute("DELETE FROM feedback WHERE name = ?", (name,))


def all_given(database: Database) -> list[Given]:
    """Every row, the earliest first."""
    rows = database.rows("SELECT number, given, row FROM feedback ORDER BY number")
    return [Given(number, at, json.loads(row)) for number, at, row in rows]


def drop(connection: sqlite3.Connection, article_id: str) -> None:
    """Remove the rows that quote an article; within a transaction."""
    sql = "SELECT number FROM feedback_articles WHERE article = ?"
    connection.execute(f"DELETE FROM feedback WHERE number IN ({sql})", (article_id,))  # noqa: S608 - constants


def drop_words(database: Database, articles: Sequence[Article], run: int) -> None:
    """Remove the rows with this many words in a row of an article: a note may quote it."""
    runs = {words for a in articles for words in _runs(f"{a.title}\n{a.text}", run)}
    wanted = [
        (given.number,)
        for given in all_given(database)
        if any(words in runs for text in _texts(given.row) for words in _runs(text, run))
    ]
    with database.transaction() as connection:
        connection.executemany("DELETE FROM feedback WHERE number = ?", wanted)


def _texts(value: object) -> Iterator[str]:
    """Every text of a row."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def _runs(text: str, run: int) -> Iterator[tuple[str, ...]]:
    """Each so many words in a row; none of a shorter text."""
    words = _WORD.findall(text)
    return (tuple(words[at : at + run]) for at in range(len(words) - run + 1))
