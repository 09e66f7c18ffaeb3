"""Which files are read of the files and folders that are indexed, and why not the others.

Knows nothing of what is in a file.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from index.clean import one_line
from index.errors import InputError
from index.formats import READERS
from index.loaded import Problem, Skipped
from index.readers.raw import suffix_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.address import Place


def check_paths(paths: Sequence[Path]) -> None:
    """Raise InputError when one does not exist."""
    for path in paths:
        if not _exists(path):
            raise InputError(f"{shown(path)} does not exist, or may not be seen; check the path")


def count_files(paths: Sequence[Path]) -> int:
    """How many files `load` will open."""
    return sum(isinstance(item, Path) for path in paths for item in files_of(path))


def files_of(root: Path) -> Iterator[Path | Problem | Skipped]:
    """The files of a folder, or the one file, by name."""
    if root.is_dir():
        yield from _walk(root, os.path.realpath(root))
    elif root.is_file() and suffix_of(root) in READERS:
        yield root
    else:
        formats = " ".join(sorted(READERS))
        yield Problem(root, f"has none of the formats {formats}; save it in one of them")


def _walk(top: Path, root: str) -> Iterator[Path | Problem | Skipped]:
    """Depth first, by name; a loop, since folders may lie deeper than calls may go."""
    levels = [_entries(top)]
    while levels:
        entry = next(levels[-1], None)
        if entry is None:
            levels.pop()
        elif isinstance(entry, Problem):
            yield entry
        elif reason := _reason_to_skip(entry, Path(entry.path), root):
            yield Skipped(Path(entry.path), reason)
        elif entry.is_dir():
            levels.append(_entries(Path(entry.path)))
        else:
            yield Path(entry.path)


def _entries(folder: Path) -> Iterator[os.DirEntry[str] | Problem]:
    try:
        yield from sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Problem(folder, f"cannot be opened ({error.strerror}); check its permissions")


def _reason_to_skip(entry: os.DirEntry[str], path: Path, root: str) -> str | None:
    if entry.name.startswith("."):
        return "hidden"
    if entry.is_symlink() and not _leads_inside(path, root):
        return "a link that leads out of the folder, or nowhere"
    if entry.is_dir():
        if (path / "library.sqlite").is_file():
            return "a library"
        return "a link to a folder, read where it really is" if entry.is_symlink() else None
    return _reason_to_skip_file(entry, suffix_of(path))


def _leads_inside(link: Path, root: str) -> bool:
    return _exists(link) and Path(os.path.realpath(link)).is_relative_to(root)


def _exists(path: Path) -> bool:
    return os.path.exists(path)  # noqa: PTH110 - Path.exists raises where it may not look


def _reason_to_skip_file(entry: os.DirEntry[str], suffix: str) -> str | None:
    if not entry.is_file():
        return "not a regular file"
    if suffix not in READERS:
        return f"unknown format {suffix}" if suffix else "no suffix that tells its format"
    return None


def shown(path: Place) -> str:
    """A path as one line, whatever its name holds."""
    return one_line(os.fsencode(path).decode("utf-8", "replace"))
