"""The process in which files of others are taken apart: `python -m index.worker`.

One file after the other on standard input, what is in it on standard output, a line of JSON each.
It may use so much time and memory and no more, opens no connection, starts and writes nothing.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from index.errors import UnreadableFileError
from index.formats import read
from index.readers.raw import Fault, Left, Member, RawArticle

if TYPE_CHECKING:
    from index.formats import Read

MEMORY: Final = 1_000_000_000  # bytes of addresses; importing all readers takes a fifth of it
_REFUSED: Final = (  # what Python tells before it does it
    "socket.connect", "socket.bind", "socket.getaddrinfo", "subprocess.Popen", "os.system",
    "os.exec", "os.fork", "os.posix_spawn", "os.remove", "os.rename", "os.mkdir", "os.rmdir",
    "os.symlink", "os.link", "os.truncate",
)  # fmt: skip


def main() -> None:
    """Serve until standard input ends."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - what a library prints is no answer
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
    _limit_memory()
    sys.addaudithook(_refuse)
    while line := sys.stdin.buffer.readline():
        order = json.loads(line)
        data = sys.stdin.buffer.read(order["size"])
        if not _serve(order, data, answers):
            return  # what ran out of memory is not trusted again


def _serve(order: dict[str, Any], data: bytes, answers: BinaryIO) -> bool:
    """Read one file; whether the process is fit to read another."""
    error, fit = "", True
    _limit_cpu(order["cpu"])
    try:
        for item in read(order["suffix"], data, order["done"]):
            _tell(answers, _kind(item), asdict(item))
            _limit_cpu(order["cpu"])
    except UnreadableFileError as problem:
        error = str(problem)
    except MemoryError:
        error, fit = f"needs more than {MEMORY // 1_000_000} MB to read; split it", False
    except RecursionError:
        error = "is nested too deep; save it as .txt"
    except Exception as problem:  # noqa: BLE001 - foreign parsers on foreign input
        error = f"cannot be taken apart ({type(problem).__name__}: {problem}); save it as .txt"
    _tell(answers, "end", {"error": error[:1000], "fit": fit})
    return fit


def _kind(item: Read) -> str:
    kinds = {RawArticle: "article", Fault: "fault", Left: "left", Member: "member"}
    return kinds[type(item)]


def _tell(answers: BinaryIO, kind: str, fields: dict[str, object]) -> None:
    answers.write(json.dumps({"kind": kind, **fields}).encode("ascii") + b"\n")
    answers.flush()


def _limit_memory() -> None:
    """On systems that know such limits, as Linux does; elsewhere only time is limited."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _limit_cpu(seconds: int) -> None:
    """So many from now on; the system ends the process after that."""
    try:
        import resource
    except ImportError:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(
        resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime) + seconds + 1, hard)
    )


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    """What no reader does, whatever a file makes of it."""
    writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
    if event in _REFUSED or writes:
        raise PermissionError(f"a reader may not do this: {event}")


if __name__ == "__main__":
    main()
