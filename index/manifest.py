"""What a library says of itself: how it was made, which change was last, what is derived from it.

Rows of its database, so that it changes in one transaction with what it describes (decision 1).
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from index.errors import LibraryError

if TYPE_CHECKING:
    from index.connection import Connection


@dataclass(frozen=True, slots=True)
class Settings:
    """How the passages and vectors of a library were made; asking uses the same."""

    encoder: str  # `Embedder.name`, which `open_encoder` takes
    dim: int
    passage_tokens: int
    overlap_tokens: int


class Manifest:
    """Names and values, as JSON; threads may share it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def settings(self) -> Settings | None:
        """None while nothing was indexed."""
        value = self.noted("settings")
        return Settings(**value) if value else None

    def set_settings(self, settings: Settings) -> None:
        with self._connection.transaction():
            self.note("settings", asdict(settings))

    def noted(self, name: str) -> Any:  # noqa: ANN401 - JSON
        """What the manifest says under this name; None when nothing."""
        rows = self._connection.rows("SELECT value FROM manifest WHERE name = ?", (name,))
        try:
            return json.loads(rows[0][0]) if rows else None
        except ValueError:
            raise LibraryError(
                f"the library's manifest is damaged ({name}); run: depeche doctor --repair"
            ) from None

    def note(self, name: str, value: object) -> None:
        """Write into the manifest; within a `transaction`."""
        self._connection.execute(
            "INSERT OR REPLACE INTO manifest VALUES (?, ?)", (name, json.dumps(value))
        )

    @property
    def sequence(self) -> int:
        """Number of the last change."""
        return self.noted("sequence") or 0

    @property
    def cut(self) -> int:
        """Number of the change that cut all articles anew; 0 when none did."""
        return self.noted("cut") or 0

    def advance(self) -> int:
        """The number of a change that begins; within a `transaction`."""
        number = self.sequence + 1
        self.note("sequence", number)
        return number
