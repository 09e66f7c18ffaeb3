"""What readers say of answers: which answers may be spoken of, and the rows that are kept.

An answer is spoken of by a key that only who saw it knows; the last few are remembered, in memory.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from index import feedback
from index.errors import InputError

if TYPE_CHECKING:
    from index.database import Database
    from rag.doors.schema import AnswerRow

Verdict: TypeAlias = Literal["up", "down"]

MOST_REMEMBERED: Final = 1000  # answers, some kilobytes each; the oldest goes first. Untested
LONGEST_NOTE: Final = 2000  # characters
KEPT: Final = {  # of an answer; the passages that it does not quote are left out
    "question", "standalone", "language", "status", "text", "short", "confidence", "citations",
}  # fmt: skip


class Seen:
    """The answers that were shown of late, by key. Threads may share it."""

    def __init__(self) -> None:
        self._rows: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._lock = threading.Lock()

    @staticmethod
    def key() -> str:
        """One for an answer to come."""
        return secrets.token_urlsafe(12)

    def show(self, key: str, answer: AnswerRow) -> None:
        """Remember an answer, in the place of an earlier state of it."""
        with self._lock:
            self._rows[key] = answer.model_dump(mode="json", include=KEPT)
            self._rows.move_to_end(key)
            while len(self._rows) > MOST_REMEMBERED:
                self._rows.popitem(last=False)

    def row(self, key: str) -> dict[str, Any] | None:
        with self._lock:
            return self._rows.get(key)


def say(database: Database, seen: Seen, key: str, verdict: Verdict | None, note: str) -> bool:
    """Keep what a reader says of an answer, or take it back; False when the answer is forgotten.

    :raises InputError: the note is too long
    """
    if len(note) > LONGEST_NOTE:
        raise InputError(f"a note has at most {LONGEST_NOTE:,} characters; shorten it")
    if verdict is None:
        feedback.withdraw(database, key)
        return True
    row = seen.row(key)
    if row is None:
        return False
    articles = {citation["article"] for citation in row["citations"]}
    feedback.keep(database, key, {"verdict": verdict, "note": note.strip()} | row, articles)
    return True
