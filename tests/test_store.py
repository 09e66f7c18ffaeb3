from __future__ import annotations

import multiprocessing
import os
import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index import derived
from index.build import add_articles, build_again, settings_of
from index.chunk import chunk
from index.errors import (
    LibraryBusyError,
    LibraryError,
    LibraryMismatchError,
    NoLibraryError,
    UnknownArticleError,
)
from index.store import Library, create_library, open_library
from index.types import Article

if TYPE_CHECKING:
    from index.types import Embedder

PORT = Article("port", "Grève au port", "Les dockers ont voté la grève lundi. Le port ferme.", "fr")
MUSEE = Article("musee", "Vol au musée", "Trois tableaux ont disparu du musée dimanche.", "fr")


@pytest.fixture
def library(library: Library, embedder: Embedder) -> Library:
    add_articles(library, embedder, [PORT, MUSEE])
    return library


def by_words(library: Library, text: str) -> list[str]:
    return [hit.passage.article.id for hit in library.search_words(text, "fr", 10)]


def reopened(library: Library) -> Library:
    library.close()
    return open_library(library.folder)


def test_words_and_vectors_find_the_article(library: Library, embedder: Embedder) -> None:
    assert by_words(library, "Quand les dockers font-ils grève ?") == ["port"]
    found = library.search_vector(embedder.embed_question("le vol de tableaux"), 2)
    assert [hit.passage.article for hit in found] == [MUSEE, PORT]


def test_an_article_added_again_replaces_its_passages(library: Library, embedder: Embedder) -> None:
    add_articles(library, embedder, [Article("port", "Le port", "Les grutiers reprennent.", "fr")])
    assert by_words(library, "dockers") == []
    assert by_words(library, "grutiers") == ["port"]
    assert library.database.count() == (2, 2)


def test_what_is_removed_is_no_longer_found_even_before_publishing(library: Library) -> None:
    library.remove("port")
    assert by_words(library, "dockers") == []
    with pytest.raises(UnknownArticleError, match="'port'"):
        library.article("port")
    with pytest.raises(UnknownArticleError):
        library.remove("port")
    library.publish()
    assert by_words(library, "dockers musée") == ["musee"]


def test_what_was_not_published_is_found_when_opened_again(
    library: Library, embedder: Embedder
) -> None:
    """As after a stop between an acknowledged article and the derived files."""
    article = Article("crue", "La crue", "La rivière a débordé mardi.", "fr")
    passages = chunk(article)
    library.add(article, passages, embedder.embed_passages([p.text for p in passages]))
    again = reopened(library)
    assert by_words(again, "rivière") == ["crue"]
    again.close()


@pytest.mark.parametrize("kind", ["lexical-*", "vectors-*"])
@pytest.mark.parametrize("harm", ["remove", "flip a byte", "truncate"])
def test_a_harmed_derived_file_heals_by_itself(
    library: Library, embedder: Embedder, kind: str, harm: str
) -> None:
    question = embedder.embed_question("le vol de tableaux")
    before = library.search_vector(question, 5), library.search_words("musée", "fr", 5)
    library.close()
    for path in library.folder.glob(kind):
        _harm(path, harm)
    again = open_library(library.folder)
    assert (again.search_vector(question, 5), again.search_words("musée", "fr", 5)) == before
    assert derived.is_sound(again.folder, derived.newest(again.database))
    again.close()


@pytest.mark.parametrize("older", [{"analysis": 0}, None])
def test_words_of_an_older_analysis_are_made_again(
    library: Library, older: dict[str, int] | None
) -> None:
    noted = library.database.manifest.noted("derived")
    with library.database.transaction():
        kept = {key: value for key, value in noted.items() if key != "analysis"}
        library.database.manifest.note("derived", kept | (older or {}))
    again = reopened(library)
    assert by_words(again, "dockers") == ["port"]
    made = derived.newest(again.database)
    assert made is not None
    assert made.lexical != noted["lexical"]
    assert derived.is_current(made, again.database)
    again.close()


def _harm(path: Path, harm: str) -> None:
    if harm == "remove":
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        return
    for file in [path] if path.is_file() else [p for p in path.iterdir() if p.stat().st_size]:
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 0x40
        file.write_bytes(data if harm == "flip a byte" else data[: len(data) // 2])


def test_a_reader_goes_on_in_its_generation_and_takes_up_the_next(
    library: Library, embedder: Embedder
) -> None:
    reader = open_library(library.folder)
    assert by_words(reader, "grève") == ["port"]
    add_articles(library, embedder, [Article("crue", "La crue", "Une grève de sable.", "fr")])
    assert set(by_words(reader, "grève")) == {"port", "crue"}
    reader.close()


def _try_to_write(folder: str, found: multiprocessing.Queue[str]) -> None:
    library = open_library(Path(folder))
    try:
        library.remove("port")
        found.put("removed")
    except LibraryBusyError as error:
        found.put(str(error))


def test_a_second_writer_is_told_who_is_writing(library: Library) -> None:
    spawn = multiprocessing.get_context("spawn")
    found: multiprocessing.Queue[str] = spawn.Queue()
    other = spawn.Process(target=_try_to_write, args=(str(library.folder), found))
    other.start()
    message = found.get(timeout=60)
    other.join(timeout=60)
    assert f"process {os.getpid()}" in message
    assert library.article("port") == PORT


def test_settings_that_differ_are_refused_with_the_remedy(
    library: Library, embedder: Embedder
) -> None:
    other = type(settings_of(embedder))("another/encoder", 3, 160, 40)
    with pytest.raises(LibraryMismatchError, match="--again"):
        library.begin(other)


def test_made_again_from_its_own_texts_it_finds_the_same(
    library: Library, embedder: Embedder
) -> None:
    before = library.search_words("dockers grève musée", "fr", 10)
    assert build_again(library, embedder) == 2
    assert library.search_words("dockers grève musée", "fr", 10) == before


def test_interrupted_while_made_again_it_is_as_it_was(
    library: Library, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = library.search_words("dockers grève musée", "fr", 10)
    calls = iter([embedder.embed_passages(["un"])])
    monkeypatch.setattr(type(embedder), "embed_passages", lambda *_: next(calls))
    with pytest.raises(RuntimeError):
        build_again(library, embedder)
    assert reopened(library).search_words("dockers grève musée", "fr", 10) == before


def test_nothing_grows_when_the_same_is_added_again(library: Library, embedder: Embedder) -> None:
    for _ in range(5):
        add_articles(library, embedder, [PORT])
    names = [p.name for p in library.folder.iterdir()]
    assert sum(name.startswith("lexical-") for name in names) <= derived.KEPT
    assert sum(name.startswith("vectors-") for name in names) <= derived.KEPT
    assert library.database.removed_since(0) == []


def test_a_folder_without_library_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NoLibraryError, match="depeche index"):
        open_library(tmp_path)


def test_a_database_that_is_none_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "library.sqlite"
    file.write_text("not a database, but long enough to look at " * 100)
    with pytest.raises(LibraryError, match="backup"):
        open_library(tmp_path)
    assert file.read_text().startswith("not a database")


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    library = create_library(tmp_path)
    with library.database.transaction() as connection:
        connection.execute("PRAGMA user_version = 99")
    library.close()
    with pytest.raises(LibraryError, match="format 99"):
        open_library(tmp_path)


def test_a_question_while_all_is_cut_anew_is_told_so(library: Library, embedder: Embedder) -> None:
    """Between the new passages in SQLite and what is derived from them, nothing can be found."""
    reader = open_library(library.folder)
    assert by_words(reader, "grève") == ["port"]
    cut = ((chunk(a), embedder.embed_passages([a.text])) for a in library.articles())
    library.replace_passages(settings_of(embedder), cut)
    with pytest.raises(LibraryBusyError, match="ask again"):
        by_words(reader, "grève")
    library.publish()
    assert by_words(reader, "grève") == ["port"]
    reader.close()


def test_a_database_locked_by_another_is_told_so(library: Library) -> None:
    library.database._connection.rows("PRAGMA busy_timeout=1")
    other = sqlite3.connect(library.folder / "library.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LibraryBusyError, match="try again"):
        library.remove("port")
    other.close()
    library.remove("port")


def test_a_database_damaged_within_is_told_so(library: Library) -> None:
    library.close()
    file = library.folder / "library.sqlite"
    data = bytearray(file.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    file.write_bytes(data)
    with pytest.raises(LibraryError, match="backup"):
        list(open_library(library.folder).articles())
