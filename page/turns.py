"""A conversation as the browser keeps it: each question, and what stands below it.

The text that `kept_of` writes is all that is known of a conversation; the server keeps nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from page.answer import question_html
from rag.doors.schema import AnswerRow
from rag.record import record

if TYPE_CHECKING:
    from rag.types import Answer

Message: TypeAlias = dict[str, Any]

PASSAGES: Final = 3  # of each answer that are kept: those that the page shows


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answer as shown."""

    question: str
    html: str
    alone: bool = False  # asked without the questions before it
    plain: str = ""  # what copying gives; "" where there is no answer
    row: AnswerRow | None = None
    key: str = ""  # by which feedback speaks of the answer
    partial: bool = False  # more of the answer was to come


_TURNS: Final = TypeAdapter(list[Turn])


def turns_of(kept: str | bytes) -> list[Turn]:
    """The turns of a conversation; none when it is none, or one of another version."""
    try:
        return _TURNS.validate_json(kept)
    except ValidationError:
        return []


def kept_of(turns: list[Turn]) -> str:
    return _TURNS.dump_json(turns).decode()


def row_of(answer: Answer, seconds: float) -> AnswerRow:
    """The answer's record, with the passages that the page may show."""
    return AnswerRow.model_validate(record(replace(answer, hits=answer.hits[:PASSAGES]), seconds))


def messages(turns: list[Turn]) -> list[Message]:
    """What Gradio's chat shows."""
    said = []
    for turn in turns:
        said.append({"role": "user", "content": question_html(turn.question)})
        said.append({"role": "assistant", "content": turn.html})
    return said


def asked_before(turns: list[Turn]) -> list[str]:
    """The questions that a further one may lean on, oldest first: those that were answered."""
    asked: list[str] = []
    for turn in turns:
        if turn.row:
            asked = [*([] if turn.alone else asked), turn.question]
    return asked
