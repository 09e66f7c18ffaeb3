"""Which pages were read when, so that unchanged ones are not sent again: a small file of its own.

It holds neither addresses nor words, only their digests: what is forgotten leaves nothing here.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

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
        path = folder / FILE
        try:
            self._open(path)
        except sqlite3.DatabaseError:
            self._database.close()
            path.unlink()
            self._open(path)

    def _open(self, path: Path) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.execute(_TABLE)

    def close(self) -> None:
        self._database.close()

    def last(self, address: str) -> Visit | None:
        found = self._database.execute(
            "SELECT text, etag, modified, seen FROM visits WHERE page = ?", (digest(address),)
        ).fetchone()
        return Visit(*found) if found else None

    def record(self, address: str, text: str, etag: str | None, modified: str | None) -> None:
        self._database.execute(
            "INSERT OR REPLACE INTO visits VALUES (?, ?, ?, ?, ?)",
            (digest(address), digest(text), etag, modified, time.time()),
        )


def digest(words: str) -> bytes:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).digest()
