"""Nothing leaves this machine: import, index, serve, ask and stop, with every way out refused."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from promises import Cases, Promise

ROOT = Path(__file__).parents[1]
JOURNEY = (ROOT / "tests/unconnected.py").read_text(encoding="utf-8")


def prefix() -> list[str]:
    """The command that gives a program a network of its own; empty where there is none."""
    tool = shutil.which("unshare")
    found = [tool, "--map-root-user", "--net", "--"] if tool else []
    if tool and subprocess.run([*found, "true"], capture_output=True, check=False).returncode == 0:
        return found
    return []


def attempts(folder: Path, *arguments: object) -> tuple[list[str], int | None]:
    """What Python saw of attempts to leave, and how many the kernel counted (None: unknown)."""
    done = subprocess.run(
        [*prefix(), sys.executable, "-c", JOURNEY, str(folder), *map(str, arguments)],
        cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", check=True, timeout=3600,
    )  # fmt: skip
    seen, counted = json.loads(done.stdout.splitlines()[-1])
    return seen, counted


def test_nothing_leaves_this_machine(tmp_path: Path, cases: Cases, promise: Promise) -> None:
    articles = sorted((ROOT / "corpus").glob("2*.md"))[: cases(2, 100)]
    questions = cases(2, 100)
    seen, counted = attempts(tmp_path, questions, *articles)
    kernel = "no network of its own here" if counted is None else f"{counted} seen by the kernel"
    promise(
        f"attempts to leave this machine: import, index, serve, {questions} questions, stop",
        "0",
        f"{len(seen)} seen by Python, {kernel}",
    )
    assert seen == []
    assert not counted


def test_the_watch_sees_what_it_should(tmp_path: Path) -> None:
    """The positive control: one attempt that Python sees, one that only the kernel does."""
    if not prefix():
        pytest.skip("this system gives no process a network of its own")
    seen, counted = attempts(tmp_path, 0, "--control")
    assert len(seen) == 1
    assert "192.0.2.1" in seen[0]
    assert counted == 1
