"""What the command line does to a library: index, status, forget."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from index.store import open_library

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Done

    from index.types import Article

SOLDIERS = "Combien de soldats la Corée du Nord a-t-elle envoyés ?"


def articles(folder: Path) -> dict[str, Article]:
    library = open_library(folder)
    found = {article.id: article for article in library.articles()}
    library.close()
    return found


def test_status_counts_and_lists(depeche: Callable[..., Done], corpus_library: Path) -> None:
    done = depeche("status", "--library", corpus_library)
    assert done.code == 0
    facts = dict(line.split(maxsplit=1) for line in done.out.splitlines())
    assert facts["articles"] == "39 (fr 36, en 2, de 1)"
    assert facts["encoder"].startswith("depeche@")
    library = open_library(corpus_library)
    assert facts["passages"].startswith(f"{library.database.count()[1]} of at most")
    library.close()
    listed = depeche("status", "--articles", "--library", corpus_library).out.splitlines()[4:]
    assert len(listed) == 39
    assert next(line for line in listed if line.startswith("phare")).split()[1] == "-"
    assert any(line.split()[1] == "2023-02" for line in listed)


def test_forgetting_removes(depeche: Callable[..., Done], paper: Path, tmp_path: Path) -> None:
    depeche("index", paper)
    done = depeche("forget", "port", "port", "wolves")
    assert (done.code, done.out.partition(";")[0]) == (0, "2 forgotten")
    assert set(articles(tmp_path / ".depeche")) == {"flood"}
    asked = depeche("ask", "Quand les dockers ont-ils voté la grève ?", "--json")
    assert {hit["article"] for hit in json.loads(asked.out)["hits"]} == {"flood"}


# Indexing again


def snapshot(folder: Path) -> dict[str, tuple[int, int]]:
    """When each file of the derived indexes was written, and how large it is."""
    files = [*folder.glob("vectors-*"), *folder.glob("lexical-*/*")]
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in files}


def test_indexing_twice_changes_nothing(
    depeche: Callable[..., Done], paper: Path, tmp_path: Path
) -> None:
    library = tmp_path / "library"
    first = depeche("index", paper, "--library", library)
    assert "3 articles stored, 0 unchanged, 0 problems" in first.err
    before = snapshot(library), articles(library)
    second = depeche("index", paper, "--library", library)
    assert "0 articles stored, 3 unchanged, 0 problems" in second.err
    assert (snapshot(library), articles(library)) == before


def test_a_changed_file_replaces_its_passages(
    depeche: Callable[..., Done], paper: Path, tmp_path: Path
) -> None:
    depeche("index", paper)
    (paper / "port.txt").write_text("Le port\n\nLes grutiers sont revenus.\n", encoding="utf-8")
    done = depeche("index", paper)
    assert "1 articles stored, 2 unchanged" in done.err
    assert articles(tmp_path / ".depeche")["port"].text == "Les grutiers sont revenus."
    library = open_library(tmp_path / ".depeche")
    assert library.search_words("dockers", "fr", 5) == []
    assert [h.passage.article.id for h in library.search_words("grutiers", "fr", 5)] == ["port"]
    assert library.database.count() == (3, 3)
    library.close()


def test_a_file_gone_is_reported_and_removed_with_sync(
    depeche: Callable[..., Done], paper: Path, tmp_path: Path
) -> None:
    depeche("index", paper)
    (paper / "port.txt").unlink()
    told = depeche("index", paper)
    assert told.code == 0
    assert "gone     port" in told.err
    assert "--sync removes it" in told.err
    assert set(articles(tmp_path / ".depeche")) == {"flood", "port", "wolves"}
    done = depeche("index", paper, "--sync")
    assert "removed" in done.err
    assert set(articles(tmp_path / ".depeche")) == {"flood", "wolves"}
    assert "gone" not in depeche("index", paper, "--sync").err


def test_one_bad_file_does_not_stop_the_rest(
    depeche: Callable[..., Done], paper: Path, tmp_path: Path
) -> None:
    (paper / "broken.json").write_text("{", encoding="utf-8")
    (paper / "empty.txt").write_bytes(b"")
    (paper / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (paper / ".hidden.txt").write_text("secret", encoding="utf-8")
    done = depeche("index", paper)
    assert set(articles(tmp_path / ".depeche")) == {"flood", "port", "wolves"}
    lines = done.err.splitlines()
    assert "3 articles stored, 0 unchanged, 2 problems" in lines[-1]
    assert [line.split(":")[0].split("/")[-1] for line in lines[-3:-1]] == [
        "broken.json",
        "empty.txt",
    ]
    assert sum(line.startswith("skipped") for line in lines) == 2


def test_index_again_makes_the_passages_anew(
    depeche: Callable[..., Done], corpus_library: Path, tmp_path: Path
) -> None:
    library = tmp_path / "library"
    shutil.copytree(corpus_library, library)
    before = articles(library)
    asked = ("ask", SOLDIERS, "--json", "--library", library)
    answer = json.loads(depeche(*asked).out)
    done = depeche("index", "--again", "--library", library)
    assert done.code == 0
    assert "39 articles made again with depeche@" in done.err
    assert articles(library) == before
    again = json.loads(depeche(*asked).out)
    assert again["text"] == answer["text"]
    assert again["hits"] == answer["hits"]
