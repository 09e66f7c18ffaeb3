"""A copy of a library's truth, made while it is read and written, and put back.

SQLite alone is copied: what is derived is made anew from it.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from index import durable, faults
from index.database import DATABASE, Database, open_database
from index.errors import InputError, LibraryError
from index.store import create_library

if TYPE_CHECKING:
    from pathlib import Path


def backup(folder: Path, to: Path) -> Path:
    """Copy a library to a file, or into a folder that exists; the file.

    It appears whole or not at all; one that is there is replaced.

    :raises NoLibraryError: there is no library in this folder
    :raises LibraryError: the copy is not sound
    """
    file = to / DATABASE if to.is_dir() else to
    database = open_database(folder)
    if file.resolve().parent == folder.resolve():
        raise InputError(f"{file} lies in the library itself; name a file elsewhere")
    beside = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        _write(database, beside)
        faults.at("backup written")
        durable.sync(beside)
        faults.at("backup synced")
        beside.replace(file)
        faults.at("backup in place")
        durable.sync(file.parent)
    finally:
        beside.unlink(missing_ok=True)
        database.close()
    return file


def _write(database: Database, file: Path) -> None:
    try:
        with closing(sqlite3.connect(file)) as copy:
            database.copy_to(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
            _check(copy, file)
    except sqlite3.DatabaseError as error:
        raise LibraryError(f"{file} cannot be written ({error}); see to its disk") from error


def restore(folder: Path, file: Path) -> tuple[int, int]:
    """Put what a backup holds into a library's folder; how many articles and passages.

    All at once: a library that is interrupted here is as it was, or as the backup. Who reads goes
    on, and finds the backup's articles next.

    :raises InputError: the file is no backup
    :raises LibraryBusyError: another process is writing
    """
    file = file / DATABASE if file.is_dir() else file
    if not file.is_file():
        raise InputError(f"there is no backup {file}; make one with: depeche backup FILE")
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as copy:
        _check(copy, file)
        library = create_library(folder)
        try:
            library.hold()
            library.database.copy_from(copy)
        finally:
            library.close()
    with closing(Database(folder / DATABASE)) as opened:  # takes up an older format
        return opened.count()


def _check(copy: sqlite3.Connection, file: Path) -> None:
    try:
        (said,) = copy.execute("PRAGMA quick_check(1)").fetchone()
        copy.execute("SELECT count(*) FROM articles, manifest LIMIT 1")
    except sqlite3.DatabaseError as error:
        said = str(error)
    if said != "ok":
        raise LibraryError(f"{file} is no sound library ({said}); use another backup")
