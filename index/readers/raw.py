"""What every reader makes of a file's bytes: the words as found, nothing guessed."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from index.errors import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# Where a fact was read from.
Origin: TypeAlias = Literal[
    "given", "front matter", "header", "html", "pdf", "document", "mail", "feed", "first line",
    "guess", "detected",
]  # fmt: skip

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
GUESSED_FROM: Final = 200_000  # bytes; charset-normalizer takes 1 s for them, linearly
_EMPTY: Final = frozenset({"", "null", "~", "none", "nan"})  # fields that say nothing


@dataclass(frozen=True, slots=True)
class RawArticle:
    """One article as a file has it; `origin` is where its fields were written.

    `row` counts from 1 where a file holds several articles; `member` is the path, without suffix,
    of the file in an archive.
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
    member: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that cannot be used; the others go on."""

    message: str


@dataclass(frozen=True, slots=True)
class Left:
    """Something in an archive that is no article."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Packed:
    """A file in an archive; `read` unpacks it.

    Its articles are named by `member`, or by `row` where the archive's files have no paths.
    """

    name: str  # as told to the user
    suffix: str  # of its format: ".html"
    read: Callable[[], bytes]
    member: str | None = None
    row: int | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """The file in an archive that is opened next, so that it can be named when that goes wrong."""

    name: str


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

    best = charset_normalizer.from_bytes(_sample(data, first_bad)).best()
    try:
        if best is not None:
            return data.decode(best.encoding)
    except UnicodeDecodeError:
        pass
    raise UnreadableFileError(
        f"is in no known encoding (byte {first_bad} is not UTF-8); save it as UTF-8"
    )


def _sample(data: bytes, first_bad: int) -> bytes:
    """Whole lines around the first letter beyond ASCII, when the text is long."""
    if len(data) <= GUESSED_FROM:
        return data
    start = data.rfind(b"\n", 0, first_bad) + 1
    if first_bad - start > GUESSED_FROM // 2:
        start = first_bad
    end = data.rfind(b"\n", start, start + GUESSED_FROM)
    return data[start : end if end > first_bad else start + GUESSED_FROM]
