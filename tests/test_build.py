from __future__ import annotations

import os
import stat
import string
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.build import BATCH, Gone, Stored, Unchanged, add_articles, build, settings_of
from index.chunk import chunk
from index.errors import InputError, LibraryMismatchError
from index.loaded import Problem, Skipped
from index.store import create_library
from index.types import Article

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.build import Step
    from index.store import Library
    from index.types import Embedder, Vectors

PORT = "Les dockers ont voté la grève lundi. Le port ferme."
FLOOD = "La rivière a débordé mardi. Sept personnes ont été secourues."


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(f"Titre de {name}\n\n{text}\n", encoding="utf-8")
    return folder


def ids(steps: Sequence[Step], kind: type[Stored | Unchanged]) -> list[str]:
    return [step.loaded.article.id for step in steps if isinstance(step, kind)]


def known(library: Library) -> set[str]:
    return {article.id for article in library.articles()}


def test_each_article_is_stored_with_its_passages(
    library: Library, embedder: Embedder, tmp_path: Path
) -> None:
    paper = write(tmp_path / "paper", port=PORT, flood=FLOOD)
    steps = list(build(library, embedder, [paper]))
    assert [(s.loaded.article.id, s.passages) for s in steps if isinstance(s, Stored)] == [
        ("flood", 1),
        ("port", 1),
    ]
    assert library.article("port").text == PORT
    (hit, *_) = library.search_words("dockers", "fr", 5)
    assert hit.passage.text == PORT


def test_an_article_seen_as_stored_is_durable_when_the_rest_never_comes(
    library: Library, embedder: Embedder, tmp_path: Path
) -> None:
    paper = write(tmp_path / "paper", port=PORT, flood=FLOOD)
    steps = build(library, embedder, [paper])
    assert isinstance(next(steps), Stored)
    steps.close()  # type: ignore[attr-defined]  # a generator, ended as by Ctrl-C
    assert known(library) == {"flood"}
    assert ids(list(build(library, embedder, [paper])), Stored) == ["port"]


def test_what_is_the_same_is_not_embedded_again(
    library: Library, embedder: Embedder, tmp_path: Path
) -> None:
    paper = write(tmp_path / "paper", port=PORT, flood=FLOOD)
    list(build(library, embedder, [paper]))
    write(paper, flood="La rivière est rentrée dans son lit.")
    seen = Watched(embedder)
    steps = list(build(library, seen, [paper]))
    assert (ids(steps, Stored), ids(steps, Unchanged)) == (["flood"], ["port"])
    assert seen.texts == ["Titre de flood\nLa rivière est rentrée dans son lit."]


class Watched:
    """The embedded encoder, and what it was given to embed."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.name, self.dim = embedder.name, embedder.dim
        self.texts: list[str] = []
        self.batches: list[int] = []

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.texts += texts
        self.batches.append(len(texts))
        return self._embedder.embed_passages(texts)

    def embed_question(self, text: str) -> Vectors:
        return self._embedder.embed_question(text)


def test_passages_are_embedded_together_and_stored_with_their_own_vectors(
    library: Library, embedder: Embedder
) -> None:
    articles = [
        Article(f"n{n:03}", f"Titre {n}", f"Phrase {n} du port. " * (1 + n % 40), "fr")
        for n in range(BATCH + 6)
    ]
    seen = Watched(embedder)
    add_articles(library, seen, articles)
    cut = [chunk(article) for article in articles]
    assert seen.batches == [sum(map(len, cut[:BATCH])), sum(map(len, cut[BATCH:]))]
    assert seen.texts == [f"{p.article.title}\n{p.text}" for some in cut for p in some]
    stored, _ = library.database.vectors(embedder.dim)
    alone = [embedder.embed_passages([text]) for text in seen.texts]
    np.testing.assert_allclose(stored, np.concatenate(alone), atol=2e-3)


def test_an_article_without_passages_has_no_vectors(library: Library, embedder: Embedder) -> None:
    add_articles(library, embedder, [Article("vide", "Vide", "", "fr")])
    assert library.database.count() == (1, 0)
    assert library.search_words("vide", "fr", 5) == []
    assert library.search_vector(embedder.embed_question("vide"), 5) == []


def test_two_folders_whose_ids_clash_lose_nothing(
    library: Library, embedder: Embedder, tmp_path: Path
) -> None:
    one, two = write(tmp_path / "one", port=PORT), write(tmp_path / "two", port=FLOOD, other=FLOOD)
    list(build(library, embedder, [one]))
    steps = list(build(library, embedder, [two], sync=True))
    (problem,) = [step for step in steps if isinstance(step, Problem)]
    assert problem.path == two / "port.txt"
    assert "'port'" in problem.message
    assert str(one / "port.txt") in problem.message
    assert library.article("port").text == PORT
    assert known(library) == {"port", "other"}
    both = list(build(library, embedder, [tmp_path / "one", tmp_path / "two"], sync=True))
    assert [type(step) for step in both] == [Unchanged, Unchanged, Problem]
    assert library.article("port").text == PORT


def test_the_folder_above_both_tells_them_apart(
    library: Library, embedder: Embedder, tmp_path: Path
) -> None:
    above = tmp_path / "press"
    write(above / "one", port=PORT)
    write(above / "two", port=FLOOD)
    list(build(library, embedder, [above]))
    assert known(library) == {"one/port", "two/port"}


def test_a_file_that_moved_keeps_its_article(
    library: Library, embedder: Embedder, tmp_path: Path
) -> None:
    old, new = write(tmp_path / "old", port=PORT), write(tmp_path / "new", port=PORT)
    list(build(library, embedder, [old]))
    (old / "port.txt").unlink()
    assert ids(list(build(library, embedder, [new])), Stored) == ["port"]
    steps = list(build(library, embedder, [old, new], sync=True))
    assert not [step for step in steps if isinstance(step, Gone)]
    assert known(library) == {"port"}


def test_what_is_gone_is_only_told_unless_asked(
    library: Library, embedder: Embedder, tmp_path: Path
) -> None:
    paper = write(tmp_path / "paper", port=PORT, flood=FLOOD)
    other = write(tmp_path / "other", wolves="On a compté 46 loups.")
    list(build(library, embedder, [paper, other]))
    (paper / "port.txt").unlink()
    (other / "wolves.txt").unlink()
    for sync in (False, True):
        steps = list(build(library, embedder, [paper], sync=sync))
        assert [s for s in steps if isinstance(s, Gone)] == [
            Gone("port", paper / "port.txt", removed=sync)
        ]
    assert known(library) == {"flood", "wolves"}


@pytest.mark.parametrize("harm", ["empty", "no text", "unreadable"])
def test_a_file_with_a_problem_is_not_treated_as_gone(
    library: Library, embedder: Embedder, tmp_path: Path, harm: str
) -> None:
    paper = write(tmp_path / "paper", port=PORT, flood=FLOOD)
    list(build(library, embedder, [paper]))
    file = paper / "port.txt"
    if harm == "unreadable":
        if os.geteuid() == 0:
            pytest.skip("the administrator may read every file")
        file.chmod(stat.S_IWUSR)
    else:
        file.write_text("" if harm == "empty" else "*** 123 ***", encoding="utf-8")
    steps = list(build(library, embedder, [paper], sync=True))
    assert [step.path for step in steps if isinstance(step, Problem)] == [file]
    assert not [step for step in steps if isinstance(step, Gone)]
    assert library.article("port").text == PORT


def test_a_row_that_cannot_be_read_keeps_the_other_rows_of_its_file(
    library: Library, embedder: Embedder, tmp_path: Path
) -> None:
    file = tmp_path / "rows.jsonl"
    rows = [f'{{"id": "{n}", "title": "T", "text": "{PORT} {n}"}}' for n in range(3)]
    file.write_text("\n".join(rows), encoding="utf-8")
    list(build(library, embedder, [file]))
    file.write_text("\n".join([rows[0], '{"id": "1", "text"', rows[2]]), encoding="utf-8")
    steps = list(build(library, embedder, [file], sync=True))
    assert sum(isinstance(step, Problem) for step in steps) == 1
    assert known(library) == {"0", "1", "2"}
    file.write_text("\n".join([rows[0], rows[2]]), encoding="utf-8")
    assert Gone("1", file, removed=True) in list(build(library, embedder, [file], sync=True))
    assert known(library) == {"0", "2"}


def test_a_missing_path_changes_nothing(
    library: Library, embedder: Embedder, tmp_path: Path
) -> None:
    paper = write(tmp_path / "paper", port=PORT)
    with pytest.raises(InputError, match="lost"):
        list(build(library, embedder, [paper, tmp_path / "lost"]))
    assert library.database.count() == (0, 0)
    assert library.database.manifest.settings is None


def test_another_encoder_is_refused_before_anything_is_read(
    library: Library, embedder: Embedder, tmp_path: Path
) -> None:
    paper = write(tmp_path / "paper", port=PORT)
    list(build(library, embedder, [paper]))
    other = Watched(embedder)
    other.name = "another/encoder"
    write(paper, port=FLOOD)
    with pytest.raises(LibraryMismatchError, match="another/encoder"):
        list(build(library, other, [paper]))
    assert library.article("port").text == PORT
    assert library.settings == settings_of(embedder)


def test_what_is_no_article_is_skipped(
    library: Library, embedder: Embedder, tmp_path: Path
) -> None:
    paper = write(tmp_path / "paper", port=PORT)
    (paper / "photo.jpg").write_bytes(b"\xff\xd8")
    steps = list(build(library, embedder, [paper]))
    assert [step.path.name for step in steps if isinstance(step, Skipped)] == ["photo.jpg"]


names = st.text(string.ascii_lowercase, min_size=1, max_size=4)
texts = st.text(
    st.sampled_from("aé où .!?\n\u00a0«»’-1€漢字。") | st.characters(codec="utf-8"), max_size=600
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=st.dictionaries(names, texts, min_size=1, max_size=4))
def test_after_any_folder_passages_tile_every_article(
    embedder: Embedder, tmp_path: Path, files: dict[str, str]
) -> None:
    with TemporaryDirectory(dir=tmp_path) as name:
        folder = tmp_path / name
        paper = folder / "paper"
        paper.mkdir()
        for stem, text in files.items():
            (paper / f"{stem}.txt").write_bytes(text.encode())
        library = create_library(folder / "library")
        steps = list(build(library, embedder, [paper]))
        stored = ids(steps, Stored)
        problems = [step.path.stem for step in steps if isinstance(step, Problem)]
        assert sorted(stored + problems) == sorted(files)
        assert known(library) == set(stored)
        for article in library.articles():
            passages = library.passages(article.id)
            held = {at for p in passages for at in range(p.start, p.end)}
            assert all(at in held for at, c in enumerate(article.text) if not c.isspace())
            for passage in passages:
                assert passage.text == article.text[passage.start : passage.end] != ""
        assert ids(list(build(library, embedder, [paper])), Stored) == []
        library.close()
