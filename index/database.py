"""The library's truth: articles, passages and vectors in one SQLite file.

An article is acknowledged when its transaction is durable (WAL, synchronous=FULL). Every change
carries the next number of one sequence, so that what was derived knows how far it lags behind.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from index import faults, feedback, origins, passages
from index.connection import Connection
from index.duplicates import sketch
from index.errors import UnknownArticleError, no_library
from index.filters import condition
from index.manifest import Manifest
from index.passages import BATCH
from index.schema import COLUMNS
from index.types import Article, Passage

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from index.manifest import Settings
    from index.passages import Row
    from index.types import Filters, Vectors

DATABASE: Final = "library.sqlite"


class Database:
    """One SQLite file; threads may share it."""

    def __init__(self, path: Path) -> None:
        self._connection = Connection(path)
        self.manifest = Manifest(self._connection)

    def close(self) -> None:
        self._connection.close()

    def transaction(self) -> AbstractContextManager[sqlite3.Connection]:
        """All of the block is durable when it ends, or none of it."""
        return self._connection.transaction()

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        """All rows of a query; beyond this file, for who looks after the library."""
        return self._connection.rows(sql, values)

    def lacking(self) -> list[str]:
        """Columns that its tables should have."""
        return self._connection.lacking()

    def copy_to(self, copy: sqlite3.Connection) -> None:
        """Copy all of it, as of one moment; who writes meanwhile is not held up."""
        self._connection.copy_to(copy)

    def copy_from(self, copy: sqlite3.Connection) -> None:
        """Become what the other file holds, all at once."""
        self._connection.copy_from(copy)

    def empty_log(self) -> bool:
        """Leave nothing in SQLite's log of what was removed; False while a reader needs it."""
        return self._connection.empty_log()

    def rewrite(self) -> None:
        """Write the whole file anew, without what was removed, and empty the log."""
        self._connection.rewrite()

    # Articles

    def put(
        self, article: Article, cut: Sequence[Passage], vectors: Vectors, root: str, path: str
    ) -> None:
        """Add or replace an article with its passages; durable when this returns."""
        values = (*asdict(article).values(), root, path)
        made = sketch(article)
        with self.transaction() as connection:
            sequence = self.manifest.advance()
            self._drop(connection, article.id, sequence)
            faults.at("article dropped")
            connection.execute(
                "INSERT INTO articles (id, title, text, language, source, url, published, root, "
                "path) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                values,
            )
            faults.at("article inserted")
            passages.insert(connection, cut, vectors, sequence)
            faults.at("passages inserted")
            origins.add(connection, article, made, self.article)

    def replace_passages(
        self, settings: Settings, cut: Iterable[tuple[Sequence[Passage], Vectors]]
    ) -> int:
        """Put these passages, made with these settings, in the place of all; how many articles."""
        with self.transaction() as connection:
            sequence = self.manifest.advance()
            connection.execute("INSERT INTO removed SELECT number, ? FROM passages", (sequence,))
            connection.execute("DELETE FROM passages")
            faults.at("passages of all removed")
            count = 0
            for some, vectors in cut:
                passages.insert(connection, some, vectors, sequence)
                count += 1
                faults.at("passages cut anew")
            self.manifest.note("settings", asdict(settings))
            self.manifest.note("cut", sequence)
        return count

    def remove(self, article_id: str) -> None:
        """Remove an article; durable when this returns.

        :raises UnknownArticleError: there is none of this id
        """
        with self.transaction() as connection:
            if not self._drop(connection, article_id, self.manifest.advance()):
                raise _unknown(article_id)
            feedback.drop(connection, article_id)
            faults.at("article removed")

    def _drop(self, connection: sqlite3.Connection, article_id: str, sequence: int) -> bool:
        connection.execute(
            "INSERT INTO removed SELECT number, ? FROM passages WHERE article = ?",
            (sequence, article_id),
        )
        origins.drop(connection, article_id)
        done = connection.execute("DELETE FROM articles WHERE id = ?", (article_id,))
        return done.rowcount > 0

    def article(self, article_id: str) -> Article:
        """Raise `UnknownArticleError` when there is none."""
        rows = self.rows(f"SELECT {COLUMNS} FROM articles WHERE id = ?", (article_id,))  # noqa: S608 - constant
        if not rows:
            raise _unknown(article_id)
        return Article(*rows[0])

    def articles(self) -> Iterator[Article]:
        """Every article, by id; the text of one at a time is in memory."""
        for (article_id,) in self.rows("SELECT id FROM articles ORDER BY id"):
            yield self.article(article_id)

    def copies(self, article_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """The other articles of each one's origin, by id; one without copies is left out."""
        wanted = list(article_ids)
        parts = (wanted[at : at + BATCH] for at in range(0, len(wanted), BATCH))
        return {k: v for part in parts for k, v in origins.copies(self.rows, part).items()}

    def sketch_again(self) -> None:
        """Make all sketches, and the links between copies, from the articles."""
        with self.transaction() as connection:
            for table in ("sketches", "bands", "copies"):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608 - constants
        self.sketch_all()

    def sketch_all(self) -> None:
        """Sketch the articles that have none: those of a library of format 1."""
        sql = "SELECT id FROM articles WHERE id NOT IN (SELECT article FROM sketches) ORDER BY id"
        for (article_id,) in self.rows(sql):
            article = self.article(article_id)
            with self.transaction() as connection:
                origins.add(connection, article, sketch(article), self.article)

    def places(self) -> list[tuple[str, str, str]]:
        """(article id, root indexed, path of the file) of every article."""
        return self.rows("SELECT id, root, path FROM articles ORDER BY id")

    def languages(self) -> dict[str, int]:
        """Articles in each language, the most frequent first."""
        sql = "SELECT language, count(*) FROM articles GROUP BY 1 ORDER BY 2 DESC, 1"
        return dict(self.rows(sql))

    def sources(self) -> list[str]:
        """Those that articles name."""
        sql = "SELECT DISTINCT source FROM articles WHERE source IS NOT NULL ORDER BY 1"
        return [source for (source,) in self.rows(sql)]

    def count(self) -> tuple[int, int]:
        """Articles, passages."""
        sql = "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM passages)"
        articles, passages = self.rows(sql)[0]
        return articles, passages

    # Passages

    def passages(self, numbers: Iterable[int]) -> dict[int, Passage]:
        """The passages of these numbers that are still there."""
        return passages.numbered(self._connection, numbers)

    def passages_of(self, article_id: str) -> list[Passage]:
        """The passages of an article, in order."""
        rows = passages.read(self._connection, "article = ? ORDER BY start", [article_id])
        return [row.passage for row in rows]

    def passages_since(self, sequence: int) -> Iterator[Row]:
        """Passages added after this change, by number, a batch in memory at a time."""
        return passages.since(self._connection, sequence)

    def removed_since(self, sequence: int) -> list[int]:
        """Numbers of the passages that went after this change."""
        sql = "SELECT number FROM removed WHERE sequence > ?"
        return [number for (number,) in self.rows(sql, (sequence,))]

    def allowed(self, filters: Filters) -> NDArray[np.int64]:
        """Numbers of the passages whose articles the filters let through, ascending.

        :raises InputError: a date or a language of the filters cannot be understood
        """
        import numpy as np

        where, values = condition(filters, self.sources())
        # Joined to the articles, it takes seven times as long at 100k passages.
        within = f"article IN (SELECT id FROM articles WHERE {where})"  # noqa: S608 - constants
        rows = self.rows(f"SELECT number FROM passages WHERE {within}", values)  # noqa: S608 - constants
        return np.sort(np.array([n for (n,) in rows], dtype=np.int64))

    def articles_within(self, filters: Filters, articles: Sequence[str]) -> set[str]:
        """Which of these articles, by id, the filters let through."""
        where, values = condition(filters, self.sources())
        sql = f"SELECT id FROM articles WHERE {where} AND id IN (SELECT value FROM json_each(?))"  # noqa: S608 - constants
        return {key for (key,) in self.rows(sql, [*values, json.dumps(list(articles))])}

    def forget_removed(self, sequence: int) -> None:
        """Nothing derived needs removals up to this change any more; within a `transaction`."""
        self._connection.execute("DELETE FROM removed WHERE sequence <= ?", (sequence,))

    def vectors(self, dim: int) -> tuple[Vectors, NDArray[np.int64]]:
        """All vectors, shape (count, dim), and the numbers of their passages, shape (count,)."""
        return passages.vectors(self._connection, dim)


def open_database(folder: Path) -> Database:
    """The truth of a library that exists, without what is derived from it.

    :raises NoLibraryError: there is none
    """
    if not (folder / DATABASE).is_file():
        raise no_library(folder)
    return Database(folder / DATABASE)


def _unknown(article_id: str) -> UnknownArticleError:
    return UnknownArticleError(
        f"no article has the id {article_id!r}; `depeche status --articles` lists them"
    )
