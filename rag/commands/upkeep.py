"""What the terminal says of looking after a library."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import TYPE_CHECKING, Final

from index import models
from index.backup import backup, restore
from index.consistency import Ill
from index.database import open_database
from index.doctor import examine
from index.errors import LibraryBusyError, LibraryError, LibraryMismatchError, NoLibraryError
from index.forget import forget
from index.repair import repair as make_anew
from index.salvage import salvage
from index.store import open_library
from rag.reading_model import FOLDER

if TYPE_CHECKING:
    from pathlib import Path

    from index.consistency import Remedy

REMEDIES: Final[dict[Remedy, str]] = {  # beside repairing it
    "salvage": "restore a backup; or save what can be read: depeche doctor --repair",
    "restore": "restore a backup, or index the articles again",
    "person": "needs a person: install Dépêche again",
}


def show_examined(folder: Path, *, repair: bool) -> bool:
    """Say what is wrong with a library, a line each; whether nothing is, or is any more."""
    found = _examined(folder)
    for ill in found:
        _say(f"{ill.what} ({_remedy(ill)})")
    if found and repair:
        needed = _salvaged(folder) if "salvage" in {ill.remedy for ill in found} else found
        with closing(open_library(folder)) as library:
            make_anew(library, needed)
        left = _examined(folder)
        _say(f"{len(found)} found, {len(left)} left after the repair")
        for ill in left:
            _say(f"{ill.what} ({_remedy(ill)})")
        return not left
    _say(f"{len(found)} found" if found else "nothing is wrong")
    return not found


def show_forgotten(folder: Path, ids: list[str]) -> bool:
    """Remove articles, and say whether words of them are left in any file."""
    with closing(open_library(folder)) as library:
        left = forget(library, ids)
    for words in left:
        sys.stderr.write(f"left in {words.file} while another process reads: {words.words}\n")
    if not left:
        _say(f"{len(set(ids))} forgotten; a file of theirs that stays would be indexed again")
    return not left


def show_backup(folder: Path, to: Path) -> None:
    """Copy a library, and say where to."""
    file = backup(folder, to)
    _say(f"{file}, {file.stat().st_size:,} bytes")


def show_restored(folder: Path, file: Path) -> None:
    """Put a backup in place, and say what it holds."""
    articles, passages = restore(folder, file)
    _say(f"{folder} has {articles:,} articles, {passages:,} passages again")


def _examined(folder: Path) -> list[Ill]:
    try:
        with closing(open_database(folder)) as database:
            return examine(folder, database, [models.folder("encoder"), FOLDER])
    except (NoLibraryError, LibraryBusyError, LibraryMismatchError):
        raise
    except LibraryError as error:
        return [Ill(f"library.sqlite cannot be read ({error.__cause__ or error})", "salvage")]


def _salvaged(folder: Path) -> list[Ill]:
    """Say what was saved of a damaged SQLite file; what is still to be made anew."""
    saved = salvage(folder)
    _say(f"{saved.articles:,} articles saved; the damaged file is kept as {saved.damaged}")
    for article_id in saved.lost:
        _say(f"{article_id} is lost; index it again")
    return _examined(folder)


def _remedy(ill: Ill) -> str:
    return REMEDIES.get(ill.remedy, "depeche doctor --repair")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
