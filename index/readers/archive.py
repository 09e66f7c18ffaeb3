"""A zip -> the files in it. What their names say is never followed on the disk."""

from __future__ import annotations

import unicodedata
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from index.readers.container import Container
from index.readers.raw import Fault, Left, Packed, suffix_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def read(data: bytes) -> Iterator[Packed | Fault | Left]:
    """:raises UnreadableFileError: it is no zip, or holds too many files"""
    container = Container(data)
    for name in container.names:
        path = PurePosixPath(unicodedata.normalize("NFC", name.replace("\\", "/")))
        if _leads_out(path):
            yield Fault(f"{name[:200]!r} names a place outside of the archive; rename it")
        elif any(part.startswith(".") or part == "__MACOSX" for part in path.parts):
            yield Left(name, "hidden")
        else:
            yield _packed(container, name, path)


def _leads_out(path: PurePosixPath) -> bool:
    parts = path.parts
    return not parts or path.is_absolute() or ".." in parts or ":" in parts[0]


def _packed(container: Container, name: str, path: PurePosixPath) -> Packed:
    suffix = suffix_of(path)
    member = path.as_posix()[: -len(suffix)] if suffix else path.as_posix()
    return Packed(str(path), suffix, partial(container.read, name), member=member)
