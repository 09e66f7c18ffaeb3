"""What every reader makes of a file's bytes: the words as found, nothing guessed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import PurePath

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


def suffix_of(path: PurePath) -> str:
    """The end of a file's name that tells its format, in lower case."""
    name = path.name.lower()
    return ".warc.gz" if name.endswith(".warc.gz") else path.suffix.lower()


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
