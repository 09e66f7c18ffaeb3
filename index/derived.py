"""What follows from SQLite: a generation of words (tantivy) and vectors (FAISS), and its sha256.

A generation is made beside the one in use, then named in the manifest. It is checked before it is
opened: of damaged FAISS files, 31 % load and silently give wrong answers.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from index import durable, faults, lexical, vectors
from index.errors import LibraryError
from index.lexical import Indexed, LexicalIndex
from index.manifest import made_of
from index.words import ANALYSIS

if TYPE_CHECKING:
    from pathlib import Path

    import faiss

    from index.database import Database
    from index.passages import Row

KEPT: Final = 2  # generations on disk: the one in use, and the one before


@dataclass(frozen=True, slots=True)
class Derived:
    """A generation in the manifest: the change it was made at, its files and their sha256."""

    sequence: int
    lexical: str
    lexical_sha256: str
    vectors: str
    vectors_sha256: str
    analysis: int = 0  # `words.ANALYSIS` that the words were made by


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation open for searching; never changed."""

    derived: Derived
    words: LexicalIndex
    vectors: faiss.Index
    languages: tuple[str, ...]  # of the library's articles, the most frequent first


def newest(database: Database) -> Derived | None:
    """The generation that the manifest names; None when it names none that can be meant."""
    return made_of(Derived, database.manifest.noted("derived"))


def is_sound(folder: Path, derived: Derived | None) -> bool:
    """Whether there is one, and its files are the ones that were written."""
    if derived is None:
        return False
    try:
        return (
            durable.folder_digest(folder / derived.lexical) == derived.lexical_sha256
            and durable.file_digest(folder / derived.vectors) == derived.vectors_sha256
        )
    except OSError:
        return False


def is_current(derived: Derived | None, database: Database) -> bool:
    """Whether there is one, and it follows the last change and today's analysis of words."""
    return (
        derived is not None
        and derived.sequence == database.manifest.sequence
        and derived.analysis == ANALYSIS
    )


def load(folder: Path, derived: Derived, database: Database) -> Generation:
    """Open a sound generation."""
    words = LexicalIndex(folder / derived.lexical)
    index = vectors.from_bytes((folder / derived.vectors).read_bytes())
    return Generation(derived, words, index, tuple(database.languages()))


def make(folder: Path, database: Database, dim: int, *, forgets: bool = False) -> Derived:
    """Write the next generation, from the newest where it is sound, and name it in the manifest.

    :param forgets: no word may be left in it that only what was removed had
    :raises LibraryError: the disk does not take it; nothing of it is left, and the newest is as it
        was
    """
    sequence = database.manifest.sequence
    name = f"{sequence}-{os.urandom(4).hex()}"  # never the name of one that is in use
    try:
        made = _write(folder, name, database, dim, forgets=forgets)
    except OSError as error:
        for path in folder.glob(f"*-{name}*"):
            remove(path)
        raise LibraryError(
            f"{folder} cannot be written to ({error.strerror or error}); see to its disk, then "
            "run the same again; what was acknowledged is kept"
        ) from error
    faults.at("generation made")
    with database.transaction():
        database.manifest.note("derived", asdict(made))
        faults.at("generation noted")
        database.forget_removed(made.sequence)
    faults.at("generation named")
    sweep(folder, made)
    faults.at("generations swept")
    return made


def _write(folder: Path, name: str, database: Database, dim: int, *, forgets: bool) -> Derived:
    base = newest(database)
    base = base if base and base.analysis == ANALYSIS and is_sound(folder, base) else None
    sequence = database.manifest.sequence
    words = _write_words(folder / f"lexical-{name}", database, base, forgets=forgets)
    faults.at("words durable")
    rows, numbers = database.vectors(dim)
    file = folder / f"vectors-{name}.faiss"
    hashed = durable.write_file(file, vectors.to_bytes(vectors.build(rows, numbers)))
    return Derived(sequence, words.name, durable.folder_digest(words), file.name, hashed, ANALYSIS)


def _write_words(words: Path, database: Database, base: Derived | None, *, forgets: bool) -> Path:
    since = base.sequence if base else 0
    again = _some(database, since) if base and forgets else []
    lexical.write(
        words,
        map(_indexed, database.passages_since(since)),
        database.removed_since(since) if base else (),
        words.parent / base.lexical if base else None,
        again,
    )
    if forgets and not lexical.is_rid(words):
        lexical.write(words, map(_indexed, database.passages_since(0)))
    faults.at("words written")
    durable.sync_folder(words)
    return words


def _some(database: Database, until: int) -> list[Indexed]:
    """Some passages that the generation of this change has."""
    newer = {row.number for row in database.passages_since(until)}
    rows = (row for row in database.passages_since(0) if row.number not in newer)
    return [_indexed(row) for row in islice(rows, lexical.MERGED - 1)]


def _indexed(row: Row) -> Indexed:
    article = row.passage.article
    return Indexed(row.number, article.title, row.passage.text, article.text, article.language)


def sweep(folder: Path, used: Derived | None, kept: int = KEPT) -> None:
    """Keep the generation in use, and the newest of the others."""
    for path in left_over(folder, used, kept):
        remove(path)
        faults.at("generation swept")


def remove(path: Path) -> None:
    """A file or a folder; what the disk does not let go is swept another time."""
    with suppress(OSError):
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def left_over(folder: Path, used: Derived | None, kept: int = KEPT) -> list[Path]:
    """Files and folders of older generations than are kept."""
    old = []
    for pattern in ("lexical-*", "vectors-*.faiss"):
        found = [p for p in folder.glob(pattern) if not used or p.name not in _names(used)]
        found.sort(key=lambda path: path.stat().st_mtime_ns)
        old += found[: max(0, len(found) - kept + 1)]
    return old


def _names(used: Derived) -> tuple[str, str]:
    return used.lexical, used.vectors
