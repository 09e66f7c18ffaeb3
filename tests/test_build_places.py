"""Where articles came from: one file is one place, and what cannot be seen is not gone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.build import Gone, Stored, build
from index.loaded import Problem, Skipped
from index.store import Library, create_library

if TYPE_CHECKING:
    from index.types import Embedder


@pytest.fixture
def press(tmp_path: Path) -> Path:
    folder = tmp_path / "press"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text("Le port ferme lundi, a dit le maire.", "utf-8")
    (folder / "sub" / "b.txt").write_text("La crue a emporté le pont de bois.", "utf-8")
    return folder


def test_a_folder_that_cannot_be_opened_is_not_gone(
    library: Library, embedder: Embedder, press: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sum(isinstance(s, Stored) for s in build(library, embedder, [press])) == 2
    scandir = os.scandir

    def denied(path: str | Path) -> object:
        if Path(path).name == "sub":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", denied)
    steps = list(build(library, embedder, [press], sync=True))
    assert [type(s) for s in steps if isinstance(s, Gone | Problem)] == [Problem]
    assert {article.id for article in library.articles()} == {"a", "sub/b"}


def test_a_file_is_not_taken_twice_under_two_ids(
    library: Library, embedder: Embedder, press: Path
) -> None:
    list(build(library, embedder, [press]))
    problems = [s for s in build(library, embedder, [press.parent]) if isinstance(s, Problem)]
    assert len(problems) == 2
    assert all(str(press) in problem.message for problem in problems)
    assert {article.id for article in library.articles()} == {"a", "sub/b"}


def test_a_library_within_the_folder_is_not_read(
    library: Library, embedder: Embedder, press: Path
) -> None:
    create_library(press / "lib").close()
    steps = list(build(library, embedder, [press]))
    assert [s.path.name for s in steps if isinstance(s, Skipped)] == ["lib"]
