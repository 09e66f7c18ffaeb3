from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from index.backup import DAMAGED, backup, restore
from index.build import add_articles
from index.errors import InputError, LibraryBusyError, LibraryError, NoLibraryError
from index.store import open_library
from index.types import Article

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from index.store import Library
    from index.types import Embedder

PORT = Article("port", "Grève au port", "Les dockers ont voté la grève lundi.", "fr")
MUSEE = Article("musee", "Vol au musée", "Trois tableaux ont disparu du musée dimanche.", "fr")


@pytest.fixture
def library(library: Library, embedder: Embedder) -> Library:
    add_articles(library, embedder, [PORT, MUSEE])
    return library


def words_of(folder: Path, text: str) -> list[str]:
    opened = open_library(folder)
    found = [hit.passage.article.id for hit in opened.search_words(text, "fr", 10)]
    opened.close()
    return found


def test_a_backup_put_elsewhere_finds_the_same(library: Library, tmp_path: Path) -> None:
    file = backup(library.folder, tmp_path / "copy.sqlite")
    assert [path.name for path in tmp_path.iterdir() if "copy" in path.name] == ["copy.sqlite"]
    assert restore(tmp_path / "other", file) == (2, 2)
    for text in ("dockers grève", "tableaux musée"):
        assert words_of(tmp_path / "other", text) == words_of(library.folder, text)


def test_a_backup_put_back_undoes_what_came_after(
    library: Library, tmp_path: Path, embedder: Embedder
) -> None:
    (tmp_path / "kept").mkdir()
    backup(library.folder, tmp_path / "kept")
    library.remove("port")
    add_articles(library, embedder, [Article("crue", "Crue", "La rivière a débordé.", "fr")])
    reader = open_library(library.folder)
    assert reader.search_words("rivière", "fr", 5)
    library.close()
    restore(library.folder, tmp_path / "kept")
    assert [hit.passage.article.id for hit in reader.search_words("dockers", "fr", 5)] == ["port"]
    assert not reader.search_words("rivière", "fr", 5)
    reader.close()


def test_a_backup_while_articles_are_added_is_whole(
    library: Library, tmp_path: Path, embedder: Embedder
) -> None:
    def write() -> None:
        for n in range(30):
            article = Article(f"a{n}", "Titre", f"Le conseil a voté le point {n} lundi.", "fr")
            add_articles(library, embedder, [article])

    writer = threading.Thread(target=write)
    writer.start()
    files: list[Path] = []
    while writer.is_alive():
        files.append(backup(library.folder, tmp_path / f"{len(files)}.sqlite"))
    writer.join()
    counts = [
        restore(tmp_path / f"back{n}", file)
        for n, file in enumerate(files[:: len(files) // 4 or 1])
    ]
    assert counts
    assert all(articles == passages for articles, passages in counts)
    assert counts == sorted(counts)


def test_what_is_no_backup_leaves_the_library_alone(library: Library, tmp_path: Path) -> None:
    library.close()
    damaged = backup(library.folder, tmp_path / "copy.sqlite")
    damaged.write_bytes(damaged.read_bytes()[:5000])
    (tmp_path / "text").write_text("no library " * 1000)
    for file in (damaged, tmp_path / "text"):
        with pytest.raises(LibraryError, match="another backup"):
            restore(library.folder, file)
    with pytest.raises(InputError, match="depeche backup"):
        restore(library.folder, tmp_path / "absent")
    assert words_of(library.folder, "dockers") == ["port"]
    assert not list(tmp_path.glob("*.part"))


def test_nothing_is_restored_under_a_writer(library: Library, tmp_path: Path) -> None:
    file = backup(library.folder, tmp_path / "copy.sqlite")
    library.hold()
    with pytest.raises(LibraryBusyError, match="process"):
        restore(library.folder, file)


def test_a_backup_needs_a_library_and_a_place_of_its_own(library: Library, tmp_path: Path) -> None:
    with pytest.raises(NoLibraryError):
        backup(tmp_path / "absent", tmp_path / "copy")
    with pytest.raises(InputError, match="elsewhere"):
        backup(library.folder, library.folder)


def test_the_commands_say_what_they_did(
    library: Library, tmp_path: Path, depeche: Callable[..., Any]
) -> None:
    done = depeche("backup", tmp_path / "copy.sqlite", "--library", library.folder)
    assert done.code == 0
    assert "copy.sqlite" in done.out
    done = depeche("restore", tmp_path / "copy.sqlite", "--library", tmp_path / "new")
    assert done.code == 0
    assert "2 articles" in done.out


def overwritten(folder: Path) -> None:
    (folder / "library.sqlite").write_bytes(b"no library any more " * 500)


def cut_short(folder: Path) -> None:
    file = folder / "library.sqlite"
    file.write_bytes(file.read_bytes()[:20_000])


def emptied(folder: Path) -> None:
    (folder / "library.sqlite").write_bytes(b"")


@pytest.mark.parametrize("harm", [overwritten, cut_short, emptied])
def test_a_backup_is_put_in_the_place_of_a_file_that_cannot_be_opened(
    library: Library, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    file = backup(library.folder, tmp_path / "copy.sqlite")
    library.close()
    harm(library.folder)
    harmed = (library.folder / "library.sqlite").read_bytes()
    assert restore(library.folder, file) == (2, 2)
    assert words_of(library.folder, "dockers") == ["port"]
    if harmed:
        assert (library.folder / DAMAGED).read_bytes() == harmed
    assert not list(library.folder.glob("*.part"))


def newer(sqlite: sqlite3.Connection) -> None:
    sqlite.execute("PRAGMA user_version = 99")


def of_another_program(sqlite: sqlite3.Connection) -> None:
    sqlite.executescript("DROP TABLE passages; PRAGMA user_version = 0")


def with_a_column_less(sqlite: sqlite3.Connection) -> None:
    sqlite.execute("ALTER TABLE articles DROP COLUMN published")


@pytest.mark.parametrize("change", [newer, of_another_program, with_a_column_less])
def test_what_this_version_does_not_read_is_not_put_back(
    library: Library, tmp_path: Path, change: Callable[[sqlite3.Connection], None]
) -> None:
    file = backup(library.folder, tmp_path / "copy.sqlite")
    with closing(sqlite3.connect(file)) as sqlite:
        change(sqlite)
        sqlite.commit()
    library.close()
    with pytest.raises(LibraryError, match=r"format 99|lacks|no such table"):
        restore(library.folder, file)
    assert words_of(library.folder, "dockers") == ["port"]
