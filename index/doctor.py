"""What is wrong with a library: SQLite within itself, and what is derived against SQLite.

Only looks; `repair` changes. Knows nothing of questions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from index import consistency, derived, durable, models
from index.consistency import Ill
from index.errors import DamagedModelError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from index.database import Database
    from index.derived import Derived
    from index.manifest import Settings

UNIT: Final = 0.01  # by which a length may be off: float16 keeps three digits
ALIKE: Final = 0.98  # inner product of a vector in SQLite and in FAISS, which may keep 8 bits


def examine(folder: Path, database: Database, shipped: Sequence[Path]) -> list[Ill]:
    """All that is wrong, empty when nothing is.

    :param shipped: folders of the models that asking needs
    """
    within = consistency.within(database)
    if within:
        return [*within, *_models(shipped)]  # nothing more can be asked of it
    manifest = consistency.in_manifest(database)
    rest = [*manifest, *consistency.in_rows(database), *_models(shipped)]
    if manifest:
        return rest
    used = derived.newest(database)
    settings = database.manifest.settings
    if settings is not None:
        made = [*_vectors(database, settings), *_derived(folder, database, used, settings)]
        if not made and used is not None:
            made += _stored(folder, database, used, settings)
        rest += made
    elif derived.left_over(folder, None, kept=1):
        rest.append(Ill("library.sqlite is empty beside words and vectors of articles", "restore"))
    return [*rest, *_strays(folder, used)]


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


def _stored(folder: Path, database: Database, newest: Derived, settings: Settings) -> Iterator[Ill]:
    """What is searched and what is stored are the same vectors."""
    import numpy as np

    from index.vectors import rows_of

    stored, numbers = database.vectors(settings.dim)
    searched = rows_of(derived.load(folder, newest, database).vectors, numbers.tolist())
    alike = np.einsum("ij,ij->i", stored, searched)
    other = int(((alike < ALIKE) & stored.any(axis=1)).sum())
    if other:
        yield Ill(f"{other} vectors are not those that were stored", "cut")


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
