"""An article's whole journey: load, cut into passages, embed, store; then publish.

A stream of steps, so that who called can show them; each `Stored` is durable when it is seen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

from index.address import place
from index.chunk import BUDGET, OVERLAP, chunk
from index.load import load
from index.loaded import LoadedArticle, Problem, Skipped
from index.manifest import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from index.address import Place
    from index.loaded import Loaded
    from index.store import Library
    from index.types import Article, Embedder, Passage, Vectors

BATCH: Final = 64  # articles embedded at once: some 300 passages; untested beyond that


@dataclass(frozen=True, slots=True)
class Stored:
    """An article was added, or replaced what was there under its id."""

    loaded: LoadedArticle
    passages: int


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The library has exactly this article already."""

    loaded: LoadedArticle


@dataclass(frozen=True, slots=True)
class Gone:
    """An article whose file, or whose row in it, is no longer in the folder that was indexed."""

    article: str
    path: Place
    removed: bool


class Held:
    """What the library had of which file when indexing began."""

    def __init__(self, library: Library) -> None:
        places = library.database.places()
        self.files = {article: place(path) for article, _, path in places}
        self.roots = {place(path): place(root) for _, root, path in places}


Step: TypeAlias = Stored | Unchanged | Gone | Problem | Skipped


def build(
    library: Library,
    embedder: Embedder,
    paths: Sequence[Path],
    *,
    others: Iterable[Loaded] = (),
    sync: bool = False,
) -> Iterator[Step]:
    """Bring the library up to date with these files and folders.

    :param others: what came from elsewhere, as `web.load_addresses` has it
    :param sync: remove the articles that are gone, rather than only say so
    :raises InputError: a path does not exist; nothing was changed
    :raises LibraryBusyError: another process is writing
    :raises LibraryMismatchError: the library was made with another encoder
    """
    items = chain(load(paths), others)
    library.begin(settings_of(embedder))
    held = Held(library)
    seen: set[str] = set()
    unread: set[Place] = set()  # files and folders of which something could not be read
    waiting: list[LoadedArticle] = []
    for item in items:
        step = _judged(item, library, held)
        if isinstance(step, LoadedArticle):
            waiting.append(step)
        else:
            yield step
        if isinstance(item, LoadedArticle):
            seen.add(item.article.id)
        if isinstance(step, Problem):
            unread.add(step.path.absolute())
        if len(waiting) >= BATCH:
            yield from _store(library, embedder, waiting)
            waiting = []
    yield from _store(library, embedder, waiting)
    for gone in _gone(library, paths, seen, unread):
        if sync:
            library.remove(gone.article)
        yield replace(gone, removed=sync)
    library.publish()


def add_articles(library: Library, embedder: Embedder, articles: Sequence[Article]) -> None:
    """Add articles that come from no file, or replace those that have their ids."""
    library.begin(settings_of(embedder))
    for at in range(0, len(articles), BATCH):
        some = articles[at : at + BATCH]
        for article, (passages, vectors) in zip(some, _embedded(embedder, some), strict=True):
            library.add(article, passages, vectors)
    library.publish()


def build_again(library: Library, embedder: Embedder) -> int:
    """Cut and embed anew all that is in the library, with this encoder; how many articles.

    All at once: a library that is interrupted here is as it was.
    """
    cut = (_embedded(embedder, [article])[0] for article in library.articles())
    count = library.replace_passages(settings_of(embedder), cut)
    library.publish()
    return count


def settings_of(embedder: Embedder) -> Settings:
    """What the manifest says of a library made with this encoder today."""
    return Settings(embedder.name, embedder.dim, BUDGET, OVERLAP)


def _judged(
    item: LoadedArticle | Problem | Skipped, library: Library, held: Held
) -> LoadedArticle | Unchanged | Problem | Skipped:
    """The article when it is to be stored, else why it is not."""
    if not isinstance(item, LoadedArticle):
        return item
    other = held.roots.get(item.path, item.root)
    if other != item.root:
        return Problem(
            item.path,
            f"it is in the library already, indexed with {other}; index that again, or forget "
            "its articles first",
        )
    before = held.files.get(item.article.id)
    if before is None:
        return item
    if before != item.path and before.exists():
        return Problem(
            item.path,
            f"its id {item.article.id!r} is that of {before}, indexed before; index the folder "
            "above both, or give it an id of its own",
        )
    same = before == item.path and library.article(item.article.id) == item.article
    return Unchanged(item) if same else item


def _store(library: Library, embedder: Embedder, items: list[LoadedArticle]) -> Iterator[Stored]:
    made = _embedded(embedder, [item.article for item in items])
    for item, (passages, vectors) in zip(items, made, strict=True):
        library.add(item.article, passages, vectors, str(item.root), str(item.path))
        yield Stored(item, len(passages))


def _embedded(
    embedder: Embedder, articles: Sequence[Article]
) -> list[tuple[list[Passage], Vectors]]:
    """For each article its passages and their vectors, embedded together."""
    cut = [chunk(article) for article in articles]
    vectors = embedder.embed_passages([_embedded_text(p) for passages in cut for p in passages])
    ends = list(accumulate(map(len, cut), initial=0))
    return [(p, vectors[a:b]) for p, (a, b) in zip(cut, pairwise(ends), strict=True)]


def _embedded_text(passage: Passage) -> str:
    """A passage's vector is that of its title too: the title names what the text calls "it"."""
    return f"{passage.article.title}\n{passage.text}"


def _gone(
    library: Library, paths: Sequence[Path], seen: set[str], unread: set[Place]
) -> Iterator[Gone]:
    """Articles of the indexed folders that were not met, unless their file could not be read."""
    roots = {str(path.absolute()) for path in paths}
    for article, root, path in library.database.places():
        file = place(path)
        if root in roots and article not in seen and unread.isdisjoint((file, *file.parents)):
            yield Gone(article, file, removed=False)
