"""Which pages were read when, so that unchanged ones are not sent again: a small file of its own.

It holds neither addresses nor words, only their digests: what is forgotten leaves nothing here.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

FILE: Final = "visits.sqlite"
_TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS visits (page BLOB PRIMARY KEY, text BLOB NOT NULL, etag TEXT,"
    " modified TEXT, seen REAL NOT NULL) WITHOUT ROWID"
)


@dataclass(frozen=True, slots=True)
class Visit:
    """What a page was when it was read."""

    text: bytes  # the digest of its article
    etag: str | None
    modified: str | None
    seen: float  # seconds since 1970


class Visits:
    """The visits to the pages of one library. A damaged file is begun anew: it only saves time."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        try:
            self._open()
        except sqlite3.DatabaseError:
            self._begin_anew()

    def _open(self) -> None:
        self._database = sqlite3.connect(self._path, isolation_level=None)
        self._database.execute(_TABLE)

    def _begin_anew(self) -> None:
        self._database.close()
        self._path.unlink()
        self._open()

    def close(self) -> None:
        self._database.close()

    def last(self, address: str) -> Visit | None:
        sql = "SELECT text, etag, modified, seen FROM visits WHERE page = ?"
        rows = self._rows(sql, digest(address))
        return Visit(*rows[0]) if rows else None

    def record(self, address: str, text: str, etag: str | None, modified: str | None) -> None:
        sql = "INSERT OR REPLACE INTO visits VALUES (?, ?, ?, ?, ?)"
        self._rows(sql, digest(address), digest(text), etag, modified, time.time())

    def _rows(self, sql: str, *values: object) -> list[Any]:
        """What the file says; nothing where it is damaged, or the disk does not take it."""
        try:
            return self._database.execute(sql, values).fetchall()
        except sqlite3.OperationalError:
            return []
        except sqlite3.DatabaseError:
            self._begin_anew()
            return []


def digest(words: str) -> bytes:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).digest()
