"""How a server holds under load: many readers at once, then more than it takes.

    python bench/load.py [PASSAGES] [USERS] [SECONDS]

The library is made by chance from the words of the sample corpus, as often as they occur there; the
questions are of such words too. Each reader asks, reads for a while, and asks again. The peer is
the same server with one reader alone, so that the ratio says what the others cost; what a machine
does besides weighs on both. At the end more ask at once than may wait: who is refused must be so
at once, and told when to come again.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import numpy as np

from index.build import add_articles
from index.embed import EMBEDDED, open_encoder
from index.store import create_library
from index.types import Article
from rag.doors.limits import AT_ONCE, WAITING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PASSAGES, USERS, SECONDS = 100_000, 50, 600
ALONE = 20  # questions that one reader asks first
READING = 30.0  # seconds that a reader reads, on average, before asking again; untested
SENTENCES, WORDS = 90, 18  # an article, a sentence: some ten passages an article
BATCH = 500  # articles added at a time
BURST = 2 * (AT_ONCE + WAITING)  # questions at the same moment at the end
ROOT = Path(__file__).parents[1]
REFUSED = {429, 503}


@dataclass
class Asked:
    """What came of the questions: seconds of each, by how it ended."""

    answered: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def ask(self, address: str, question: str) -> None:
        body = json.dumps({"question": question}).encode()
        request = Request(f"{address}/v1/ask", body, {"Content-Type": "application/json"})  # noqa: S310 - ours
        began = time.perf_counter()
        try:
            with urlopen(request, timeout=120) as answer:  # noqa: S310 - our own server
                json.load(answer)
            self.answered.append(time.perf_counter() - began)
        except HTTPError as error:
            if error.code in REFUSED and error.headers["Retry-After"]:
                self.refused.append(time.perf_counter() - began)
            else:
                self.failed.append(f"HTTP {error.code}")
        except (OSError, URLError, ValueError) as error:
            self.failed.append(repr(error))


def main(passages: int, users: int, seconds: float) -> None:
    with TemporaryDirectory() as folder:
        began = time.perf_counter()
        found = make_library(Path(folder), passages)
        print(f"{found:,} passages indexed in {time.perf_counter() - began:.0f} s")
        code = "from rag.cli import main; main()"
        options = ["serve", "--port", "0", "--rate", "0", "--library", folder]
        command = [sys.executable, "-c", code, *options]
        with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as server:  # noqa: S603 - ours
            assert server.stdout is not None  # noqa: S101 - for the types
            address = server.stdout.readline().split()[1].rstrip("/")
            try:
                answered = measure(address, users, seconds)
            finally:
                server.terminate()
    own = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = (own.ru_utime + own.ru_stime) / max(1, answered)
    print(f"{busy:.2f} s of the processor an answer, the server's start included")


def measure(address: str, users: int, seconds: float) -> int:
    """Print how long answers took; how many there were."""
    alone = Asked()
    for question in questions(0, ALONE):
        alone.ask(address, question)
    many = Asked()
    ends = time.monotonic() + seconds
    at_once([threading.Thread(target=read, args=(many, address, n, ends)) for n in range(users)])
    burst = Asked()
    asked = questions(1, BURST)
    at_once([threading.Thread(target=burst.ask, args=(address, question)) for question in asked])
    print(f"one reader: {told(alone)}")
    print(f"{users} readers for {seconds:g} s: {told(many)}")
    if alone.answered and many.answered:
        ratio = np.median(many.answered) / np.median(alone.answered)
        print(f"p50 of many / p50 of one: {ratio:.1f}")
    print(f"{BURST} at once: {told(burst)}")
    if burst.refused:
        print(f"the slowest of those refused after {max(burst.refused) * 1e3:,.0f} ms")
    for line in sorted({*many.failed, *burst.failed}):
        print(f"error: {line}")
    return len(alone.answered) + len(many.answered) + len(burst.answered)


def read(asked: Asked, address: str, number: int, ends: float) -> None:
    """One reader: come at any moment, ask, read, ask again."""
    chance = Random(number)
    time.sleep(min(chance.uniform(0, READING), max(0.0, ends - time.monotonic())))
    for question in questions(number + 2, 1_000_000):
        if time.monotonic() >= ends:
            return
        asked.ask(address, question)
        time.sleep(min(chance.expovariate(1 / READING), max(0.0, ends - time.monotonic())))


def at_once(threads: Sequence[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def told(asked: Asked) -> str:
    counts = (
        f"{len(asked.answered):,} answered, {len(asked.refused):,} refused, "
        f"{len(asked.failed):,} errors"
    )
    if not asked.answered:
        return counts
    p50, p99 = np.percentile(asked.answered, (50, 99)) * 1e3
    return f"p50 {p50:,.0f} ms, p99 {p99:,.0f} ms; {counts}"


@cache
def words() -> list[str]:
    """Those of the sample corpus, each as often as it occurs."""
    texts = [file.read_text(encoding="utf-8") for file in sorted((ROOT / "corpus").glob("2*.md"))]
    return re.findall(r"[^\W\d_][\w’'-]*|\d+", "\n".join(texts))


def questions(seed: int, count: int) -> Iterator[str]:
    chance, known = Random(seed), [word for word in words() if len(word) > 4]  # noqa: PLR2004 - of some meaning
    for _ in range(count):
        yield f"Combien de {' '.join(chance.choices(known, k=4))} ?"


def make_library(folder: Path, passages: int) -> int:
    """So many passages, or a few more; how many."""
    library, embedder = create_library(folder), open_encoder(EMBEDDED)
    chance, known, number = Random(0), words(), 0
    while library.database.count()[1] < passages:
        missing = passages - library.database.count()[1]
        articles = [
            Article(f"a{number + n}", line(chance, known), text(chance, known), "fr",
                    f"Journal {n % 40}", None, f"20{n % 25:02}-{n % 12 + 1:02}-{n % 28 + 1:02}")
            for n in range(max(1, min(BATCH, missing // 10)))
        ]  # fmt: skip
        number += len(articles)
        add_articles(library, embedder, articles)
    found = library.database.count()[1]
    library.close()
    return found


def text(chance: Random, known: Sequence[str]) -> str:
    return " ".join(f"{line(chance, known)}." for _ in range(SENTENCES))


def line(chance: Random, known: Sequence[str]) -> str:
    return " ".join(chance.choices(known, k=WORDS)).capitalize()


if __name__ == "__main__":
    given = [int(number) for number in sys.argv[1:]]
    main(*given, *(PASSAGES, USERS, SECONDS)[len(given) :])
