"""A process that changes a library and writes down what it was acknowledged: what tests stop.

Each line of its journal says what it is about to do, or `done`. From the lines follow the worlds
that may be found afterwards: the one before the change that was under way, and the one after it.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, repeat
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final, TypeAlias

from index import faults
from index.backup import backup, restore
from index.build import build_again, settings_of
from index.chunk import chunk
from index.consistency import Ill
from index.doctor import examine
from index.embed import EMBEDDED, open_encoder
from index.errors import DepecheError, NoLibraryError
from index.forget import forget
from index.repair import repair
from index.salvage import salvage
from index.store import create_library, open_library
from index.types import Article

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.store import Library
    from index.types import Embedder

    State: TypeAlias = dict[str, str]

KINDS: Final = (
    "add", "add", "add", "publish", "remove", "publish", "add", "backup", "forget", "again",
    "add", "publish", "repair", "remove", "restore", "salvage",
)  # fmt: skip
ROUNDS: Final = 30  # of all kinds, after which nobody will stop it any more
IDS: Final = tuple(f"a{n}" for n in range(8))
LINE: Final = "Le conseil de la vallée a voté le point {} dans la nuit de mardi. "


@dataclass(frozen=True, slots=True)
class World:
    """The articles that a library and its backup have: the word that each article alone has."""

    held: State = field(default_factory=dict)
    kept: State | None = None

    def after(self, kind: str, article: str, word: str) -> World:
        if kind == "add":
            return World(self.held | {article: word}, self.kept)
        if kind in {"remove", "forget"}:
            return World({k: v for k, v in self.held.items() if k != article}, self.kept)
        if kind == "backup":
            return World(self.held, self.held)
        if kind == "restore":
            return World(self.kept if self.kept is not None else self.held, self.kept)
        return self


def lines_of(journal: Path) -> list[str]:
    """None while there is no journal yet."""
    return journal.read_text(encoding="utf-8").splitlines() if journal.exists() else []


def worlds(before: World, lines: Iterable[str]) -> list[World]:
    """What may be found after these lines: one world, or two while a change was under way."""
    world, under_way = before, before
    for line in lines:
        if line == "done":
            world = under_way
        else:
            kind, article, word = line.split(" ")
            under_way = world.after(kind, article, word)
    return [world, under_way]


def article_of(article_id: str, word: str) -> Article:
    """An article that alone has this word; one in three is of several passages."""
    chance = Random(word)
    text = "".join(LINE.format(n) for n in range(chance.choice((2, 3, 60))))
    return Article(article_id, f"Le mot {word}", f"On a lu {word} au conseil. {text}", "fr")


def word_of(article: Article) -> str:
    return article.title.split()[-1]


@cache
def encoder() -> Embedder:
    """Opened once a process; those forked from warm_writer have it."""
    return open_encoder(EMBEDDED)


def write(
    folder: Path, journal: Path, seed: int, kinds: Sequence[str] = (), fault: str = ""
) -> None:
    """Change the library, kind by kind, by chance where none are given, until stopped.

    :param fault: the point to be killed at, as `index.faults` has it
    """
    chance = Random(seed)
    handle = os.open(journal, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    embedder = encoder()
    faults.asked = fault
    library = create_library(folder)
    library.begin(settings_of(embedder))
    shuffled = chain.from_iterable(chance.sample(KINDS, len(KINDS)) for _ in repeat(None, ROUNDS))
    for kind in kinds or shuffled:
        held = [key for key, _, _ in library.database.places()]
        article = chance.choice(held if held and kind in {"remove", "forget"} else IDS)
        word = "".join(chance.choices("bcdfgjklmnprstvz", k=9))
        if kind in {"remove", "forget"} and not held:
            continue
        if kind == "restore" and not _kept(folder).is_file():
            continue
        os.write(handle, f"{kind} {article} {word}\n".encode())
        library = _change(library, embedder, kind, article_of(article, word))
        os.write(handle, b"done\n")
    library.close()
    os.close(handle)


def _change(library: Library, embedder: Embedder, kind: str, article: Article) -> Library:
    if kind == "add":
        passages = chunk(article)
        library.add(article, passages, embedder.embed_passages([p.text for p in passages]))
    elif kind == "remove":
        library.remove(article.id)
    elif kind == "forget":
        forget(library, [article.id])
    elif kind == "publish":
        library.publish()
    elif kind == "again":
        build_again(library, embedder)
    elif kind == "repair":
        repair(library, [Ill("", "tables"), Ill("", "sweep")])
    elif kind == "backup":
        backup(library.folder, _kept(library.folder))
    else:
        library.close()
        if kind == "salvage":
            salvage(library.folder)
        else:
            restore(library.folder, _kept(library.folder))
        library = create_library(library.folder)
        library.begin(settings_of(embedder))
    return library


def _kept(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.kept")


def looked_at(folder: Path, possible: Sequence[World], embedder: Embedder) -> World:
    """Open what was left, search it, go on writing; which of the possible worlds it is."""
    try:
        library = open_library(folder)
        library.settings  # noqa: B018 - it says so when nothing was ever indexed
    except NoLibraryError:
        assert any(not world.held for world in possible), "the library is gone"
        return next(world for world in possible if not world.held)
    held = {article.id: word_of(article) for article in library.articles()}
    found = [world for world in possible if world.held == held]
    assert found, (held, possible)
    _searched(library, held, embedder)
    ills = [ill for ill in examine(folder, library.database, ()) if ill.remedy != "sweep"]
    assert not ills, ills
    library.close()
    if not _kept(folder).is_file():
        return World(held)
    return next(world for world in found if _is_kept(folder, world))


def _searched(library: Library, held: State, embedder: Embedder) -> None:
    """Every article is found by its own word, and so is one more."""
    for key, word in held.items():
        assert library.search_words(word, "fr", 1)[0].passage.article.id == key, word
    vector = embedder.embed_question("Qu'a voté le conseil ?")
    found = {hit.passage.article.id for hit in library.search_vector(vector, 1_000)}
    assert found == held.keys()
    library.begin(settings_of(embedder))
    more = article_of("more", "zzyzxzzyz")
    _change(library, embedder, "add", more)
    library.publish()
    assert library.search_words("zzyzxzzyz", "fr", 1)[0].passage.article == more
    library.remove("more")
    library.publish()


def _is_kept(folder: Path, world: World) -> bool:
    there = folder.with_name(f"{folder.name}.again")
    count, _ = restore(there, _kept(folder))
    return count == len(world.kept or {})


def main(folder: str, journal: str, seed: str, kinds: str) -> None:
    """Exit with 3 when an error was told as one line, as the command does."""
    try:
        write(Path(folder), Path(journal), int(seed), kinds.split(","))
    except (DepecheError, OSError) as error:
        with suppress(OSError):
            os.write(2, f"{error}\n".encode())
        os._exit(3)  # no more is written on the way out


if __name__ == "__main__":
    main(*sys.argv[1:])
