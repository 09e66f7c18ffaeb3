"""What a library says of itself: how it was made, which change was last, what is derived from it.

Rows of its database, so that it changes in one transaction with what it describes (decision 1).
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, Final, TypeVar

from index.errors import LibraryError

if TYPE_CHECKING:
    from index.connection import Connection

Made = TypeVar("Made")
_TYPES: Final = {"str": str, "int": int}


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
        settings = made_of(Settings, value)
        if value is not None and settings is None:
            raise _damaged("settings")
        return settings

    def set_settings(self, settings: Settings) -> None:
        with self._connection.transaction():
            self.note("settings", asdict(settings))

    def noted(self, name: str) -> Any:  # noqa: ANN401 - JSON
        """What the manifest says under this name; None when nothing."""
        rows = self._connection.rows("SELECT value FROM manifest WHERE name = ?", (name,))
        try:
            return json.loads(rows[0][0]) if rows else None
        except (ValueError, TypeError):  # it is no JSON, or bytes
            raise _damaged(name) from None

    def note(self, name: str, value: object) -> None:
        """Write into the manifest; within a `transaction`."""
        self._connection.execute(
            "INSERT OR REPLACE INTO manifest VALUES (?, ?)", (name, json.dumps(value))
        )

    @property
    def sequence(self) -> int:
        """Number of the last change."""
        return self._number("sequence")

    @property
    def cut(self) -> int:
        """Number of the change that cut all articles anew; 0 when none did."""
        return self._number("cut")

    def _number(self, name: str) -> int:
        value = self.noted(name)
        if value is None:
            return 0
        if type(value) is not int:
            raise _damaged(name)
        return value

    def advance(self) -> int:
        """The number of a change that begins; within a `transaction`."""
        number = self.sequence + 1
        self.note("sequence", number)
        return number


def made_of(kind: type[Made], value: object) -> Made | None:
    """A dataclass of texts and whole numbers from its JSON; None when that says something else."""
    wanted = {field.name: _TYPES[str(field.type)] for field in fields(kind)}  # type: ignore[arg-type]  # of a dataclass
    if not isinstance(value, dict) or not value.keys() <= wanted.keys():
        return None
    if any(type(said) is not wanted[name] for name, said in value.items()):
        return None
    try:
        return kind(**value)
    except TypeError:  # one is not said
        return None


def is_readable(name: str, written: object) -> bool:
    """Whether this is what the manifest may say under this name."""
    try:
        value = json.loads(written) if isinstance(written, str) else None
    except ValueError:
        return False
    if name == "settings":
        return made_of(Settings, value) is not None
    if name in {"sequence", "cut"}:
        return type(value) is int
    return isinstance(written, str)


def _damaged(name: str) -> LibraryError:
    return LibraryError(f"the library's manifest is damaged ({name}); run: depeche doctor --repair")
