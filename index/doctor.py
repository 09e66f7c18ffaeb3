"""What is wrong with a library: SQLite within itself, and what is derived against SQLite.

Only looks; `repair` changes. Knows nothing of questions.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from index import derived, durable, models
from index.derived import Derived
from index.errors import DamagedModelError
from index.manifest import Settings
from index.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from index.database import Database

# What makes it good again: anew from SQLite ("derive"), from the articles' texts ("cut"), sketches
# of the texts ("sketch"), the tables' own rules ("tables"), removing it ("sweep"), a new file with
# what can still be read ("salvage"); or a person.
Remedy: TypeAlias = Literal["derive", "cut", "sketch", "tables", "sweep", "salvage", "person"]
UNIT: Final = 0.01  # by which a length may be off: float16 keeps three digits
LISTED: Final = 20  # rows of SQLite's own check


@dataclass(frozen=True, slots=True)
class Ill:
    """Something that is not as it should be."""

    what: str  # one line
    remedy: Remedy


# Of SQLite alone: a query that counts what is wrong, what that is, its remedy.
COUNTED: Final[tuple[tuple[str, str, Remedy], ...]] = (
    (
        "SELECT count(*) FROM passages WHERE article NOT IN (SELECT id FROM articles)",
        "passages belong to no article", "cut",
    ),
    (
        """SELECT count(*) FROM articles WHERE trim(text) <> ''
        AND id NOT IN (SELECT article FROM passages)""",
        "articles are not cut into passages", "cut",
    ),
    (
        """SELECT count(*) FROM passages JOIN articles ON articles.id = article
        WHERE start < 0 OR stop <= start OR stop > length(text)""",
        "passages lie outside of their article", "cut",
    ),
    (
        "SELECT count(*) FROM passages WHERE number IN (SELECT number FROM removed)",
        "passages are noted as removed", "derive",
    ),
    (
        """SELECT count(*) FROM passages WHERE sequence >
        coalesce((SELECT CAST(value AS INTEGER) FROM manifest WHERE name = 'sequence'), 0)""",
        "passages are newer than the last change noted", "cut",
    ),
    (
        "SELECT count(*) FROM articles WHERE id NOT IN (SELECT article FROM sketches)",
        "articles have no sketch to find copies by", "sketch",
    ),
    (
        "SELECT count(*) FROM sketches WHERE article NOT IN (SELECT id FROM articles)",
        "sketches belong to no article", "sketch",
    ),
    (
        "SELECT count(*) FROM bands WHERE number NOT IN (SELECT number FROM sketches)",
        "bands belong to no sketch", "sketch",
    ),
    (
        "SELECT count(*) FROM sketches WHERE number NOT IN (SELECT number FROM bands)",
        "sketches have no bands", "sketch",
    ),
    (
        """SELECT count(*) FROM copies AS a WHERE NOT EXISTS
        (SELECT 1 FROM copies AS b WHERE b.number = a.other AND b.other = a.number)""",
        "links between copies go one way", "sketch",
    ),
    (
        "SELECT count(*) FROM copies WHERE number NOT IN (SELECT number FROM sketches)",
        "links lead to no article", "sketch",
    ),
)  # fmt: skip


def examine(folder: Path, database: Database, shipped: Sequence[Path]) -> list[Ill]:
    """All that is wrong, empty when nothing is.

    :param shipped: folders of the models that asking needs
    """
    within = list(_sqlite(database))
    if within:
        return [*within, *_models(shipped)]  # nothing more can be asked of it
    settings, manifest = _settings(database)
    rest = [*manifest, *_rows(database), *_models(shipped)]
    if manifest:
        return rest
    used = _used(database)
    if settings is not None:
        rest += [*_vectors(database, settings), *_derived(folder, database, used, settings)]
    return [*rest, *_strays(folder, used)]


def _sqlite(database: Database) -> Iterator[Ill]:
    rows = database.rows(f"PRAGMA integrity_check({LISTED})")
    for (said,) in rows:
        if said != "ok":
            yield Ill(f"library.sqlite: {said.splitlines()[-1]}", "salvage")
    there = {name for (name,) in database.rows("SELECT name FROM sqlite_schema")}
    for table in sorted(TABLES - there):
        yield Ill(f"library.sqlite has no {table}", "tables")


def _settings(database: Database) -> tuple[Settings | None, list[Ill]]:
    """What the manifest says, as far as it can be read."""
    ills = []
    values = {}
    for name, value in database.rows("SELECT name, value FROM manifest"):
        try:
            values[name] = json.loads(value)
        except ValueError:
            ills.append(Ill(f"the manifest's {name} cannot be read", "cut"))
    known = values.get("settings")
    if isinstance(known, dict) and known.keys() == {field.name for field in fields(Settings)}:
        return Settings(**known), ills
    if not ills and database.rows("SELECT 1 FROM articles LIMIT 1"):
        ills.append(Ill("the manifest does not say how the library was made", "cut"))
    return None, ills


def _rows(database: Database) -> Iterator[Ill]:
    for query, what, remedy in COUNTED:
        (count,) = database.rows(query)[0]
        if count:
            yield Ill(f"{count} {what}", remedy)


def _vectors(database: Database, settings: Settings) -> Iterator[Ill]:
    """Each vector has the length, in numbers and in space, that the encoder gives."""
    import numpy as np

    size = 2 * settings.dim
    sizes = database.rows("SELECT count(*) FROM passages WHERE length(vector) <> ?", (size,))
    if sizes[0][0]:
        yield Ill(f"{sizes[0][0]} vectors have another dimension than {settings.dim}", "cut")
        return
    lengths = np.linalg.norm(database.vectors(settings.dim)[0], axis=1)
    off = ~((np.abs(lengths - 1) < UNIT) | (lengths == 0))
    if off.any():
        yield Ill(f"{int(off.sum())} vectors are not of unit length", "cut")


def _derived(
    folder: Path, database: Database, newest: Derived | None, settings: Settings
) -> Iterator[Ill]:
    """The generation in use is whole, and has the passages that SQLite has."""
    if newest is None:
        yield Ill("the manifest names no words and vectors to search in", "derive")
        return
    if newest.sequence != database.manifest.sequence:
        yield Ill(f"what is searched is of change {newest.sequence}, not the last", "derive")
    ills = list(_files(folder, newest))
    yield from ills
    if not ills:
        yield from _agreement(folder, database, newest, settings)


def _files(folder: Path, newest: Derived) -> Iterator[Ill]:
    for name, digest, of in (
        (newest.lexical, newest.lexical_sha256, durable.folder_digest),
        (newest.vectors, newest.vectors_sha256, durable.file_digest),
    ):
        try:
            if of(folder / name) != digest:
                yield Ill(f"{name} is not what was written", "derive")
        except OSError as error:
            yield Ill(f"{name} cannot be read ({error.strerror})", "derive")


def _agreement(
    folder: Path, database: Database, newest: Derived, settings: Settings
) -> Iterator[Ill]:
    """Whole files may still be those of another library."""
    from index.vectors import numbers_of

    numbers = [n for (n,) in database.rows("SELECT number FROM passages ORDER BY number")]
    live = derived.load(folder, newest, database)
    if live.words.numbers() != numbers:
        yield Ill(f"{newest.lexical} has other passages than library.sqlite", "derive")
    if numbers_of(live.vectors) != numbers:
        yield Ill(f"{newest.vectors} has other passages than library.sqlite", "derive")
    if live.vectors.d != settings.dim:
        yield Ill(f"{newest.vectors} has another dimension than {settings.dim}", "derive")


def _models(shipped: Sequence[Path]) -> Iterator[Ill]:
    for folder in shipped:
        try:
            models.verify(folder)
        except DamagedModelError as error:
            yield Ill(str(error), "person")


def _strays(folder: Path, used: Derived | None) -> Iterator[Ill]:
    """Files that an interrupted writer left; the generation before the newest may stay."""
    for path in sorted({*derived.left_over(folder, used), *folder.glob("*.part")}):
        yield Ill(f"{path.name} was left behind by a writer that was stopped", "sweep")


def _used(database: Database) -> Derived | None:
    """The generation that the manifest names, None when it names none that can be read."""
    value = database.manifest.noted("derived")
    names = {field.name for field in fields(Derived)}
    return Derived(**value) if isinstance(value, dict) and value.keys() == names else None
