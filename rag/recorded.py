"""Answers as files hold them: the rows of `depeche ask --json` and of a batch, read back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, ValidationError

from index.errors import InputError
from rag.types import Status  # noqa: TC001 - pydantic reads it

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_STRICT = ConfigDict(extra="ignore", strict=True)


class Quoted(BaseModel):
    """Words of an article: a citation, or what another value stands in."""

    model_config = _STRICT

    article: str
    start: int
    end: int
    quote: str
    title: str
    source: str | None
    published: str | None


class Cited(Quoted):
    marker: int
    url: str | None


class Other(Quoted):
    short: str


class Passage(BaseModel):
    model_config = _STRICT

    article: str
    start: int
    end: int
    text: str


class Recorded(BaseModel):
    """An answer; fields that nothing is checked by are let through unread."""

    model_config = _STRICT

    status: Status
    text: str
    short: str
    citations: list[Cited]
    others: list[Other]
    hits: list[Passage]


def recorded(row: dict[str, Any]) -> Recorded:
    """The row as an answer.

    :raises InputError: it is none
    """
    try:
        return Recorded.model_validate_json(json.dumps(row))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the row"
        raise InputError(
            f"no answer of `depeche ask --json`: {where}: {first['msg'].lower()}"
        ) from None


def read_rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each answer of a file, and where it stands: JSON of one, a list of them, or JSON lines.

    :raises InputError: the file cannot be read
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not text in UTF-8: {error}") from None
    if not text.strip():
        raise InputError(f"{path} is empty; give it an answer of `depeche ask --json`")
    for where, row in _rows(text):
        place = f"{path}, {where}" if where else str(path)
        try:
            yield place, _answer(row)
        except InputError as error:
            raise InputError(f"{place}: {error}") from None


def _rows(text: str) -> Iterator[tuple[str, Any]]:
    """What stands in a file, and where: a line that is not JSON as its text."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        lines = text.split("\n")
        yield from ((f"line {n}", line) for n, line in enumerate(lines, 1) if line.strip())
        return
    if isinstance(whole, list) and whole:
        yield from ((f"answer {n}", row) for n, row in enumerate(whole, 1))
    else:
        yield "", whole


def _answer(row: Any) -> dict[str, Any]:  # noqa: ANN401 - what a file holds
    """:param row: JSON as text, or read already"""
    try:
        read = json.loads(row) if isinstance(row, str) else row
    except (ValueError, RecursionError) as error:
        raise InputError(f"not JSON: {error}") from None
    if not isinstance(read, dict):
        raise InputError("no answer: a JSON object is expected, as `depeche ask --json` gives")
    return read
