"""strace: system calls of the writer (writer.py), recorded or made to fail.

It knows nothing of what the calls do to a disk: disk.py replays them.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

CALLS: Final = (
    "openat,write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,ftruncate,"
    "mkdir,mkdirat,rmdir,sendfile,copy_file_range,lseek"
)
CHANGES: Final = (
    "write,pwrite64,fsync,fdatasync,rename,renameat,unlink,unlinkat,ftruncate,mkdir,mkdirat,"
    "sendfile"
)
FILLS: Final = "write,pwrite64,sendfile,mkdir,mkdirat"  # what a full disk refuses
_LINE: Final = re.compile(r"(\d+) +(\w+)\((.*)\) += (-?\d+)")
_STRING: Final = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_HANDLE: Final = re.compile(r"(\d+)<((?:\\x[0-9a-f]{2})*)>")
_NAMED: Final = re.compile(rf"{_HANDLE.pattern}|{_STRING.pattern}")


class Call(NamedTuple):
    name: str
    arguments: str
    result: int

    def strings(self) -> list[bytes]:
        return [_bytes(found) for found in _STRING.findall(self.arguments)]

    def handles(self) -> list[tuple[int, str]]:
        """Numbers and paths of the open files named."""
        return [(int(n), _bytes(p).decode()) for n, p in _HANDLE.findall(self.arguments)]

    def paths(self) -> list[Path]:
        """The paths named, each below the open folder named before it."""
        found = []
        base = Path()
        for match in _NAMED.finditer(self.arguments):
            if match[1] is not None:
                base = Path(_bytes(match[2]).decode())
            else:
                found.append(base / _bytes(match[3]).decode())
        return found

    def last_number(self) -> int:
        return int(self.arguments.rpartition(", ")[2], 0)


def _bytes(escaped: str) -> bytes:
    return bytes.fromhex(escaped.replace("\\x", ""))


def stopped_short(*arguments: str, error: str, at: str, calls: str) -> int:
    """Run the writer; the n-th of these calls gives this error. The exit code.

    :param at: as strace's `when`: "3" for the third, "3+" from the third on
    """
    inject = f"inject={calls}:error={error}:when={at}"
    command = ["strace", "-f", "-o", "/dev/null", "-e", f"trace={calls}", "-e", inject]
    return _run(command, arguments).returncode


def recorded(trace: Path, *arguments: str) -> list[Call]:
    """Run the writer; its system calls, those of all its threads in order."""
    done = _run(
        ["strace", "-f", "-y", "-xx", "-s", "100000000", "-o", str(trace), "-e", f"trace={CALLS}"],
        arguments,
    )
    assert done.returncode == 0, done.stderr
    return list(_calls(trace.read_text(encoding="ascii").splitlines()))


def _run(command: list[str], arguments: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", "PYTHONDONTWRITEBYTECODE": "1"}
    child = [sys.executable, str(ROOT / "tests" / "writer.py"), *arguments]
    return subprocess.run(
        [*command, *child], env=environment, capture_output=True, encoding="utf-8", check=False
    )


def _calls(lines: list[str]) -> Iterator[Call]:
    """The calls that did something, where they ended."""
    begun: dict[str, str] = {}
    for line in lines:
        thread, _, rest = line.partition(" ")
        whole = line
        if rest.endswith("<unfinished ...>"):
            begun[thread] = line.removesuffix("<unfinished ...>")
            continue
        if "resumed>" in rest:
            whole = begun.pop(thread) + rest.partition("resumed>")[2]
        match = _LINE.match(whole)
        if match and int(match[4]) >= 0:
            yield Call(match[2], match[3], int(match[4]))
