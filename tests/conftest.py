"""What tests share: libraries and articles, the command, the server and its clients."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import hypothesis
import pytest
from chromium import ask, browser, open_page, violations  # noqa: F401 - pytest finds them here
from hostile_library import hostile, sink, watch  # noqa: F401 - pytest finds them here
from mcp.client import Client
from promises import (  # noqa: F401 - pytest finds them here
    cases,
    promise,
    pytest_addoption,
    pytest_collection_modifyitems,
    pytest_configure,
    pytest_terminal_summary,
)
from starlette.testclient import TestClient

from eval.gate import ARTICLES, QUESTIONS
from eval.report import evaluate
from index.build import build
from index.embed import EMBEDDED, open_encoder
from index.store import create_library
from rag.chain import open_chain
from rag.cli import main
from rag.doors.access import open_access
from rag.server import doors, guarded

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page

    from eval.figures import Figures
    from index.store import Library
    from index.types import Embedder
    from rag.chain import Chain
    from rag.doors.access import Access

    ClientOf: TypeAlias = Callable[..., TestClient]
    Alone: TypeAlias = Callable[[Callable[[], Coroutine[Any, Any, Any]]], Any]
    CallMcp: TypeAlias = Callable[..., list[Any]]
    Serving: TypeAlias = Callable[..., AbstractContextManager[str]]
    OpenPage: TypeAlias = Callable[..., Page]
    Ask: TypeAlias = Callable[[Page, str], None]
    Violations: TypeAlias = Callable[[Page], list[tuple[str, list[str]]]]

ROOT = Path(__file__).parents[1]
MEMORY = Path("/dev/shm")  # noqa: S108 - folders of random names in it
SHARED = ROOT.parent / "shared"
PORT = "Grève au port\n\nLes dockers ont voté la grève lundi. Le port ferme pour huit jours.\n"
FLOOD = "Crue de l'Aune\n\nLa rivière a débordé mardi. Sept personnes ont été secourues.\n"
WOLVES = "Le loup\n\nOn a compté 46 loups cette année dans la vallée.\n"
# The machine may be busy: what must be fast is timed by tests of its own.
hypothesis.settings.register_profile("busy", deadline=None)
hypothesis.settings.load_profile("busy")


class Done(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return open_encoder(EMBEDDED)


@pytest.fixture(scope="session")
def corpus_library(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """The sample corpus, indexed; tests that change a library make their own."""
    folder = tmp_path_factory.mktemp("library")
    library = create_library(folder)
    for _ in build(library, embedder, [ROOT / "corpus"]):
        pass
    library.close()
    return folder


@pytest.fixture(scope="session")
def corpus_figures() -> Figures:
    """The figures of the sample corpus: all its questions asked, once for all tests."""
    return evaluate(QUESTIONS, ARTICLES)


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the shared articles are not beside this checkout")
    return SHARED


@pytest.fixture
def depeche(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[..., Done]:
    """Run the command in this process; a traceback would end the test."""
    monkeypatch.delenv("DEPECHE_LIBRARY", raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path) -> Done:
        monkeypatch.setattr(sys, "argv", ["depeche", *map(str, arguments)])
        code = 0
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        return Done(code, *capsys.readouterr())

    return run


@pytest.fixture
def in_memory(tmp_path: Path) -> Iterator[Path]:
    """An empty folder that costs the disk no syncs, where the system has such a place."""
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else tmp_path) as folder:
        yield Path(folder)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty one."""
    made = create_library(tmp_path / "library")
    yield made
    made.close()


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A folder of three articles."""
    folder = tmp_path / "paper"
    folder.mkdir()
    for name, text in (("port", PORT), ("flood", FLOOD), ("wolves", WOLVES)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def serving() -> Serving:
    """Runs a Python command that prints the page's address; gives it until the block ends."""

    @contextmanager
    def served(*command: str) -> Iterator[str]:
        command = (sys.executable, *command)
        with subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8"
        ) as process:
            assert process.stdout is not None
            try:
                said = process.stdout.readline()
                assert said.startswith("Dépêche: http://127.0.0.1:")
                yield said.split()[1]
            finally:
                process.terminate()

    return served


@pytest.fixture(scope="session")
def address(serving: Serving, corpus_library: Path) -> Iterator[str]:
    """The chat page and the doors over the sample corpus, on a free port."""
    options = ("--port", "0", "--rate", "0", "--library", str(corpus_library))
    with serving("app.py", *options) as found:
        yield found


@pytest.fixture(scope="session")
def corpus_chain(corpus_library: Path) -> Iterator[Chain]:
    opened = open_chain(corpus_library)
    yield opened
    opened.library.close()


@pytest.fixture
def chain(corpus_library: Path, tmp_path: Path) -> Iterator[Chain]:
    """Over a library of its own, which a test may change."""
    shutil.copytree(corpus_library, tmp_path / "library")
    opened = open_chain(tmp_path / "library")
    yield opened
    opened.library.close()


@pytest.fixture
def client_of() -> Iterator[ClientOf]:
    """Makes an HTTP client of the doors over a chain, in this process."""
    with ExitStack() as opened:

        def made(chain: Chain, access: Access | None = None, rate: int = 0) -> TestClient:
            known = access or open_access(chain.library.folder, "127.0.0.1")
            app = guarded(doors(chain, known), rate)
            client = TestClient(app, "http://127.0.0.1", raise_server_exceptions=False)
            return opened.enter_context(client)

        yield made


@pytest.fixture(scope="session")
def alone() -> Iterator[Alone]:
    """Runs a coroutine function in a thread of its own: the browser's tests have a loop here."""
    with ThreadPoolExecutor(1) as thread:
        yield lambda work: thread.submit(lambda: asyncio.run(work())).result()


@pytest.fixture(scope="session")
def call_mcp(alone: Alone) -> CallMcp:
    """Connects to an MCP server, calls tools (name, arguments), closes."""

    def called(server: Any, *calls: tuple[str, dict[str, Any]]) -> list[Any]:  # noqa: ANN401 - what a Client connects to
        async def work() -> list[Any]:
            async with Client(server) as client:
                return [await client.call_tool(name, arguments) for name, arguments in calls]

        results: list[Any] = alone(work)
        return results

    return called
