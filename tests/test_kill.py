"""A process killed while it changes a library: nothing acknowledged is lost, and it opens."""

from __future__ import annotations

import os
import re
import signal
import time
from multiprocessing import get_context
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
import writer
from conftest import ROOT
from writer import World, lines_of, looked_at, worlds

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.context import ForkServerProcess
    from pathlib import Path

    from promises import Cases, Promise

    from index.types import Embedder

    Start = Callable[..., ForkServerProcess]

POINTS = sorted(
    {
        point
        for file in (ROOT / "index").glob("*.py")
        for point in re.findall(r'faults\.at\("([^"]+)"\)', file.read_text(encoding="utf-8"))
    }
)
ONCE = {"settings noted"}  # points that a library passes once; the others are met a second time too
TIMES = 20  # that the process is killed at each point
LATEST = 0.6  # seconds after which it is killed at random: up to ten changes
TOGETHER = 25  # kills that one library lives through


@pytest.fixture(scope="module")
def start() -> Start:
    """Starts the writer in a process of its own, forked from one that has loaded everything."""
    context = get_context("forkserver")
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", paths)
        context.set_forkserver_preload(["warm_writer"])

        def started(*arguments: Any) -> ForkServerProcess:  # noqa: ANN401 - as `write` takes them
            process = context.Process(target=writer.write, args=arguments)
            process.start()
            return process

        return started


def test_points_have_names_of_their_own() -> None:
    assert len(POINTS) >= 30


def test_killed_between_durable_steps(
    start: Start, in_memory: Path, embedder: Embedder, cases: Cases, promise: Promise
) -> None:
    count = cases(5, TIMES * len(POINTS))
    for number in range(count):
        point = POINTS[number * (1 if count > len(POINTS) else 7) % len(POINTS)]
        chance = Random(number)
        folder, journal = in_memory / f"{number}", in_memory / f"{number}.lines"
        before = 0 if point in ONCE else chance.randrange(2)  # times that it is passed
        process = start(folder, journal, number, (), f"{point}:{before}")
        process.join()
        assert process.exitcode == -signal.SIGKILL, point
        looked_at(folder, worlds(World(), lines_of(journal)), embedder)
    promise(
        f"kill -9 at {len(POINTS)} points between durable steps",
        f"0 acknowledged articles lost of {len(POINTS)} x {TIMES} kills; the library opens",
        f"0 lost in {count:,} kills",
    )


def test_killed_at_random(
    start: Start, in_memory: Path, embedder: Embedder, cases: Cases, promise: Promise
) -> None:
    count = cases(4, 1_000)
    world, acknowledged = World(), 0
    for number in range(count):
        folder = in_memory / f"{number // TOGETHER}"
        journal = in_memory / f"{number}.lines"
        world = world if number % TOGETHER else World()
        process = start(folder, journal, number)
        first = 1 if number % 3 else 0  # two in three after something was acknowledged
        while process.is_alive() and lines_of(journal).count("done") < first:
            time.sleep(0.001)
        time.sleep(Random(number).uniform(0, LATEST))
        process.kill()
        process.join()
        lines = lines_of(journal)
        acknowledged += lines.count("done")
        world = looked_at(folder, worlds(world, lines), embedder)
    promise(
        "kill -9 at a random moment",
        "0 acknowledged articles lost in 1,000 kills; the library opens",
        f"0 lost in {count:,} kills, {acknowledged:,} changes acknowledged",
    )
