"""Files damaged at random: never a wrong answer, each named, and healed from SQLite or refused."""

from __future__ import annotations

import shutil
from random import Random
from typing import TYPE_CHECKING

import pytest
from mutators import cut, flipped, planted, repeated, truncated

from index import derived, models
from index.doctor import examine
from index.errors import DamagedModelError
from index.sentences import sentences
from index.store import open_library
from rag.reading_model import FOLDER

if TYPE_CHECKING:
    from pathlib import Path

    from promises import Cases, Promise

    from index.store import Library
    from index.types import Embedder, Hit

WAYS = (truncated, flipped, cut, planted, repeated, lambda *_: b"", lambda *_: None)
QUESTIONS = ("Qui a voté la grève ?", "combien de loups dans le pays", "rivière crue secours")


def harm(file: Path, chance: Random) -> None:
    """Put another file in a file's place, or none."""
    data = file.read_bytes()
    changed: bytes | None = data
    while changed == data:
        changed = chance.choice(WAYS)(data, chance) if data else b"x"
    file.unlink()  # a file that is cut short where it is would end who still has it mapped
    if changed is not None:
        file.write_bytes(changed)


def answers(library: Library, embedder: Embedder) -> list[list[Hit]]:
    by_words = [library.search_words(question, "fr", 10) for question in QUESTIONS]
    return by_words + [library.search_vector(embedder.embed_question(q), 10) for q in QUESTIONS]


def damageable(folder: Path, used: derived.Derived) -> list[Path]:
    """The files that a search reads; lock files are empty and nobody reads them."""
    words = [path for path in (folder / used.lexical).iterdir() if path.suffix != ".lock"]
    return sorted([*words, folder / used.vectors])


def test_damaged_words_and_vectors_are_named_and_made_again(
    corpus_library: Path, in_memory: Path, embedder: Embedder, cases: Cases, promise: Promise
) -> None:
    folder = shutil.copytree(corpus_library, in_memory / "library")
    library = open_library(folder)
    wanted = answers(library, embedder)
    library.close()
    count, named, healed = cases(10, 7_000), 0, 0
    for number in range(count):
        library = open_library(folder)
        used = derived.newest(library.database)
        assert used is not None
        chance = Random(number)
        file = chance.choice(damageable(folder, used))
        harm(file, chance)
        name = used.vectors if file.name == used.vectors else used.lexical
        named += any(name in ill.what for ill in examine(folder, library.database, ()))
        healed += answers(library, embedder) == wanted
        library.close()
    promise(
        "damaged words and vectors",
        "0 wrong answers, 0 crashes, 100 % named and healed in 7,000 mutations",
        f"{count - healed} wrong, {named:,} named and {healed:,} healed of {count:,}",
    )
    assert named == healed == count


@pytest.fixture
def copies(in_memory: Path) -> list[Path]:
    """The models that asking needs, to be harmed."""
    found = [models.folder("encoder"), FOLDER]
    return [shutil.copytree(model, in_memory / f"{n}") for n, model in enumerate(found)]


def test_damaged_models_are_named_and_refused(
    copies: list[Path], cases: Cases, promise: Promise
) -> None:
    count, named = cases(10, 3_000), 0
    files = [(model, p) for model in copies for p in sorted(model.rglob("*")) if p.is_file()]
    for number in range(count):
        chance = Random(number)
        model, file = chance.choice(files)
        data = file.read_bytes()
        harm(file, chance)
        try:
            models.verify(model)
        except DamagedModelError as error:
            named += str(model) in str(error)
        file.write_bytes(data)
    promise(
        "damaged models",
        "100 % named and refused in 3,000 mutations",
        f"{named:,} named and refused of {count:,}",
    )
    assert named == count


def test_a_rebuild_from_sqlite_alone_ranks_the_same(
    corpus_library: Path, in_memory: Path, embedder: Embedder, cases: Cases, promise: Promise
) -> None:
    folder = shutil.copytree(corpus_library, in_memory / "library")
    for pattern in ("lexical-*", "vectors-*"):
        for path in folder.glob(pattern):
            derived.remove(path)
    whole, rebuilt = open_library(corpus_library), open_library(folder)
    asked = [a.text[start:end] for a in whole.articles() for start, end in sentences(a.text, "fr")]
    count = cases(40, 500)
    asked = Random(0).sample(asked, count)
    same = 0
    for question in asked:
        vector = embedder.embed_question(question)
        words = whole.search_words(question, "fr", 10)
        near = whole.search_vector(vector, 10)
        assert words
        assert near
        same += words == rebuilt.search_words(question, "fr", 10) and near == (
            rebuilt.search_vector(vector, 10)
        )
    whole.close()
    rebuilt.close()
    promise(
        "rebuild from SQLite alone",
        "the same ids and the same first 10 for 500 questions",
        f"the same for {same:,} of {count:,}",
    )
    assert same == count
