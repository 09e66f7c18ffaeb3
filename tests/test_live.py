"""A library that is read, written and shut down at once."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import writer
from conftest import ROOT
from writer import word_of

from eval.gate import QUESTIONS
from eval.rows import read_rows
from index.errors import LibraryBusyError
from index.store import create_library, open_library

if TYPE_CHECKING:
    from promises import Cases, Promise

    from index.store import Library
    from index.types import Embedder, Vectors
    from rag.chain import Chain

READERS = 8
KINDS = ("add", "publish", "add", "remove", "publish", "forget")
WARM, ALL = 2_000, 10_000  # questions, after which memory is looked at
GROWTH = 50_000_000  # bytes
ASKING = 4  # clients when the server is stopped


def read(library: Library, vector: Vectors, wrong: list[str], ends: float) -> int:
    """Search until then, and look whether every hit is one article's own; how often."""
    asked = 0
    while time.monotonic() < ends:
        try:
            hits = library.search_words("conseil de la vallée", "fr", 20)
            hits += library.search_vector(vector, 20)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is counted
            wrong.append(repr(error))
            continue
        asked += 1
        for hit in hits:
            passage, article = hit.passage, hit.passage.article
            whole = f"On a lu {word_of(article)} au conseil." in article.text
            if not whole or passage.text != article.text[passage.start : passage.end]:
                wrong.append(f"torn: {hit}")
    return asked


def test_readers_beside_a_writer(
    in_memory: Path, embedder: Embedder, cases: Cases, promise: Promise
) -> None:
    seconds = cases(4, 60)
    folder, journal = in_memory / "library", in_memory / "lines"
    writer.write(folder, journal, 1, ("add", "add", "add", "publish"))
    process = get_context("spawn").Process(
        target=writer.write, args=(folder, journal, 2, KINDS * 10 * seconds)
    )
    process.start()
    while len(journal.read_text(encoding="utf-8").splitlines()) < 9:
        time.sleep(0.01)
    wrong: list[str] = []
    asked: list[int] = []
    vector = embedder.embed_question("Qu'a voté le conseil ?")
    with ExitStack() as opened:
        shared = open_library(folder)
        own = [open_library(folder) for _ in range(READERS // 2)]
        for library in (shared, *own):
            opened.callback(library.close)
        ends = time.monotonic() + seconds
        readers = [
            threading.Thread(
                target=lambda lib: asked.append(read(lib, vector, wrong, ends)), args=(lib,)
            )
            for lib in (*own, *[shared] * (READERS - len(own)))
        ]
        for thread in readers:
            thread.start()
        waited = refused(folder, process.pid)
        for thread in readers:
            thread.join()
    process.kill()
    process.join()
    done = journal.read_text(encoding="utf-8").splitlines().count("done")
    promise(
        "8 readers, 1 writer, deletes, 60 s",
        "0 errors, 0 torn reads; a second writer refused within 1 s, told who holds the lock",
        f"{len(wrong)} in {sum(asked):,} reads beside {done:,} changes in {seconds} s; "
        f"refused after {waited:.2f} s",
    )
    assert wrong == []
    assert min(asked) > 0
    assert waited < 1


def refused(folder: Path, holder: int | None) -> float:
    """Seconds until a second writer is told who writes."""
    second = create_library(folder)
    began = time.monotonic()
    with pytest.raises(LibraryBusyError, match=f"process {holder}"):
        second.hold()
    waited = time.monotonic() - began
    second.close()
    return waited


def resident() -> int:
    """Bytes of this process in memory."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize()


def open_files() -> int:
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - only counted


@pytest.mark.torture
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
def test_memory_stays_flat(corpus_chain: Chain, cases: Cases, promise: Promise) -> None:
    questions = [row["question"] for row in read_rows(QUESTIONS)]
    warm, count = cases(WARM, WARM), cases(ALL, ALL)
    before = (0, 0, 0)
    for number in range(count):
        if number == warm:
            before = (resident(), open_files(), threading.active_count())
        corpus_chain.ask(f"{questions[number % len(questions)]} {number}")
    grown, files, threads = (
        now - then
        for now, then in zip(
            (resident(), open_files(), threading.active_count()), before, strict=True
        )
    )
    promise(
        "memory",
        f"< 50 MB more from question {WARM:,} to {ALL:,}; 0 leaked files or threads",
        f"{grown / 1e6:+.1f} MB from question {warm:,} to {count:,}; "
        f"{files} files, {threads} threads",
    )
    assert grown < GROWTH
    assert files <= 0
    assert threads <= 0


def test_a_server_stopped_under_load_ends_its_answers(
    corpus_library: Path, promise: Promise
) -> None:
    code = "from rag.cli import main; main()"
    options = ["serve", "--port", "0", "--rate", "0", "--library", str(corpus_library)]
    with subprocess.Popen(
        [sys.executable, "-c", code, *options],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    ) as process:  # fmt: skip
        assert process.stdout is not None
        address = process.stdout.readline().split()[1].rstrip("/")
        ended: list[str] = []
        clients = [threading.Thread(target=ask_on, args=(address, ended)) for _ in range(ASKING)]
        for client in clients:
            client.start()
        while ended.count("whole") < 2 * ASKING:
            assert process.poll() is None
            assert any(client.is_alive() for client in clients), ended
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        _, said = process.communicate(timeout=60)
        stopped = time.monotonic() - began
        for client in clients:
            client.join()
    promise(
        "SIGTERM under load",
        "running answers end, exit 0, no traceback",
        f"exit {process.returncode} after {stopped:.1f} s, {ended.count('cut')} answers cut, "
        f"{ended.count('whole')} whole",
    )
    assert process.returncode == 0
    assert "Traceback" not in said
    assert ended.count("cut") == 0


def ask_on(address: str, ended: list[str]) -> None:
    """Ask until nobody listens any more."""
    body = json.dumps({"question": "Combien de soldats en Russie ?"}).encode()
    request = urllib.request.Request(
        f"{address}/v1/ask", body, {"Content-Type": "application/json"}
    )
    while True:
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                json.loads(answer.read())
                ended.append("whole")
        except urllib.error.URLError as error:
            ended.append("refused" if isinstance(error.reason, ConnectionError) else "cut")
            return
        except Exception:  # noqa: BLE001 - the answer broke off
            ended.append("cut")
            return
