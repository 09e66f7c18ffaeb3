"""Articles removed for good, and the proof: none of their words in a row is left in any file.

What is removed is overwritten in SQLite and its log is emptied; older generations of what is
derived go, since they still know it, and so does a damaged file that a repair has kept; the newest
is written so that no word stays that only they had. What readers said of answers goes where it
quotes an article.
Words that another article has too may stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from index import derived, faults, feedback
from index.backup import DAMAGED
from index.salvage import PART

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.store import Library
    from index.types import Article

RUN: Final = 8  # words in a row that tell where they are from
# Each run of `RUN` words holds one of these, at every fourth word: fewer to look for.
PROBE: Final = 4
WITHIN: Final = RUN - 2  # of a run in a text by others, the words that no quotation mark touches
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Left:
    """Words of a forgotten article in a file of the library."""

    file: str
    words: str


def forget(library: Library, article_ids: Sequence[str]) -> list[Left]:
    """Remove these articles, all or none; what is left of them in the library's files.

    What is left: nothing, unless another process reads at this moment and holds SQLite's log.

    :raises UnknownArticleError: one is not there; nothing was removed
    :raises LibraryBusyError: another process is writing
    """
    gone = [library.article(article_id) for article_id in dict.fromkeys(article_ids)]
    library.hold()
    for article in gone:
        library.remove(article.id)
    feedback.drop_words(library.database, gone, WITHIN)
    faults.at("articles forgotten in SQLite")
    library.publish(forgets=True)
    faults.at("articles forgotten in the newest generation")
    derived.sweep(library.folder, derived.newest(library.database), kept=1)
    faults.at("articles forgotten in all generations")
    library.database.empty_log()
    for name in (DAMAGED, f"{DAMAGED}-wal", f"{DAMAGED}-shm", PART):
        derived.remove(library.folder / name)
    faults.at("log emptied")
    left = _left(library, gone)
    if left:
        library.database.rewrite()
        left = _left(library, gone)
    return left


def _left(library: Library, gone: Sequence[Article]) -> list[Left]:
    """Runs of words of these articles that a file holds and no other article has."""
    wanted = [pair for article in gone for pair in _runs(f"{article.title}\n{article.text}")]
    found: dict[bytes, str] = {}
    for path in sorted(p for p in library.folder.rglob("*") if p.is_file()):
        data = path.read_bytes()
        for probe, runs in wanted:
            if probe in data:
                found |= {run: path.name for run in runs if run in data}
    if not found:
        return []
    others = b"\0".join(f"{a.title}\n{a.text}".encode() for a in library.articles())
    return [Left(file, run.decode()) for run, file in found.items() if run not in others]


def _runs(text: str) -> Iterator[tuple[bytes, list[bytes]]]:
    """Each probe, and the runs of words that hold it."""
    words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    for at in range(0, max(1, len(words) - PROBE + 1), PROBE):
        starts = range(max(0, at - RUN + PROBE), max(0, min(at, len(words) - RUN)) + 1)
        runs = [words[n : n + RUN] for n in starts]
        probe = words[at : at + PROBE]
        if probe:
            yield _between(text, probe), [_between(text, run) for run in runs]


def _between(text: str, words: Sequence[tuple[int, int]]) -> bytes:
    return text[words[0][0] : words[-1][1]].encode()
