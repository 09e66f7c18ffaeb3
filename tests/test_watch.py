"""`depeche watch`: a folder that changes, a library that follows, and a clean end."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from conftest import FLOOD, ROOT

from index.store import open_library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PATIENCE = 60  # seconds, on a busy machine


def known(library: Path) -> dict[str, str]:
    try:
        opened = open_library(library)
    except Exception:  # noqa: BLE001 - it is not there yet
        return {}
    try:
        return {article.id: article.text for article in opened.articles()}
    finally:
        opened.close()


def wait_for(right: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE
    while not right():
        assert time.monotonic() < ends, "it never came"
        time.sleep(0.1)


@contextmanager
def watching(paper: Path, library: Path) -> Iterator[subprocess.Popen[str]]:
    code = "from rag.cli import main; main()"
    command = [sys.executable, "-c", code, "watch", str(paper), "--library", str(library)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, encoding="utf-8") as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_folder_stays_indexed(paper: Path, tmp_path: Path, number: signal.Signals) -> None:
    library = tmp_path / "library"
    with watching(paper, library) as process:
        wait_for(lambda: set(known(library)) == {"port", "flood", "wolves"})
        if number == signal.SIGINT:
            (paper / "new.txt").write_text(FLOOD, encoding="utf-8")
            wait_for(lambda: "new" in known(library))
            (paper / "port.txt").write_text("Le port\n\nLa grève est finie.\n", encoding="utf-8")
            wait_for(lambda: known(library)["port"] == "La grève est finie.")
            (paper / "wolves.txt").unlink()
            (paper / ".hidden.txt").write_text("secret", encoding="utf-8")
            wait_for(lambda: "wolves" not in known(library))
            assert set(known(library)) == {"port", "flood", "new"}
        process.send_signal(number)
        _, told = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert "Traceback" not in told
    assert told.splitlines()[0].startswith("watching ")
    assert told.splitlines()[-1].startswith("stopped")


def test_a_folder_that_is_not_there_is_told(depeche: Callable[..., object], tmp_path: Path) -> None:
    done = depeche("watch", tmp_path / "nowhere")
    assert "does not exist" in str(done)
