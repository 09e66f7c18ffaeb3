"""A library whose articles hold payloads, the page over it, and the watch on what a page does.

Every article has one payload in all that it has, its file's name too.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest
from watches import LINES, Watch, listening

from index.build import Stored, build
from index.store import create_library

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from conftest import OpenPage, Serving
    from watches import Sink

    from index.types import Article, Embedder

SERVER: Final = (Path(__file__).parent / "hostile_page.py").read_text(encoding="utf-8")
SAMPLE: Final = 4  # payloads of each place in the suite, where each costs a question or a page
AT_ONCE: Final = 50  # payloads of one answer
TO_REACH: Final = "0 of 150 payloads run or call out"


def every(count: int) -> range:
    """So many payloads, from all kinds."""
    return range(0, len(LINES), -(-len(LINES) // count))


class Hostile(NamedTuple):
    address: str
    articles: Sequence[Article]  # one a payload, in the order of the library
    payloads: Sequence[str]


@pytest.fixture(scope="session")
def sink() -> Iterator[Sink]:
    with listening() as opened:
        yield opened


@pytest.fixture(scope="session")
def hostile(
    sink: Sink, tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, serving: Serving
) -> Iterator[Hostile]:
    """The page over one article a payload, which stands in all that it has, its file's name too."""
    folder = tmp_path_factory.mktemp("payloads")
    files = folder / "files"
    files.mkdir()
    for number, payload in enumerate(sink.payloads()):
        name = f"{number:03} {payload}".replace("/", "⁄").encode()[:240].decode(errors="ignore")
        row = json.dumps(_row(number, payload))
        (files / f"{name}.json").write_text(row, encoding="utf-8")
    library = create_library(folder / "library")
    stored = [step for step in build(library, embedder, [files]) if isinstance(step, Stored)]
    articles = list(library.articles())
    library.close()
    assert len(stored) == len(articles) == len(LINES)
    with serving("-c", SERVER, str(folder / "library")) as address:
        yield Hostile(address, articles, sink.payloads())


def _row(number: int, payload: str) -> dict[str, str]:
    urls = (f"https://gazette.example/{number}?{payload}", f"javascript:alert({number})//{payload}")
    return {
        "title": f"Titre {payload}",
        "text": f"Le zorglub mesure {number + 12} mètres {payload} au garrot.",
        "language": "fr",
        "source": f"Gazette {payload}",
        "author": f"Ana {payload}",
        "published": "2024-10-03",
        "url": urls[number % 2],
    }


@pytest.fixture
def watch(open_page: OpenPage, sink: Sink) -> Watch:
    return Watch(open_page(bypass_csp=True), sink)
