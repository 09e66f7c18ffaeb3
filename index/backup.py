"""A copy of a library's truth, made while it is read and written, and put back.

SQLite alone is copied: what is derived is made anew from it.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from index import durable, faults
from index.database import DATABASE, Database, open_database
from index.errors import InputError, LibraryBusyError, LibraryError, LibraryMismatchError
from index.schema import format_of, lacking
from index.writer import Writer

if TYPE_CHECKING:
    from pathlib import Path

DAMAGED: Final = f"{DATABASE}.damaged"  # kept for who wants to look further; `forget` removes it


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
            said = _unsound(copy)
    except sqlite3.DatabaseError as error:
        raise LibraryError(f"{file} cannot be written ({error}); see to its disk") from error
    if said:
        raise LibraryError(f"the library is not sound ({said}); run: depeche doctor")


def restore(folder: Path, file: Path) -> tuple[int, int]:
    """Put what a backup holds into a library's folder; how many articles and passages.

    All at once: a library that is interrupted here is as it was, or as the backup. Who reads goes
    on, and finds the backup's articles next; unless the library's file could not be used any more:
    then it is kept as `DAMAGED`, and who reads it has to open it again.

    :raises InputError: the file is no backup
    :raises LibraryBusyError: another process is writing
    :raises LibraryMismatchError: the backup or the library is of a newer format
    """
    file = file / DATABASE if file.is_dir() else file
    if not file.is_file():
        raise InputError(f"there is no backup {file}; make one with: depeche backup FILE")
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as copy:
        said = _unsound(copy)
        if said:
            raise LibraryError(f"{file} is no sound library ({said}); use another backup")
        durable.make_folder(folder)
        writer = Writer(folder)
        writer.hold()
        try:
            _put_back(copy, folder)
        finally:
            writer.release()
    with closing(Database(folder / DATABASE)) as opened:  # takes up an older format
        return opened.count()


def _put_back(copy: sqlite3.Connection, folder: Path) -> None:
    try:
        with closing(Database(folder / DATABASE)) as database:
            database.copy_from(copy)
    except (LibraryBusyError, LibraryMismatchError):
        raise
    except LibraryError as error:
        if not (folder / DATABASE).is_file():
            raise
        try:
            _replace(copy, folder)
        except (sqlite3.DatabaseError, OSError):
            raise error from None


def _replace(copy: sqlite3.Connection, folder: Path) -> None:
    """Put a copy in the place of a file that cannot be used any more."""
    part = folder / f"{DATABASE}.part"
    try:
        part.unlink(missing_ok=True)
        with closing(sqlite3.connect(part)) as made:
            copy.backup(made)
        durable.sync(part)
        keep_damaged(folder)
        for end in ("-wal", "-shm"):  # of the damaged file; the copy needs none
            (folder / f"{DATABASE}{end}").unlink(missing_ok=True)
        part.replace(folder / DATABASE)
        durable.sync(folder)
    finally:
        part.unlink(missing_ok=True)


def keep_damaged(folder: Path) -> Path:
    """Copy a library's damaged file beside it, for who wants to look further; where to."""
    for end in ("", "-wal"):
        file, kept = folder / f"{DATABASE}{end}", folder / f"{DAMAGED}{end}"
        kept.unlink(missing_ok=True)
        if file.is_file():
            shutil.copyfile(file, kept)
            durable.sync(kept)
    return folder / DAMAGED


def _unsound(copy: sqlite3.Connection) -> str:
    """Why this is no library; "" when it is one.

    :raises LibraryMismatchError: it is of a newer format
    """
    try:
        (said,) = copy.execute("PRAGMA quick_check(1)").fetchone()
        lacks = lacking(copy) if format_of(copy) else ["a library's tables"]
    except sqlite3.DatabaseError as error:
        return str(error)
    return str(said) if said != "ok" else f"it lacks {lacks[0]}" if lacks else ""
