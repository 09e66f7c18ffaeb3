"""Which formats are read, by which reader; and the files in an archive, read by the same readers.

Knows nothing of where a file lies, nor of the process in which it is read.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeAlias

from index.errors import UnreadableFileError
from index.readers import (
    archive,
    epub,
    feed,
    html,
    links,
    mail,
    markdown,
    office,
    pdf,
    rows,
    text,
    warc,
)
from index.readers.raw import Fault, Left, Member, Packed, RawArticle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Reader: TypeAlias = Callable[[bytes], Iterator[RawArticle | Fault | Left | Packed]]

Read: TypeAlias = RawArticle | Fault | Left | Member

READERS: Final[Mapping[str, Reader]] = {
    ".atom": feed.read,
    ".csv": rows.read_csv,
    ".docx": office.read_docx,
    ".eml": mail.read,
    ".epub": epub.read,
    ".htm": html.read,
    ".html": html.read,
    ".json": rows.read_json,
    ".jsonl": rows.read_json_lines,
    ".markdown": markdown.read,
    ".md": markdown.read,
    ".ndjson": rows.read_json_lines,
    ".odt": office.read_odt,
    ".pdf": pdf.read,
    ".rss": feed.read,
    ".tsv": rows.read_csv,
    ".txt": text.read,
    ".warc": warc.read,
    ".warc.gz": warc.read,
    ".xhtml": html.read,
    ".xml": feed.read,
    ".zip": archive.read,
}
# Not a file's suffix: the addresses in a feed or a sitemap, for those who follow them.
LINKS: Final = "links"
# Read where the program runs: their time and memory are a small multiple of the file's size.
BOUNDED: Final = frozenset({".csv", ".jsonl", ".ndjson", ".tsv", ".txt"})
ARCHIVES: Final = frozenset({".warc", ".warc.gz", ".zip"})
DEEPEST: Final = 2  # archives in each other. Untested limit; bombs have five and more
LONGEST: Final = 10_000_000  # characters of one article; a long novel has three million


def read(suffix: str, data: bytes, done: int = 0) -> Iterator[Read]:
    """What is in a file; before each file of an archive, the `Member`.

    :param done: how many members to pass over, the last of which could not be opened
    :raises UnreadableFileError: none of it can be used
    """
    reading = _Reading(done)
    for item in reading.items(suffix, data):
        if reading.met >= done:
            yield item


class _Reading:
    """One file being read, and how many members were met in it."""

    def __init__(self, done: int) -> None:
        self.done = done
        self.met = 0

    def items(self, suffix: str, data: bytes, depth: int = 0) -> Iterator[Read]:
        for item in (links.read if suffix == LINKS else READERS[suffix])(data):
            if isinstance(item, Packed):
                yield from self._member(item, depth)
            elif isinstance(item, RawArticle) and len(item.text) > LONGEST:
                yield Fault(f"has {len(item.text)} characters, over {LONGEST}; split it")
            else:
                yield item

    def _member(self, packed: Packed, depth: int) -> Iterator[Read]:
        if packed.suffix not in READERS:
            kind = f"unknown format {packed.suffix}" if packed.suffix else "no known format"
            yield Left(packed.name, kind)
            return
        self.met += 1
        is_archive = packed.suffix in ARCHIVES
        if self.met == self.done or (self.met < self.done and not is_archive):
            return
        yield Member(packed.name)
        if is_archive and depth == DEEPEST:
            yield Fault(f"{packed.name} is an archive {depth + 1} deep; unpack it first")
            return
        try:
            for item in self.items(packed.suffix, packed.read(), depth + 1):
                yield _within(packed, item)
        except UnreadableFileError as error:
            yield Fault(f"{packed.name} {error}")


def _within(packed: Packed, item: Read) -> Read:
    """The same, named from outside the archive."""
    if isinstance(item, Fault):
        return Fault(f"{packed.name}: {item.message}")
    if isinstance(item, Left | Member):
        return replace(item, name=f"{packed.name}/{item.name}")
    member = "/".join(name for name in (packed.member, item.member) if name) or None
    row = item.row if packed.row is None else packed.row
    return replace(item, member=member, row=row, url=item.url or packed.url)
