"""Passages and their vectors as SQLite holds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from index.schema import COLUMNS
from index.types import Article, Passage

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from index.connection import Connection
    from index.types import Vectors

BATCH: Final = 500  # values in one IN (...)


@dataclass(frozen=True, slots=True)
class Row:
    """A passage as what is derived sees it."""

    number: int
    passage: Passage


def insert(
    sqlite: sqlite3.Connection, passages: Sequence[Passage], vectors: Vectors, sequence: int
) -> None:
    """Add passages with their vectors; within a transaction."""
    sqlite.executemany(
        "INSERT INTO passages (article, start, stop, vector, sequence) VALUES (?, ?, ?, ?, ?)",
        [
            (p.article.id, p.start, p.end, vector.tobytes(), sequence)
            for p, vector in zip(passages, vectors.astype("float16"), strict=True)
        ],
    )


def numbered(connection: Connection, numbers: Iterable[int]) -> dict[int, Passage]:
    """The passages of these numbers that are still there."""
    wanted = list(numbers)
    found: dict[int, Passage] = {}
    for at in range(0, len(wanted), BATCH):
        part = wanted[at : at + BATCH]
        marks = ",".join("?" * len(part))
        rows = read(connection, f"number IN ({marks})", part)
        found |= {row.number: row.passage for row in rows}
    return found


def since(connection: Connection, sequence: int) -> Iterator[Row]:
    """Passages added after this change, by number, a batch in memory at a time."""
    last = 0
    where = f"sequence > ? AND number > ? ORDER BY number LIMIT {BATCH}"
    while rows := read(connection, where, [sequence, last]):
        yield from rows
        last = rows[-1].number


def read(connection: Connection, where: str, values: Sequence[object]) -> list[Row]:
    """The passages that a condition in SQL lets through."""
    sql = (
        f"SELECT number, start, stop, {COLUMNS} FROM passages "  # noqa: S608 - constants
        f"JOIN articles ON articles.id = article WHERE {where}"
    )
    return [Row(n, Passage(Article(*a), s, e)) for n, s, e, *a in connection.rows(sql, values)]


def vectors(connection: Connection, dim: int) -> tuple[Vectors, NDArray[np.int64]]:
    """All vectors, shape (count, dim), and the numbers of their passages, shape (count,)."""
    import numpy as np

    rows = connection.rows("SELECT number, vector FROM passages ORDER BY number")
    data = np.frombuffer(b"".join(v for _, v in rows), dtype=np.float16)
    numbers = np.array([n for n, _ in rows], dtype=np.int64)
    return data.reshape(len(rows), dim).astype(np.float32), numbers
