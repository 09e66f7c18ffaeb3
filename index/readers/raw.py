"""What every reader makes of a file's bytes: the words as found, nothing guessed."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from index.errors import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Mapping

# Where a fact was read from.
Origin: TypeAlias = Literal[
    "given", "front matter", "header", "html", "first line", "guess", "detected"
]

# What people call the fields of an article, the first that is filled counts.
NAMES: Final = {
    "id": ("id",),
    "title": ("title",),
    "text": ("text", "body", "content"),
    "published": ("published", "date"),
    "language": ("language", "lang"),
    "source": ("source",),
    "url": ("url",),
}
# A signature first, since that of UTF-16 is the start of that of UTF-32.
_SIGNATURES: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What Western texts hold beyond ASCII; other languages in other encodings hold more than these.
_WESTERN: Final = frozenset(
    "àâäæçéèêëîïôöœùûüÿñáíóúãõåøßìòÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸÑÁÍÓÚÃÕÅØÌÒ«»‹›“”„‘’‚–—…€£°·•§©®™¿¡ºª²\u00a0"
)
MOST_ACCENTS: Final = 0.3  # of the characters; in French about one in twenty is not ASCII
_EMPTY: Final = frozenset({"", "null", "~", "none", "nan"})  # fields that say nothing


@dataclass(frozen=True, slots=True)
class RawArticle:
    """One article as a file has it; `origin` is where its fields were written.

    `row` counts from 1 where a file holds several articles.
    """

    text: str
    origin: Origin = "given"
    id: str | None = None
    title: str | None = None
    published: str | None = None
    language: str | None = None
    source: str | None = None
    url: str | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that cannot be used; the others go on."""

    message: str


def article(
    fields: Mapping[str, object], origin: Origin, text: str | None = None, row: int | None = None
) -> RawArticle | Fault:
    """An article from named fields, in whatever case; `text` when it is not one of them."""
    lowered = {str(name).strip().lower(): value for name, value in fields.items()}
    found = {field: _first(lowered, names) for field, names in NAMES.items()}
    body = found.pop("text") if text is None else text
    found.pop("text", None)
    if body is None:
        return Fault("has no text; put it into a field named text, body or content")
    return RawArticle(text=body, origin=origin, row=row, **found)


def _first(fields: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    words = (_word(fields.get(name)) for name in names)
    return next((word for word in words if word is not None), None)


def _word(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    word = str(value)
    return None if word.strip().lower() in _EMPTY else word


def decode(data: bytes, declared: str | None = None) -> str:
    """Text of unknown encoding: a signature, else UTF-8, else as declared, else a likely guess.

    :raises UnreadableFileError: the bytes are no text in any of these
    """
    for signature, encoding in _SIGNATURES:
        if data.startswith(signature):
            return _strictly(data, encoding)
    if b"\0" in data:
        raise UnreadableFileError("holds zero bytes, so it is no text; save it as UTF-8")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _declared(data, declared) or _western(data) or _guessed(data, error.start)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            f"begins as {error.encoding} but byte {error.start} is not; save it again as UTF-8"
        ) from error


def _declared(data: bytes, encoding: str | None) -> str | None:
    if encoding is None:
        return None
    try:
        return data.decode({"iso-8859-1": "cp1252"}.get(encoding.lower(), encoding))
    except (LookupError, UnicodeDecodeError):
        return None


def _western(data: bytes) -> str | None:
    """Windows-1252, when all letters are French, German, Spanish ...

    Asked first, since charset-normalizer takes short French texts for Central European.
    """
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    odd = [character for character in text if not character.isascii()]
    is_western = _WESTERN.issuperset(odd) and len(odd) <= MOST_ACCENTS * len(text)
    return text if is_western else None


def _guessed(data: bytes, first_bad: int) -> str:
    import charset_normalizer

    best = charset_normalizer.from_bytes(data).best()
    if best is None:
        raise UnreadableFileError(
            f"is in no known encoding (byte {first_bad} is not UTF-8); save it as UTF-8"
        )
    return str(best)
