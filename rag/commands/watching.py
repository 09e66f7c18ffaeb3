"""`depeche watch`: a folder is indexed, and again whenever it changes, until it is told to stop."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING, Final

from index.build import build
from index.embed import EMBEDDED, open_encoder, unversioned
from index.errors import DepecheError, LibraryBusyError
from index.files import check_paths
from index.store import create_library
from index.watch import changes
from rag.commands.progress import report, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.build import Step

RETRY: Final = 2.0  # seconds until a library that another process writes to is asked again


def show_watching(folders: Sequence[Path], library: Path) -> None:
    """Until Ctrl-C or SIGTERM; what is being stored then is stored whole."""
    check_paths(folders)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    say(f"watching {', '.join(map(str, folders))}; Ctrl-C ends it")
    for _ in changes(folders, stop):
        _follow(folders, library, stop)
    say("stopped; the library is as it was last told")


def _follow(folders: Sequence[Path], library: Path, stop: threading.Event) -> None:
    """Bring the library up to date; a folder that is not there now changes nothing."""
    while not stop.is_set():
        try:
            _index(folders, library, stop)
        except LibraryBusyError:
            stop.wait(RETRY)
        except DepecheError as error:
            say(f"problem  {error}", "red")
            return
        else:
            return


def _index(folders: Sequence[Path], folder: Path, stop: threading.Event) -> None:
    """The library is held no longer than that: in between others may change it."""
    library = create_library(folder)
    try:
        made = library.database.manifest.settings
        embedder = open_encoder(unversioned(made.encoder) if made else EMBEDDED)
        taken: list[Step] = []
        for step in build(library, embedder, folders, sync=True):
            taken.append(step)
            if stop.is_set():
                library.publish()
                return
        report(taken, library, briefly=True)
    finally:
        library.close()
