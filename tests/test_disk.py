"""A disk that fails, fills up or loses its power while a library is written to."""

from __future__ import annotations

import resource
import shutil
import subprocess
from random import Random
from typing import TYPE_CHECKING

import pytest
from disk import image, is_followed
from strace import CHANGES, FILLS, recorded, stopped_short
from writer import World, article_of, lines_of, looked_at, worlds, write

from index.build import add_articles
from index.chunk import chunk
from index.errors import LibraryError
from index.store import create_library, open_library

if TYPE_CHECKING:
    from pathlib import Path

    from promises import Cases, Promise

    from index.types import Embedder

FIRST = ("add", "add", "add", "publish")
THEN = "add,remove,publish,forget,backup,again"
LIFE = "add,add,publish,add,publish,remove,publish,backup,forget,add,again,restore,add,publish"
MOST = 200  # calls, by which every error has been met


@pytest.fixture(scope="module")
def tracing() -> None:
    """Skip where no process may be traced."""
    if shutil.which("strace") is None:
        pytest.skip("there is no strace; on Debian: apt-get install strace")
    if subprocess.run(["strace", "-o", "/dev/null", "true"], check=False).returncode:
        pytest.skip("strace may not trace processes here")


@pytest.mark.usefixtures("tracing")
@pytest.mark.parametrize(
    "fault",
    [("n-th I/O error", "EIO", CHANGES, ""), ("full disk", "ENOSPC", FILLS, "+")],
    ids=["error", "full"],
)
def test_every_call_that_fails_leaves_no_half_change(
    in_memory: Path, embedder: Embedder, cases: Cases, promise: Promise, fault: tuple[str, ...]
) -> None:
    name, error, calls, more = fault
    made, journal = in_memory / "made", in_memory / "made.lines"
    write(made, journal, 1, FIRST)
    (before, _) = worlds(World(), lines_of(journal))
    step = max(1, MOST // cases(5, MOST))
    failed = 0
    for n in range(step // 2 + 1, MOST, step):
        folder, lines = in_memory / f"{n}", in_memory / f"{n}.lines"
        shutil.copytree(made, folder)
        reader = open_library(folder)
        reader.search_words("conseil", "fr", 1)
        code = stopped_short(
            str(folder), str(lines), "2", THEN, error=error, at=f"{n}{more}", calls=calls
        )
        assert code in {0, 3}, (n, code)
        assert reader.search_words("conseil", "fr", 1), n
        reader.close()
        looked_at(folder, worlds(before, lines_of(lines)), embedder)
        shutil.rmtree(folder)
        if code == 0 and "again" in lines.read_text().splitlines()[-2]:
            break
        failed += code == 3
    promise(
        name,
        "n = 1, 2, 3 ... until clean: 0 half changes, reading goes on, indexing resumes",
        f"0 in {failed:,} failing runs, {'every call' if step == 1 else f'one call of {step}'}",
    )
    assert failed


@pytest.mark.parametrize("size", [100, 1_000, 1_500])
def test_files_that_may_not_grow_leave_the_library_as_it_was(
    in_memory: Path, embedder: Embedder, size: int
) -> None:
    """As on a full disk, at tantivy's first file, at its last, and at the vectors."""
    library = create_library(in_memory / "library")
    add_articles(library, embedder, [article_of("a0", "brumaire")])
    passages = chunk(more := article_of("a1", "vendange"))
    library.add(more, passages, embedder.embed_passages([p.text for p in passages]))
    before = sorted(path.name for path in library.folder.iterdir())
    reader = open_library(library.folder)
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, unlimited[1]))
    try:
        with pytest.raises(LibraryError, match="see to its disk"):
            library.publish()
        library.close()
        assert reader.search_words("brumaire", "fr", 1)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
    assert sorted(path.name for path in library.folder.iterdir()) == before
    reader.close()
    again = open_library(library.folder)
    assert again.search_words("vendange", "fr", 1)[0].passage.article == more
    again.close()


@pytest.mark.usefixtures("tracing")
def test_power_lost_at_any_moment(
    in_memory: Path, embedder: Embedder, cases: Cases, promise: Promise
) -> None:
    top = in_memory / "disk"
    top.mkdir()
    calls = recorded(
        in_memory / "trace", str(top / "library"), str(in_memory / "life.lines"), "3", LIFE
    )
    assert is_followed(calls, top)
    count = cases(12, 2_000)
    for number in range(count):
        chance = Random(number)
        there = in_memory / "image"
        shutil.rmtree(in_memory / "image.again", ignore_errors=True)
        lines = image(calls[: chance.randrange(len(calls))], top, there, chance)
        looked_at(there / "library", worlds(World(), lines), embedder)
        shutil.rmtree(there)
    promise(
        "power loss",
        "0 acknowledged articles lost, 0 unopenable in 2,000 crash images",
        f"0 in {count:,} images of {len(calls):,} calls",
    )
