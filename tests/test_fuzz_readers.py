"""Files of every format, damaged at random: one clear line each, and never a crash.

The seed is fixed, so that a failure comes back.
"""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

import pytest
from documents import MAKERS
from mutators import mutated

from index import sandbox
from index.errors import UnreadableFileError
from index.load import load
from index.loaded import LoadedArticle, Problem
from index.readers.links import read as read_links

if TYPE_CHECKING:
    from pathlib import Path

    from promises import Cases, Promise

SAMPLE, WHOLE = 20, 5_000  # files a format: in the suite, in the torture
SLOWEST = 20.0  # seconds of the process that reads, which CPU bounds; the machine may be busy
LONGEST_LINE = 510  # characters


@pytest.mark.parametrize("suffix", MAKERS)
def test_damaged_files_give_one_line_each(
    tmp_path: Path, suffix: str, cases: Cases, promise: Promise
) -> None:
    chance = random.Random(f"{suffix} 20241031")
    whole = MAKERS[suffix]()
    file = tmp_path / f"a{suffix}"
    read = told = 0
    count = cases(SAMPLE, WHOLE)
    for number in range(count):
        file.write_bytes(mutated(whole, chance))
        began = time.process_time()
        for item in load([file]):
            if isinstance(item, Problem):
                told += 1
                assert item.message, number
                assert "\n" not in item.message, (number, item.message)
                assert len(item.message) <= LONGEST_LINE, (number, item.message)
                assert "crash" not in item.message, (number, item.message)
            read += isinstance(item, LoadedArticle)
        assert time.process_time() - began < SLOWEST, number
    promise(
        f"damaged {suffix} files",
        "0 crashes, 0 hangs over 20 s, one line each",
        f"0 of {count:,}: {read:,} articles read, {told:,} lines",
    )
    assert read + told > 0


def problem(data: bytes) -> str:
    """What is said of a list of addresses; nothing when it can be read."""
    try:
        list(sandbox.read_apart("links", data))
    except UnreadableFileError as error:
        return str(error)
    return ""


def test_damaged_lists_of_addresses(cases: Cases, promise: Promise) -> None:
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    page = "<url><loc>https://quai.example/a</loc></url>"
    sitemap = f'<?xml version="1.0"?><urlset {space}>{page * 3}</urlset>'.encode()
    assert [raw.url for raw in read_links(sitemap)] == ["https://quai.example/a"] * 3
    chance = random.Random("links")
    for whole in (sitemap, MAKERS[".rss"](), MAKERS[".atom"]()):
        for _ in range(cases(SAMPLE, WHOLE)):
            assert "crash" not in problem(mutated(whole, chance))
    promise("damaged feeds and sitemaps", "0 crashes", f"0 of {3 * cases(SAMPLE, WHOLE):,} files")
