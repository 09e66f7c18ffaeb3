"""Who may ask and who may change: tokens, of which only the sha256 is kept, beside the library.

A token is 256 random bits, so that a plain hash of it cannot be searched through.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from index.errors import InputError, LibraryError
from index.store import open_library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Right: TypeAlias = Literal["reader", "editor"]

FILE: Final = "access.sqlite"
PREFIX: Final = "depeche_"  # so that a token is known for one wherever it turns up
LONGEST_NAME: Final = 100  # characters
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS tokens (
    name TEXT PRIMARY KEY, right TEXT NOT NULL, sha256 TEXT NOT NULL UNIQUE,
    made TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a token: not its words."""

    name: str
    right: Right
    made: str  # UTC, "2024-10-24 09:30:00"


class Tokens:
    """Those of one library. Read anew for every request: what is revoked is so at once."""

    def __init__(self, library: Path) -> None:
        self._path = library / FILE

    def add(self, name: str, right: Right) -> str:
        """Make a token; its words, which cannot be shown again.

        :raises InputError: the name is taken, or none
        """
        if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
            raise InputError(f"a token's name has 1 to {LONGEST_NAME} visible characters")
        words = PREFIX + secrets.token_urlsafe(32)
        os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))
        with self._open() as connection:
            connection.executescript(_SCHEMA)
            try:
                connection.execute(
                    "INSERT INTO tokens (name, right, sha256) VALUES (?, ?, ?)",
                    (name, right, _hashed(words)),
                )
            except sqlite3.IntegrityError:
                raise InputError(
                    f"there is a token named {name!r}; revoke it first, or choose another name"
                ) from None
        return words

    def all(self) -> list[Token]:
        """By name."""
        return self._rows("SELECT name, right, made FROM tokens ORDER BY name")

    def find(self, words: str) -> Token | None:
        """The token of these words."""
        sql = "SELECT name, right, made FROM tokens WHERE sha256 = ?"
        return next(iter(self._rows(sql, _hashed(words))), None)

    def revoke(self, name: str) -> None:
        """Make a token worthless.

        :raises InputError: there is none of this name
        """
        if name not in {token.name for token in self.all()}:
            raise InputError(f"no token is named {name!r}; `depeche token list` shows them")
        with self._open() as connection:
            connection.execute("DELETE FROM tokens WHERE name = ?", (name,))

    def _rows(self, sql: str, *values: str) -> list[Token]:
        if not self._path.exists():
            return []
        with self._open() as connection:
            return [Token(*row) for row in connection.execute(sql, values)]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._path, isolation_level=None)) as connection:
                yield connection
        except sqlite3.DatabaseError as error:
            raise LibraryError(
                f"{self._path} cannot be used ({error}); delete it and make the tokens anew"
            ) from error


def open_tokens(folder: Path) -> Tokens:
    """Those of the library in this folder.

    :raises NoLibraryError: there is none
    """
    open_library(folder).close()
    return Tokens(folder)


def _hashed(words: str) -> str:
    return hashlib.sha256(words.encode(errors="replace")).hexdigest()
