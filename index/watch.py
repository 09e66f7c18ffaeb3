"""When something changes in a folder: the one place of watchfiles. Knows nothing of articles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from threading import Event

SETTLED: Final = 500  # milliseconds without a change, after which a file is taken to be whole
LATEST: Final = 5_000  # milliseconds after the first change, however many follow. Untested
_ASK: Final = 200  # milliseconds after which a wish to stop is heard


def changes(folders: Sequence[Path], stop: Event) -> Iterator[None]:
    """Once at the beginning, then after each change that has settled, until `stop` is set.

    Changes while who asked is at work are told when they ask again. What is hidden does not count,
    so that a library in the folder is not news.
    """
    from watchfiles import watch

    roots = [folder.resolve() for folder in folders]

    def counts(_: object, path: str) -> bool:
        inside = [Path(path).relative_to(r) for r in roots if Path(path).is_relative_to(r)]
        return not any(part.startswith(".") for way in inside for part in way.parts)

    seen = watch(
        *roots,
        watch_filter=counts,
        debounce=LATEST,
        step=SETTLED,
        stop_event=stop,
        rust_timeout=_ASK,
        yield_on_timeout=True,
        raise_interrupt=False,
    )
    told = False
    for changed in seen:  # the first comes when the watch stands: nothing is missed in between
        if changed or not told:
            told = True
            yield
