"""Many articles in one file: JSON, JSON lines, CSV. A bad row is a `Fault`, the others go on."""

from __future__ import annotations

import codecs
import csv
import io
import json
from typing import TYPE_CHECKING, Final

from index.errors import UnreadableFileError
from index.readers.encoding import decode
from index.readers.raw import NAMES, Fault, RawArticle, article

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Characters of a CSV field, where Python's own limit is 131,072; bytes of a line of JSON, of which
# ten million may take 200 MB of memory.
FIELD_LIMIT: Final = 10_000_000
_DELIMITERS: Final = ",;\t|"
_KNOWN: Final = frozenset(name for names in NAMES.values() for name in names)


def read_json(data: bytes) -> Iterator[RawArticle | Fault]:
    """One article, or a list of them.

    :raises UnreadableFileError: the file is no JSON
    """
    try:
        content = json.loads(decode(data))
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(f"is not JSON ({error}); mend it or leave it out") from error
    if isinstance(content, list):
        for row, item in enumerate(content, start=1):
            yield _item(item, f"item {row}", row)
    else:
        yield _item(content, "it", None)


def read_json_lines(data: bytes) -> Iterator[RawArticle | Fault]:
    """One article a line; blank lines count for the line number only."""
    row = 0
    for number, line in enumerate(_lines(data), start=1):
        if isinstance(line, Fault) or line.strip():
            row += 1
            yield line if isinstance(line, Fault) else _line(line, number, row)


def _lines(data: bytes) -> Iterator[str | Fault]:
    """The lines in UTF-8; another encoding is guessed only for a file as a whole.

    Guessing it because of one bad line would spoil the good ones.
    """
    decoded = (_utf8(line, number) for number, line in enumerate(io.BytesIO(data), start=1))
    if _is_utf8_throughout(data) or any(isinstance(ln, str) and not ln.isascii() for ln in decoded):
        for number, line in enumerate(io.BytesIO(data.removeprefix(b"\xef\xbb\xbf")), start=1):
            yield _utf8(line, number)
    else:
        yield from io.StringIO(decode(data))


def _is_utf8_throughout(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(data), FIELD_LIMIT):
            decoder.decode(data[at : at + FIELD_LIMIT])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _utf8(line: bytes, number: int) -> str | Fault:
    if len(line) > FIELD_LIMIT:
        return Fault(f"line {number} has {len(line)} bytes, over {FIELD_LIMIT}; split it")
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return Fault(f"line {number} is not UTF-8; save the file as UTF-8")


def _line(line: str, number: int, row: int) -> RawArticle | Fault:
    try:
        item = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Fault(f"line {number} is not JSON ({error}); mend it or take it out")
    return _item(item, f"line {number}", row)


def _item(item: object, name: str, row: int | None) -> RawArticle | Fault:
    if not isinstance(item, dict):
        return Fault(f"{name} is not an object with the fields title, text, date ...")
    made = article(item, "given", row=row)
    return Fault(f"{name} {made.message}") if isinstance(made, Fault) else made


def read_csv(data: bytes) -> Iterator[RawArticle | Fault]:
    """One article a row, under a first line that names the columns.

    :raises UnreadableFileError: no column holds the text
    """
    csv.field_size_limit(FIELD_LIMIT)
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    try:
        header, delimiter = _header(text)
        rows = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
        next(rows)
    except csv.Error as error:
        raise UnreadableFileError(f"its first line cannot be read ({error})") from error
    row = 0
    try:
        for cells in rows:
            if cells:
                row += 1
                yield _row(header, cells, rows.line_num, row)
    except csv.Error as error:
        yield Fault(f"line {rows.line_num}: {error}; the rows from there on were not read")


def _header(text: str) -> tuple[list[str], str]:
    """The column names, and the delimiter under which most of them are known."""
    first = text.partition("\n")[0]
    names, delimiter = max(
        ((_names(first, delimiter), delimiter) for delimiter in _DELIMITERS),
        key=lambda found: len(_KNOWN.intersection(found[0])),
    )
    if not _KNOWN.intersection(names).intersection(NAMES["text"]):
        raise UnreadableFileError(
            "has no column named text, body or content; name the columns in the first line"
        )
    return names, delimiter


def _names(line: str, delimiter: str) -> list[str]:
    cells = next(csv.reader([line], delimiter=delimiter), [])
    return [cell.strip().lower() for cell in cells]


def _row(header: Sequence[str], cells: Sequence[str], line: int, row: int) -> RawArticle | Fault:
    if len(cells) > len(header):
        return Fault(
            f"the row that ends in line {line} has {len(cells)} fields, the header {len(header)}; "
            "put texts into double quotes"
        )
    return _item(dict(zip(header, cells, strict=False)), f"the row that ends in line {line}", row)
