"""What a disk holds after the power went: recorded system calls (strace.py), replayed in part.

A file holds what it held when it was last synced, and of what was written since any part: each
4,096 bytes of a write came through or not, in any order. A folder's names are those of its last
sync, and of the changes since, the first few. Maps shared in memory are not followed: SQLite's
`-shm` is the only one, and it is made anew.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from random import Random

    from strace import Call

SECTOR: Final = 4096


@dataclass(eq=False)
class File:
    data: bytearray = field(default_factory=bytearray)
    synced: bytes = b""
    since: list[tuple[int, bytes | None]] = field(default_factory=list)  # None: cut there

    def write(self, at: int, some: bytes) -> None:
        _put(self.data, at, some)
        self.since.append((at, some))

    def cut(self, size: int) -> None:
        _cut(self.data, size)
        self.since.append((size, None))

    def sync(self) -> None:
        self.synced, self.since = bytes(self.data), []

    def left(self, chance: Random) -> bytes:
        """What is found of it after the power went."""
        data = bytearray(self.synced)
        share = chance.choice((0.0, 0.5, 0.9, 1.0))
        for at, some in self.since:
            if some is None:
                if chance.random() < share:
                    _cut(data, at)
                continue
            for start in range(0, len(some), SECTOR):
                if chance.random() < share:
                    _put(data, at + start, some[start : start + SECTOR])
        return bytes(data)


def _put(data: bytearray, at: int, some: bytes) -> None:
    _cut(data, max(len(data), at))
    data[at : at + len(some)] = some


def _cut(data: bytearray, size: int) -> None:
    del data[size:]
    data.extend(bytes(size - len(data)))


@dataclass(eq=False)
class Folder:
    names: dict[str, File | Folder] = field(default_factory=dict)
    synced: dict[str, File | Folder] = field(default_factory=dict)
    since: list[dict[str, File | Folder]] = field(default_factory=list)  # the names, each change

    def change(self, name: str, to: File | Folder | None) -> None:
        self.names = {key: value for key, value in self.names.items() if key != name}
        if to is not None:
            self.names[name] = to

    def changed(self) -> None:
        self.since.append(self.names)

    def sync(self) -> None:
        self.synced, self.since = self.names, []

    def put_left(self, there: Path, chance: Random) -> None:
        """Write what is found of it after the power went."""
        there.mkdir()
        for name, entry in chance.choice([self.synced, *self.since]).items():
            if isinstance(entry, Folder):
                entry.put_left(there / name, chance)
            elif not name.endswith("-shm"):
                (there / name).write_bytes(entry.left(chance))


class Disk:
    """The files below a folder that was empty, as the calls left them."""

    def __init__(self, root: Path) -> None:
        self.root = Folder()
        self._top = root
        self._at: dict[int, int] = {}  # where in its file an open file stands

    def do(self, call: Call) -> None:
        if call.name == "openat":
            self._open(call)
        elif call.name in {"write", "pwrite64"}:
            self._write(call)
        elif call.name == "sendfile":
            self._copy(call)
        elif call.name == "lseek":
            self._at[call.handles()[0][0]] = call.result
        elif call.name == "ftruncate" and isinstance(found := self._found(call), File):
            found.cut(call.last_number())
        elif call.name in {"fsync", "fdatasync"} and (entry := self._found(call)):
            entry.sync()
        elif call.name.startswith(("mkdir", "rmdir", "unlink", "rename")):
            self._name(call)
        elif call.name == "copy_file_range":
            raise NotImplementedError(call)

    def _open(self, call: Call) -> None:
        path = call.paths()[0]
        self._at[call.result] = 0
        if (place := self._place(path)) is None:
            return
        folder, name = place
        there = folder.names.get(name)
        if there is None and "O_CREAT" in call.arguments:
            folder.change(name, File())
            folder.changed()
        elif isinstance(there, File) and "O_TRUNC" in call.arguments and there.data:
            there.cut(0)

    def _write(self, call: Call) -> None:
        handle = call.handles()[0][0]
        some = call.strings()[0][: call.result]
        at = call.last_number() if call.name == "pwrite64" else self._at.get(handle, 0)
        if call.name == "write":
            self._at[handle] = at + len(some)
        if isinstance(found := self._found(call), File):
            found.write(at, some)

    def _copy(self, call: Call) -> None:
        (to, path), (_, source) = call.handles()
        given = re.search(r"\[(\d+)\]", call.arguments)
        start = int(given[1]) if given else 0
        at = self._at.get(to, 0)
        self._at[to] = at + call.result
        target, read = self.entry(Path(path)), self.entry(Path(source))
        if isinstance(target, File):
            assert isinstance(read, File)
            target.write(at, bytes(read.data[start : start + call.result]))

    def _name(self, call: Call) -> None:
        paths = call.paths()
        place = self._place(paths[0])
        if place is None:
            return
        folder, name = place
        if call.name.startswith("mkdir"):
            folder.change(name, Folder())
        else:
            entry = folder.names[name]
            folder.change(name, None)
            if call.name.startswith("rename"):
                other = self._place(paths[1])
                assert other is not None
                assert other[0] is folder, "moved between folders"
                folder.change(other[1], entry)
        folder.changed()

    def _found(self, call: Call) -> File | Folder | None:
        return self.entry(Path(call.handles()[0][1]))

    def entry(self, path: Path) -> File | Folder | None:
        """What the last call left under a path."""
        if path == self._top:
            return self.root
        place = self._place(path)
        return place[0].names.get(place[1]) if place else None

    def _place(self, path: Path) -> tuple[Folder, str] | None:
        """The folder and the name of a path; None when it lies elsewhere."""
        if self._top not in path.parents:
            return None
        folder = self.root
        for part in path.relative_to(self._top).parts[:-1]:
            below = folder.names.get(part)
            if not isinstance(below, Folder):
                return None
            folder = below
        return folder, path.name


def is_followed(calls: list[Call], top: Path) -> bool:
    """Whether a replay of all of the calls gives every file that is there."""
    disk = Disk(top)
    for call in calls:
        disk.do(call)
    files = [path for path in top.rglob("*") if path.is_file()]
    found = [disk.entry(path) for path in files]
    return bool(files) and all(
        isinstance(entry, File) and bytes(entry.data) == path.read_bytes()
        for path, entry in zip(files, found, strict=True)
    )


def image(calls: list[Call], top: Path, there: Path, chance: Random) -> list[str]:
    """Put a disk there on which the power went after these calls; what the journal had said."""
    disk = Disk(top)
    lines = b""
    for call in calls:
        if call.name == "write" and call.handles()[0][1].endswith(".lines"):
            lines += call.strings()[0]
        disk.do(call)
    shutil.rmtree(there, ignore_errors=True)
    disk.root.put_left(there, chance)
    return lines.decode().splitlines()
