from __future__ import annotations

import json
import shutil
import sqlite3
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from index import derived, models
from index.build import add_articles
from index.database import open_database
from index.doctor import examine
from index.repair import repair
from index.store import create_library, open_library
from index.types import Article
from rag.reading_model import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from promises import Promise

    from index.consistency import Ill
    from index.types import Embedder

WORDS = "Les dockers ont voté la grève lundi matin, et le port ferme pour huit jours au moins."
PORT = Article("port", "Grève au port", WORDS, "fr", "Agence")
COPY = replace(PORT, id="copie", source="Journal")
MUSEE = Article("musee", "Vol", "Trois tableaux ont disparu du musée dimanche soir.", "fr")
BY_SQL = {
    "passages belong to no article": "DELETE FROM articles WHERE id = 'musee'",
    "articles are not cut": "DELETE FROM passages WHERE article = 'musee'",
    "passages lie outside": "UPDATE passages SET stop = 9999 WHERE article = 'port'",
    "passages are noted as removed": "INSERT INTO removed SELECT number, 1 FROM passages",
    "newer than the last change": "UPDATE passages SET sequence = 99 WHERE article = 'port'",
    "articles have no sketch": "DELETE FROM sketches WHERE article = 'musee'",
    "sketches belong to no article": "UPDATE sketches SET article = 'x' WHERE article = 'musee'",
    "bands belong to no sketch": "INSERT INTO bands VALUES (1, 99)",
    "sketches have no bands": "DELETE FROM bands",
    "links between copies go one way": "DELETE FROM copies WHERE number < other",
    "links lead to no article": "INSERT INTO copies VALUES (98, 99), (99, 98)",
    "another dimension than": "UPDATE passages SET vector = substr(vector, 3)",
    "vectors are not of unit length": "UPDATE passages SET "
    "vector = CAST(zeroblob(510) || x'0044' AS BLOB)",
    "the manifest's derived cannot be read": "UPDATE manifest SET value = '{' "
    "WHERE name = 'derived'",
    "does not say how the library was made": "DELETE FROM manifest WHERE name = 'settings'",
    "names no words and vectors": "DELETE FROM manifest WHERE name = 'derived'",
    "not the last": "UPDATE manifest SET value = '99' WHERE name = 'sequence'",
    "the manifest's sequence cannot be read": "UPDATE manifest SET value = '\"x\"' "
    "WHERE name = 'sequence'",
    "the manifest's settings cannot be read": "UPDATE manifest SET value = '[1]' "
    "WHERE name = 'settings'",
    "names no words and vectors to": 'UPDATE manifest SET value = \'{"sequence": "x"}\' '
    "WHERE name = 'derived'",
    "have words in none of their passages": "UPDATE passages SET start = start + 3",
    "bytes for words": "UPDATE articles SET text = CAST(text AS BLOB) WHERE id = 'musee'",
    "vectors are not those that were stored": "UPDATE passages SET vector = "
    "(SELECT vector FROM passages AS p WHERE p.article = 'port') WHERE article = 'musee'",
    "bands are not those": "UPDATE sketches SET hashes = x'0102'",
    "feedback cannot be read": "INSERT INTO feedback (name, row) VALUES ('x', '{')",
    "feedback quotes belong to none": "INSERT INTO feedback_articles VALUES ('port', 7)",
    "has no removed": "DROP TABLE removed",
    "has no passages_article": "DROP INDEX passages_article",
}


def _remove_words(folder: Path) -> None:
    shutil.rmtree(next(folder.glob("lexical-*")))


def _flip_vectors(folder: Path) -> None:
    file = next(folder.glob("vectors-*"))
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def _flip_words(folder: Path) -> None:
    for file in next(folder.glob("lexical-*")).glob("*.term"):
        file.write_bytes(file.read_bytes()[:-1])


def _leave_part(folder: Path) -> None:
    (folder / "vectors-9-abcd.faiss.part").write_bytes(b"half")


def _leave_generations(folder: Path) -> None:
    for n in range(derived.KEPT):
        (folder / f"vectors-0-{n}.faiss").write_bytes(b"old")


def _exchange(folder: Path) -> None:
    """The files of a library with one article less, under the manifest of this one."""
    with sqlite3.connect(folder / "library.sqlite") as sqlite:
        sqlite.execute("DELETE FROM articles WHERE id = 'musee'")
        sqlite.execute("DELETE FROM passages WHERE article = 'musee'")
        sqlite.execute("DELETE FROM sketches WHERE article = 'musee'")
        sqlite.execute("DELETE FROM bands WHERE number NOT IN (SELECT number FROM sketches)")
    sqlite.close()


BY_FILE: dict[str, Callable[[Path], None]] = {
    "cannot be read (No such file": _remove_words,
    "faiss is not what was written": _flip_vectors,
    "is not what was written": _flip_words,
    "abcd.faiss.part was left behind": _leave_part,
    "was left behind by a writer": _leave_generations,
    "has other passages than library.sqlite": _exchange,
}


@pytest.fixture
def folder(tmp_path: Path, made: Path) -> Path:
    return shutil.copytree(made, tmp_path / "library")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    library = create_library(tmp_path_factory.mktemp("made"))
    add_articles(library, embedder, [PORT, COPY, MUSEE])
    library.close()
    return library.folder


def looked_at(folder: Path, *shipped: Path) -> list[Ill]:
    database = open_database(folder)
    try:
        return examine(folder, database, shipped)
    finally:
        database.close()


def repaired(folder: Path) -> list[Ill]:
    library = open_library(folder)
    repair(library, looked_at(folder))
    library.close()
    return looked_at(folder)


def test_a_library_as_it_should_be_has_nothing(folder: Path, depeche: Callable[..., Any]) -> None:
    assert looked_at(folder, models.folder("encoder"), FOLDER) == []
    done = depeche("doctor", "--library", folder)
    assert (done.code, done.out) == (0, "nothing is wrong\n")


def _by_sql(folder: Path, statement: str) -> None:
    with sqlite3.connect(folder / "library.sqlite") as sqlite:
        sqlite.execute(statement)
    sqlite.close()


def test_what_is_wrong_is_said_in_a_line_and_repaired(
    in_memory: Path, made: Path, promise: Promise
) -> None:
    planted = {said: partial(_by_sql, statement=sql) for said, sql in BY_SQL.items()} | BY_FILE
    unsaid, unmended = [], []
    for number, (said, plant) in enumerate(planted.items()):
        folder = shutil.copytree(made, in_memory / f"{number}")
        plant(folder)
        ills = looked_at(folder)
        assert all("\n" not in ill.what for ill in ills)
        if not any(said in ill.what for ill in ills):
            unsaid.append(said)
        if repaired(folder) or not finds_the_strike(folder):
            unmended.append(said)
    promise(
        "doctor",
        "20 planted inconsistencies found of 20, one line each; --repair mends them",
        f"{len(planted) - len(unsaid)} found and {len(planted) - len(unmended)} mended "
        f"of {len(planted)}",
    )
    assert (unsaid, unmended) == ([], [])
    assert len(planted) >= 20


def finds_the_strike(folder: Path) -> bool:
    found = open_library(folder)
    (hit, *_) = found.search_words("grève des dockers", "fr", 5)
    found.close()
    return hit.passage.article.id in {"port", "copie"}


def damage(folder: Path, kind: int) -> None:
    """Make a page of this kind (10: a leaf of an index, 13: of a table) one SQLite cannot read."""
    file = folder / "library.sqlite"
    data = bytearray(file.read_bytes())
    at = next(n for n in range(4096, len(data), 4096) if data[n] == kind)
    data[at + 3 : at + 5] = b"\x00\xff"
    file.write_bytes(data)


def test_a_file_that_was_cut_short_is_saved_as_far_as_it_goes(
    folder: Path, embedder: Embedder, depeche: Callable[..., Any]
) -> None:
    library = open_library(folder)
    more = [replace(PORT, id=f"a{n}", text=f"La foire {n} ouvre en mai. " * 60) for n in range(60)]
    add_articles(library, embedder, more)
    library.close()
    file = folder / "library.sqlite"
    file.write_bytes(file.read_bytes()[:-20_000])
    done = depeche("doctor", "--library", folder)
    assert (done.code, done.out.count("\n")) == (3, 2), done.out
    assert depeche("doctor", "--repair", "--library", folder).code == 0
    assert looked_at(folder) == []
    library = open_library(folder)
    assert library.database.count()[0] > 30
    library.close()


def test_a_file_of_which_nothing_can_be_read_stays_as_it_is(
    folder: Path, depeche: Callable[..., Any]
) -> None:
    file = folder / "library.sqlite"
    file.write_bytes(b"\0" * 5_000)
    done = depeche("doctor", "--repair", "--library", folder)
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "restore a backup" in done.err
    assert file.read_bytes() == b"\0" * 5_000
    file.write_bytes(b"")
    done = depeche("doctor", "--library", folder)
    assert done.code == 3
    assert "restore a backup" in done.out


def test_a_column_less_is_told_and_what_is_left_is_saved(
    folder: Path, depeche: Callable[..., Any]
) -> None:
    _by_sql(folder, "ALTER TABLE articles DROP COLUMN published")
    done = depeche("doctor", "--library", folder)
    assert (done.code, "no articles.published" in done.out) == (3, True)
    assert depeche("doctor", "--repair", "--library", folder).code == 0
    assert looked_at(folder) == []
    assert finds_the_strike(folder)


def test_a_damaged_model_needs_a_person(folder: Path, tmp_path: Path) -> None:
    model = shutil.copytree(models.folder("encoder"), tmp_path / "model")
    (model / "more").write_text("x")
    damage(folder, 10)
    ills = looked_at(folder, model)
    assert {ill.remedy for ill in ills if "more" in ill.what} == {"person"}
    assert {ill.remedy for ill in ills if ill.what.startswith("library.sqlite")} == {"salvage"}


@pytest.mark.parametrize("kind", [10, 13])
def test_what_can_be_read_of_a_damaged_file_is_saved(
    folder: Path, embedder: Embedder, depeche: Callable[..., Any], kind: int
) -> None:
    library = open_library(folder)
    more = [replace(PORT, id=f"a{n}", text=f"La foire {n} ouvre en mai. " * 60) for n in range(60)]
    add_articles(library, embedder, more)
    before = {article.id: article for article in library.articles()}
    library.close()
    damage(folder, kind)
    kept = (folder / "library.sqlite").read_bytes()
    assert "restore a backup" in depeche("doctor", "--library", folder).out
    done = depeche("doctor", "--repair", "--library", folder)
    assert done.code == 0, done.out
    assert (folder / "library.sqlite.damaged").read_bytes() == kept
    assert looked_at(folder) == []
    library = open_library(folder)
    after = {article.id: article for article in library.articles()}
    library.close()
    assert after.items() <= before.items()
    lost = before.keys() - after.keys()
    assert f"{len(after)} articles saved" in done.out
    assert all(key in done.out for key in lost)
    assert len(lost) <= 3
    assert finds_the_strike(folder)


def test_the_command_says_what_it_found_and_mended(
    folder: Path, depeche: Callable[..., Any]
) -> None:
    _remove_words(folder)
    done = depeche("doctor", "--library", folder)
    assert done.code == 3
    assert "depeche doctor --repair" in done.out
    done = depeche("doctor", "--repair", "--library", folder)
    assert done.code == 0
    assert "1 found, 0 left" in done.out


def test_a_manifest_that_cannot_be_read_is_one_line(
    folder: Path, depeche: Callable[..., Any]
) -> None:
    with sqlite3.connect(folder / "library.sqlite") as sqlite:
        sqlite.execute("UPDATE manifest SET value = '[' WHERE name = 'settings'")
    sqlite.close()
    done = depeche("ask", "Qui ?", "--library", folder)
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "depeche doctor --repair" in done.err
    assert depeche("doctor", "--repair", "--library", folder).code == 0
    assert json.loads(depeche("ask", "--json", "Qui ferme ?", "--library", folder).out)["hits"]
