"""One folder is one library: SQLite is the truth, words and vectors are derived from it.

Reading never waits for a writer: it goes on in the generation that is open, and takes up the next
one when the manifest names it. What is missing, damaged or behind is made again from SQLite.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from index import derived, durable, faults, vectors
from index.database import DATABASE, Database
from index.errors import LibraryBusyError, LibraryError, LibraryMismatchError, no_library
from index.types import ALL, Hit
from index.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from index.derived import Derived, Generation
    from index.manifest import Settings
    from index.types import Article, Filters, Passage, Vectors
    from index.words import Asked

TRIES: Final = 9  # to open what a writer keeps replacing; untested


class Library:
    """A library's folder, open. Threads may share it; one process at a time may change it."""

    def __init__(self, folder: Path) -> None:
        """Use `open_library` or `create_library`."""
        self.folder = folder
        self.database = Database(folder / DATABASE)
        self._writer = Writer(folder)
        self._opening = threading.Lock()
        self._live: Generation | None = None
        # What the last filters let through: both arms ask for it.
        self._narrowed: tuple[tuple[int, Filters], NDArray[np.int64]] | None = None

    def close(self) -> None:
        self._writer.end()
        self.database.close()

    @property
    def settings(self) -> Settings:
        """How it was made.

        :raises NoLibraryError: nothing was ever indexed here
        """
        settings = self.database.manifest.settings
        if settings is None:
            raise no_library(self.folder)
        return settings

    # Changing

    def hold(self) -> None:
        """Become the writer, until `close`.

        :raises LibraryBusyError: another process is
        """
        self._writer.hold()

    def begin(self, settings: Settings) -> None:
        """Become the writer, until `close`.

        :raises LibraryBusyError: another process is
        :raises LibraryMismatchError: the library was made with other settings
        """
        self._writer.hold()
        found = self.database.manifest.settings
        if found is None:
            self.database.manifest.set_settings(settings)
            faults.at("settings noted")
        elif found != settings:
            raise LibraryMismatchError(_mismatch(self.folder, found, settings))
        self.database.sketch_all()

    def add(
        self,
        article: Article,
        passages: Sequence[Passage],
        vectors: Vectors,
        root: str = "",
        path: str = "",
    ) -> None:
        """Add or replace an article; durable when this returns, found after `publish`.

        :param root: the folder that was indexed
        :param path: the file that the article came from
        """
        self.database.put(article, passages, vectors, root, path)

    def replace_passages(
        self, settings: Settings, cut: Iterable[tuple[Sequence[Passage], Vectors]]
    ) -> int:
        """Cut all articles anew, all at once; how many. Found so after `publish`."""
        self._writer.hold()
        return self.database.replace_passages(settings, cut)

    def remove(self, article_id: str) -> None:
        """Remove an article; durable, and no longer found, when this returns."""
        self._writer.hold()
        self.database.remove(article_id)

    def publish(self, *, forgets: bool = False) -> None:
        """Make what is derived follow all changes, and search in it from now on.

        :param forgets: no word may be left in it that only what was removed had
        """
        self._writer.hold()
        newest = derived.newest(self.database)
        current = derived.is_current(newest, self.database)
        if forgets or not current or not derived.is_sound(self.folder, newest):
            newest = derived.make(self.folder, self.database, self.settings.dim, forgets=forgets)
        self._open(newest)

    # Searching

    def article(self, article_id: str) -> Article:
        return self.database.article(article_id)

    def articles(self) -> Iterator[Article]:
        return self.database.articles()

    def copies(self, article_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """The other articles of each one's origin, by id; one without copies is left out."""
        return self.database.copies(article_ids)

    def passages(self, article_id: str) -> list[Passage]:
        """The passages of an article, in order; none when there is no such article."""
        return self.database.passages_of(article_id)

    def search_words(
        self, text: str, language: str, limit: int, filters: Filters = ALL
    ) -> list[Hit]:
        live = self._generation()
        others = tuple(other for other in live.languages if other != language)
        return self._hits(live.words.search(text, language, others, limit, self._allowed(filters)))

    def search_vector(self, vector: Vectors, limit: int, filters: Filters = ALL) -> list[Hit]:
        live = self._generation()
        return self._hits(vectors.search(live.vectors, vector, limit, self._allowed(filters)))

    def words_searched(self, text: str, language: str) -> tuple[Asked, ...]:
        """A question's words as `search_words` looks for them, near spellings included."""
        live = self._generation()
        others = tuple(other for other in live.languages if other != language)
        return tuple(live.words.searched(text, language, others))

    def articles_within(self, filters: Filters, articles: Sequence[str]) -> set[str]:
        """Which of these articles, by id, the filters let through."""
        return self.database.articles_within(filters, articles)

    def _allowed(self, filters: Filters) -> NDArray[np.int64] | None:
        """Numbers of the passages that may be found; None for all."""
        if filters == ALL:
            return None
        key = (self.database.manifest.sequence, filters)
        narrowed = self._narrowed
        if narrowed is None or narrowed[0] != key:
            narrowed = self._narrowed = (key, self.database.allowed(filters))
        return narrowed[1]

    def _hits(self, found: list[tuple[int, float]]) -> list[Hit]:
        passages = self.database.passages(number for number, _ in found)
        if found and not passages and self._was_cut_since():
            raise LibraryBusyError(f"{self.folder} is being indexed; ask again in a moment")
        return [Hit(passages[n], score) for n, score in found if n in passages]

    def _was_cut_since(self) -> bool:
        """Whether every passage of the generation in use is gone, and the next is not there yet."""
        return self._live is not None and self._live.derived.sequence < self.database.manifest.cut

    def _generation(self) -> Generation:
        """The newest; another process may have made it since the last question."""
        newest = derived.newest(self.database)
        live = self._live
        if live is not None and live.derived == newest:
            return live
        with self._opening:
            return self._opened()

    def _opened(self, tries: int = TRIES) -> Generation:
        """The newest, looked for again when a writer replaced it while it was opened."""
        newest = derived.newest(self.database)
        try:
            sound = derived.is_sound(self.folder, newest)
            current = sound and derived.is_current(newest, self.database)
            return self._open(newest if current else self._heal(newest if sound else None))
        except (LibraryError, OSError, ValueError):
            if not tries or derived.newest(self.database) == newest:
                raise
            return self._opened(tries - 1)

    def _heal(self, sound: Derived | None) -> Derived | None:
        """Derive anew; but when a writer is at work, who will, a sound generation serves on.

        So it does when the disk takes nothing.
        """
        try:
            self._writer.hold()
            try:
                return derived.make(self.folder, self.database, self.settings.dim)
            finally:
                self._writer.release()
        except (LibraryError, OSError):
            if sound is None:
                raise
            return sound

    def _open(self, newest: Derived | None) -> Generation:
        if newest is None:
            raise no_library(self.folder)
        if self._live is None or self._live.derived != newest:
            self._live = derived.load(self.folder, newest, self.database)
        return self._live


def open_library(folder: Path) -> Library:
    """A library that exists.

    :raises NoLibraryError: there is none
    """
    if not (folder / DATABASE).is_file():
        raise no_library(folder)
    return Library(folder)


def create_library(folder: Path) -> Library:
    """The library of this folder, made when there is none."""
    durable.make_folder(folder)
    return Library(folder)


def _mismatch(folder: Path, found: Settings, asked: Settings) -> str:
    changed = [n for n in type(found).__slots__ if getattr(found, n) != getattr(asked, n)]
    values = ", ".join(f"{n} {getattr(found, n)!r}, not {getattr(asked, n)!r}" for n in changed)
    return (
        f"{folder} was made with {values}; ask for the same, make it again from its own texts "
        f"with `depeche index --again --encoder {asked.encoder}`, or index into another folder "
        "with --library DIR"
    )
