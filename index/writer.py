"""Who may change a library: one process at a time, known to the others by its number.

Knows nothing of what is changed, so that a library whose file cannot be opened is guarded too.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from index import faults
from index.errors import LibraryBusyError

if TYPE_CHECKING:
    from pathlib import Path


class Writer:
    """The right to change the library of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = FileLock(folder / "writer.lock", timeout=0, thread_local=False)

    def hold(self) -> None:
        """Take it, until `release`; again is as good as once.

        :raises LibraryBusyError: another process has it
        """
        pid = self._folder / "writer.pid"
        try:
            self._lock.acquire()
        except Timeout:
            number = pid.read_text("ascii", "replace") if pid.exists() else ""
            holder = f"process {number}" if number.isdigit() else "another process"
            raise LibraryBusyError(
                f"{self._folder} is being written to by {holder}; try again when it is done"
            ) from None
        faults.at("writer alone")
        try:
            pid.write_text(str(os.getpid()))
        except OSError:
            self._lock.release()
            raise

    def release(self) -> None:
        """Give it back for once that it was taken."""
        self._lock.release()

    def end(self) -> None:
        """Give it back, however often it was taken."""
        self._lock.release(force=True)
