"""One SQLite file: durable transactions, and what SQLite says as an error with its remedy."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from index import faults
from index.errors import LibraryBusyError, LibraryError
from index.schema import lacking, prepare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


class Connection:
    """Threads may share it; one statement or transaction at a time."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        self._path = path
        with self._told():
            self._sqlite = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            try:
                prepare(self._sqlite)
            except BaseException:
                self._sqlite.close()
                raise

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What SQLite says, as an error with its remedy."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            if "locked" in str(error):
                raise LibraryBusyError(
                    f"{self._path} is being written to; try again when that is done"
                ) from error
            raise LibraryError(
                f"{self._path} cannot be used ({error}); see to its disk, restore it from a "
                "backup, or index the articles into another folder with --library DIR"
            ) from error

    def close(self) -> None:
        with self._lock:
            self._sqlite.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of the block is durable when it ends, or none of it."""
        with self._lock, self._told():
            self._sqlite.execute("BEGIN IMMEDIATE")
            try:
                faults.at("transaction begun")
                yield self._sqlite
                faults.at("transaction written")
            except BaseException:
                self._sqlite.execute("ROLLBACK")
                raise
            self._sqlite.execute("COMMIT")
            faults.at("transaction committed")

    def execute(self, sql: str, values: Sequence[object] = ()) -> None:
        """Run one statement; within a `transaction`."""
        self._sqlite.execute(sql, values)

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        """All rows of a query."""
        with self._lock, self._told():
            return self._sqlite.execute(sql, values).fetchall()

    def lacking(self) -> list[str]:
        """Columns that a library's tables have and these have not."""
        with self._lock, self._told():
            return lacking(self._sqlite)

    def copy_to(self, copy: sqlite3.Connection) -> None:
        """Copy all of it, as of one moment; who writes meanwhile is not held up."""
        with self._lock, self._told():
            self._sqlite.backup(copy)

    def copy_from(self, copy: sqlite3.Connection) -> None:
        """Become what the other file holds, all at once."""
        with self._lock, self._told():
            copy.backup(self._sqlite)
            faults.at("backup put back")

    def empty_log(self) -> bool:
        """Write what the log holds into the file, and empty it; False while a reader needs it."""
        return not self.rows("PRAGMA wal_checkpoint(TRUNCATE)")[0][0]

    def rewrite(self) -> None:
        """Write the whole file anew, without what was removed, and empty the log."""
        with self._lock, self._told():
            self._sqlite.execute("VACUUM")
        self.empty_log()
