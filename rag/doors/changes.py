"""Changes that come over the doors: one at a time, each through a library opened for it.

The library that answers follows by itself; other processes may write in between.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from index.forget import forget
from index.store import open_library

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.forget import Left
    from index.store import Library

_one_change = threading.Lock()  # those of this server wait for each other, those of others are told


@contextmanager
def changing(library: Library) -> Iterator[Library]:
    """The same library, opened to be changed, closed after it."""
    with _one_change:
        opened = open_library(library.folder)
        try:
            yield opened
        finally:
            opened.close()


def delete(library: Library, article_id: str) -> list[Left]:
    """Remove an article from every file; what is left while another process reads.

    :raises UnknownArticleError: there is none of this id
    :raises LibraryBusyError: another process is writing
    """
    with changing(library) as opened:
        return forget(opened, [article_id])
