"""A question as it was typed -> a question that makes sense alone.

Knows nothing of the library: only the question and the questions before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from index.errors import InputError
from index.language import question_language
from rag.dates.named import question_dates
from rag.follow_up.completion import complete
from rag.types import Question

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

MAX_QUESTION: Final = 4_000  # characters
TURNS: Final = 8  # earlier questions that a question may lean on, one through the other; untested


def understand(text: str, history: Sequence[str] = (), today: date | None = None) -> Question:
    """The question with its language, and as it is searched.

    :param history: earlier questions of the conversation, oldest first
    :param today: the day that "la semaine dernière" is counted from; the day itself when None
    :raises InputError: nothing is asked, or more than `MAX_QUESTION` characters
    """
    text = " ".join(text.split())
    if not text:
        raise InputError("the question is empty; type what you want to know")
    if len(text) > MAX_QUESTION:
        raise InputError(f"a question has at most {MAX_QUESTION:,} characters, not {len(text):,}")
    standalone = anchor = ""
    for turn in (*(_one_line(turn) for turn in history[-TURNS:]), text):
        if turn:
            completed = complete(turn, anchor)
            standalone, anchor = completed.text, completed.anchor
    language = question_language(standalone)
    dates = question_dates(standalone, language, today)
    return Question(text, language, standalone, dates, tuple(history))


def _one_line(turn: str) -> str:
    return " ".join(turn[:MAX_QUESTION].split())
