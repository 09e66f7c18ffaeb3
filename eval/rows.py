"""Lines of a file, each with its number: JSON lines, tab or space separated, compressed or not.

JSON lines are written here too. Knows nothing of questions; what is wrong in a line is said with
the line's number.
"""

from __future__ import annotations

import json
import lzma
from typing import TYPE_CHECKING, Any

from index.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, counted from 1.

    :raises InputError: the file cannot be read as UTF-8
    """
    unpack = lzma.open if path.suffix == ".xz" else open
    try:
        with unpack(path, "rt", encoding="utf-8-sig", newline="\n") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, line.rstrip("\r\n")
    except (OSError, EOFError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}") from error


def read_rows(path: Path, *wanted: str) -> list[dict[str, Any]]:
    """The rows of a file of JSON lines.

    :param wanted: fields that each row must have, as text
    :raises InputError: the file or a line cannot be used
    """
    return [_row(path, number, line, wanted) for number, line in lines(path)]


def _row(path: Path, number: int, line: str, wanted: tuple[str, ...]) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}, line {number}: not JSON: {error}") from error
    if not isinstance(row, dict):
        raise InputError(f'{path}, line {number}: not an object; a line is {{"question": ...}}')
    for name in wanted:
        if not isinstance(row.get(name), str):
            raise InputError(f"{path}, line {number}: the field {name!r} is missing, or not text")
    return row


def write_rows(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """A file of JSON lines."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def read_json(path: Path) -> dict[str, Any]:
    """A file that is one JSON object.

    :raises InputError: it is not
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path} cannot be read as JSON: {error}") from error
    if not isinstance(found, dict):
        raise InputError(f"{path} is no JSON object")
    return found
