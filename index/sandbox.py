"""Files of others are read in a process of its own, which a bomb may end without harm.

The process is started when the first such file comes, by `spawn` and not by `fork`, is used for the
next ones, and is replaced when it dies. Knows nothing of formats.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any, Final

from index.errors import UnreadableFileError
from index.readers.raw import Fault, Left, RawArticle

if TYPE_CHECKING:
    from collections.abc import Iterator

CPU: Final = 15  # seconds of computing for a file, or for one in an archive
# Seconds without an answer, for what waits rather than computes: a busy machine may give a process
# a tenth of its time.
SILENCE: Final = 120.0
LARGEST: Final = 200_000_000  # bytes of a file that is read so: it must fit the child's memory
LONGEST_ANSWER: Final = 100_000_000  # bytes; an article of ten million characters, escaped
RESTARTS: Final = 20  # members of one archive that may end the process
_KINDS: Final = {"article": RawArticle, "fault": Fault, "left": Left}
_PACKAGES: Final = Path(__file__).parents[1]
_idle: list[Worker] = []


def read_apart(suffix: str, data: bytes) -> Iterator[RawArticle | Fault | Left]:
    """What is in a file, as `formats.read` has it.

    A file in an archive that ends the process is a `Fault`, and the others go on.

    :raises UnreadableFileError: none of it can be used, or reading it took too much
    """
    if len(data) > LARGEST:
        raise UnreadableFileError(f"has {len(data)} bytes, more than {LARGEST}; split it")
    done = 0
    for _ in range(RESTARTS):
        worker = _living()
        try:
            yield from worker.read(suffix, data, done)
        except WorkerDiedError as death:
            if worker.members == 0:
                raise UnreadableFileError(str(death)) from death
            yield Fault(f"{worker.member} {death}")
            done += worker.members
        else:
            return
        finally:
            _keep(worker)
    raise UnreadableFileError(f"holds {RESTARTS} files that cannot be read; unpack it and see")


class WorkerDiedError(Exception):
    """The process that read a file is no more; the message says why, for the user."""


class Worker:
    """A process that reads files, one at a time."""

    def __init__(self) -> None:
        # -P: what lies in the current folder is no module.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "index.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            start_new_session=True,  # Ctrl-C is for the program, which then ends this
        )
        self.is_fit = True  # to read another file
        self.member = ""  # the file in the archive that is being read
        self.members = 0  # how many were met since `read` was called

    def read(self, suffix: str, data: bytes, done: int) -> Iterator[RawArticle | Fault | Left]:
        self.is_fit, self.members = False, 0
        self._send({"suffix": suffix, "size": len(data), "done": done, "cpu": CPU}, data)
        while (answer := self._answer())["kind"] != "end":
            kind = answer.pop("kind")
            if kind == "member":
                self.member, self.members = answer["name"], self.members + 1
            else:
                yield _KINDS[kind](**answer)
        self.is_fit = answer["fit"]
        if answer["error"]:
            raise UnreadableFileError(answer["error"])

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def close(self) -> None:
        """End the process; twice is as good as once."""
        self._process.kill()
        self._process.communicate()
        self.is_fit = False

    def _send(self, order: dict[str, object], data: bytes) -> None:
        assert self._process.stdin is not None  # noqa: S101 - for the type checker
        try:
            self._process.stdin.write(json.dumps(order).encode("ascii") + b"\n")
            self._process.stdin.write(data)
            self._process.stdin.flush()
        except OSError as error:
            raise WorkerDiedError(self._reason()) from error

    def _answer(self) -> dict[str, Any]:
        """The next line, or the reason why there is none."""
        assert self._process.stdout is not None  # noqa: S101 - for the type checker
        watch = Timer(SILENCE, self._process.kill)
        watch.start()
        try:
            line = self._process.stdout.readline(LONGEST_ANSWER)
        finally:
            watch.cancel()
        if not line.endswith(b"\n"):
            raise WorkerDiedError(self._reason())
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _reason(self) -> str:
        self._process.kill()
        ended = -self._process.wait()
        if ended == getattr(signal, "SIGXCPU", None):
            return f"took more than {CPU} s to read; save it as .txt"
        if ended == getattr(signal, "SIGKILL", None):
            return f"gave nothing for {SILENCE:.0f} s or too much at once; save it as .txt"
        return "made its reader crash; save it as .txt"


def _environment() -> dict[str, str]:
    """What the process is told: where the modules are, and none of the program's secrets."""
    kept = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LANG", "LC_ALL")
    told = {name: os.environ[name] for name in kept if name in os.environ}
    threads = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    return {**told, **threads, "PYTHONPATH": str(_PACKAGES), "PYTHONDONTWRITEBYTECODE": "1"}


def _living() -> Worker:
    while _idle:
        worker = _idle.pop()
        if worker.is_alive():
            return worker
        worker.close()
    return Worker()


def _keep(worker: Worker) -> None:
    """One process is kept for the next file; a second thread's is not."""
    if worker.is_fit and not _idle:
        _idle.append(worker)
    else:
        worker.close()


@atexit.register
def _close() -> None:
    while _idle:
        _idle.pop().close()
