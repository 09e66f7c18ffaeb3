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
    """Each answer of a file, one as JSON or many as JSON lines, and where it stands.

    :raises InputError: the file cannot be read
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not text in UTF-8: {error}") from None
    if not text.strip():
        raise InputError(f"{path} is empty; give it an answer of `depeche ask --json`")
    try:
        yield str(path), _row(text)
    except InputError:
        lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
        for number, line in lines:
            try:
                yield f"{path}, line {number}", _row(line)
            except InputError as error:
                raise InputError(f"{path}, line {number}: {error}") from None


def _row(text: str) -> dict[str, Any]:
    try:
        row = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"not JSON: {error}") from None
    if not isinstance(row, dict):
        raise InputError("no answer: a JSON object is expected, as `depeche ask --json` gives")
    return row
