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
from conftest import FLOOD, PORT, ROOT, WOLVES
from writer import word_of

from eval.gate import QUESTIONS
from eval.rows import read_rows
from index.build import add_articles
from index.errors import LibraryBusyError
from index.store import create_library, open_library
from index.types import Article
from rag.chain import chain_of

if TYPE_CHECKING:
    from promises import Cases, Promise

    from index.store import Library
    from index.types import Embedder, Vectors

READERS = 8
KINDS = ("add", "publish", "add", "remove", "publish", "forget")
ALL = 10_000  # questions; after a fifth of them, memory is looked at for the first time
GROWTH = 50_000_000  # bytes
SLOW = (ROOT / "tests/slow_page.py").read_text(encoding="utf-8")
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
def test_memory_stays_flat(
    in_memory: Path, embedder: Embedder, cases: Cases, promise: Promise
) -> None:
    """Over three short articles, which are soon read: what a question takes is the same."""
    chain = chain_of(few_articles(in_memory / "library", embedder), embedder)
    questions = [row["question"] for row in read_rows(QUESTIONS)]
    count = cases(0, ALL)
    warm = count // 5
    before = (0, 0, 0)
    for number in range(count):
        if number == warm:
            before = (resident(), open_files(), threading.active_count())
        chain.ask(f"{questions[number % len(questions)]} {number}")
    grown, files, threads = (
        now - then
        for now, then in zip(
            (resident(), open_files(), threading.active_count()), before, strict=True
        )
    )
    promise(
        "memory",
        f"< 50 MB more from question {ALL // 5:,} to {ALL:,}; 0 leaked files or threads",
        f"{grown / 1e6:+.1f} MB from question {warm:,} to {count:,}; "
        f"{files} files, {threads} threads",
    )
    chain.library.close()
    assert grown < GROWTH
    assert files <= 0
    assert threads <= 0


def few_articles(folder: Path, embedder: Embedder) -> Library:
    library = create_library(folder)
    parts = [text.strip().split("\n\n") for text in (PORT, FLOOD, WOLVES)]
    articles = [Article(f"a{n}", title, text, "fr") for n, (title, text) in enumerate(parts)]
    add_articles(library, embedder, articles)
    return library


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


def test_a_page_that_is_being_answered_is_answered_to_its_end(
    corpus_library: Path, promise: Promise
) -> None:
    """Asked as the page's own script does, of a server that takes three seconds an answer."""
    with subprocess.Popen(
        [sys.executable, "-c", SLOW, str(corpus_library)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    ) as process:  # fmt: skip
        assert process.stdout is not None
        gradio = process.stdout.readline().split()[1].rstrip("/") + "/fr/gradio_api"
        asked = {
            "data": ["Combien, lentement, de soldats en Russie ?", "", None, "", "", [], []],
            "fn_index": function_of(gradio, {"submit", "click"}),
            "session_hash": "stopped",
        }
        posted(f"{gradio}/queue/join", asked)
        said: list[str] = []
        ending = False
        with urllib.request.urlopen(
            f"{gradio}/queue/data?session_hash=stopped", timeout=60
        ) as stream:
            for line in stream:
                said += [json.loads(line[6:])["msg"]] if line.startswith(b"data: ") else []
                if said.count("process_generating") == 1 and not ending:
                    process.send_signal(signal.SIGTERM)
                    ending = True
        _, told = process.communicate(timeout=60)
    promise(
        "SIGTERM while the page shows an answer",
        "the answer ends, exit 0, no traceback",
        f"exit {process.returncode}, {'whole' if 'process_completed' in said else 'cut'}",
    )
    assert said[-2:] == ["process_completed", "close_stream"]
    assert process.returncode == 0
    assert "Traceback" not in told


def function_of(gradio: str, events: set[str]) -> int:
    """The number of the page's function that these set off."""
    address = gradio.replace("gradio_api", "config")
    with urllib.request.urlopen(address, timeout=60) as given:
        functions = json.load(given)["dependencies"]
    found: int = next(f["id"] for f in functions if {event for _, event in f["targets"]} == events)
    return found


def posted(address: str, body: object) -> None:
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(address, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert json.load(answer)["event_id"]


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
