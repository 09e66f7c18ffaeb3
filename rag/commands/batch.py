"""Many questions from a file of JSON lines, their answers into another."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from index.errors import InputError
from index.filters import checked
from rag.doors.schema import Narrowed
from rag.record import record
from rag.understand import understand

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rag.chain import Chain


class Asked(BaseModel):
    """A line of the input; other fields are let through unread."""

    model_config = ConfigDict(extra="ignore", strict=True)

    id: str
    question: str
    history: list[str] = []
    filters: Narrowed = Narrowed()


def read_questions(path: Path) -> list[Asked]:
    """All the questions of a file.

    :raises InputError: the file or a line cannot be used; nothing was asked yet
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read as UTF-8 JSON lines: {error}") from error
    return [_asked(path, n, line) for n, line in enumerate(lines, 1) if line.strip()]


def _asked(path: Path, number: int, line: str) -> Asked:
    try:
        asked = Asked.model_validate_json(line)
        understand(asked.question, asked.history)
        checked(asked.filters.filters())
    except InputError as error:
        raise InputError(f"{path}, line {number}: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the line"
        raise InputError(
            f"{path}, line {number}: {where}: {first['msg']}; a line is "
            '{"id": "1", "question": "...", "history": ["..."]}'
        ) from None
    return asked


def answer_all(chain: Chain, asked: list[Asked], out: Path) -> Iterator[Asked]:
    """Answer each question, yielding it when done; `out` appears, whole, at the end."""
    beside = out.with_name(out.name + ".part")
    with beside.open("w", encoding="utf-8") as file:
        for row in asked:
            began = time.perf_counter()
            answer = chain.ask(row.question, row.history, row.filters.filters())
            line = record(answer, time.perf_counter() - began, row.id)
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            yield row
    beside.replace(out)
