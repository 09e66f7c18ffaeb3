"""`depeche verify`: what does not hold of answers written down, a line each."""

from __future__ import annotations

import sys
from contextlib import closing, nullcontext
from typing import TYPE_CHECKING

from index.database import open_database
from index.errors import InputError
from rag.recorded import read_rows
from rag.verify import verify

if TYPE_CHECKING:
    from pathlib import Path


def show_verified(path: Path, library: Path | None) -> bool:
    """Print what does not hold of a file's answers; whether all does.

    :param library: a library's folder; None to check the answers by themselves alone
    :raises InputError: the file holds something else than answers
    :raises NoLibraryError: there is no library in this folder
    """
    count = failed = 0
    with closing(open_database(library)) if library else nullcontext() as articles:
        for where, row in read_rows(path):
            try:
                found = verify(row, articles)
            except InputError as error:
                raise InputError(f"{where}: {error}") from None
            count, failed = count + 1, failed + bool(found)
            for finding in found:
                line = f"{where}: {finding.where}: {finding.fault}: {finding.message}"
                sys.stdout.write(line + "\n")
    checked = "against the articles" if library else "by themselves; --library compares the quotes"
    sys.stdout.write(f"{count - failed} of {count} answers hold, checked {checked}\n")
    return not failed
