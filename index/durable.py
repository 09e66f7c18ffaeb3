"""Files that are whole or not there: written beside, synced, read back, renamed, and known by hash.

A full disk is only noticed by reading back: `faiss.write_index` says nothing.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from index import faults
from index.errors import LibraryError

if TYPE_CHECKING:
    from pathlib import Path


def write_file(path: Path, data: bytes) -> str:
    """Put a file in place, durably; its sha256.

    :raises LibraryError: what the disk gives back is not what was written
    """
    beside = path.with_name(path.name + ".part")
    beside.write_bytes(data)
    faults.at("file written")
    sync(beside)
    faults.at("file synced")
    wanted = hashlib.sha256(data).hexdigest()
    if file_digest(beside) != wanted:
        beside.unlink()
        raise LibraryError(f"{path.parent} did not keep what was written; free some disk space")
    beside.replace(path)
    faults.at("file in place")
    sync(path.parent)
    faults.at("file durable")
    return wanted


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, if they are not there; their names are durable."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for path in missing:
        sync(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a folder, its files and its name durable."""
    for path in (*folder.iterdir(), folder, folder.parent):
        sync(path)
        faults.at("folder synced in part")


def sync(path: Path) -> None:
    """Wait until the disk has a file, or a folder's names."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def file_digest(path: Path) -> str:
    """The sha256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def folder_digest(folder: Path) -> str:
    """One sha256 over the names and contents of a folder's files; lock files do not count."""
    whole = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if not path.name.endswith(".lock"):
            whole.update(f"{path.name}\0{file_digest(path)}\n".encode())
    return whole.hexdigest()
