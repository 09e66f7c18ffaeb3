"""A feed or a sitemap -> the addresses in it, with the dates that they are given there."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from typing import TYPE_CHECKING, Final

from index.errors import UnreadableFileError
from index.readers.feed import parsed
from index.readers.raw import RawArticle
from index.readers.tree import local_name, parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.readers.tree import Element

INDEX: Final = "sitemaps"  # the `member` of an address that leads to another sitemap
LARGEST: Final = 60_000_000  # bytes, unpacked; a sitemap has 50 MB at most, says the protocol
_SITEMAP = re.compile(rb"<(?:\w{1,20}:)?(?:urlset|sitemapindex)\b")
_HEAD: Final = 4096


def read(data: bytes) -> Iterator[RawArticle]:
    """:raises UnreadableFileError: it is neither"""
    data = _unpacked(data)
    if not _SITEMAP.search(data[:_HEAD]):
        for entry in parsed(data).entries:
            if entry.get("link"):
                date = entry.get("published") or entry.get("updated")
                yield RawArticle("", "feed", url=entry["link"], published=date)
        return
    tree = parse_xml(data, "a sitemap")
    member = INDEX if local_name(tree) == "sitemapindex" else None
    for item in tree:
        said = _said(item)
        if said.get("loc"):
            date = said.get("publication_date")
            yield RawArticle("", "feed", url=said["loc"], published=date, member=member)


def _said(item: Element) -> dict[str, str]:
    """Not <lastmod>, which is the day of a change."""
    return {local_name(inner): (inner.text or "").strip() for inner in item.iter()}


def _unpacked(data: bytes) -> bytes:
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.open(io.BytesIO(data)) as file:
            unpacked = file.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableFileError(f"is damaged ({error}); try again later") from error
    if len(unpacked) > LARGEST:
        raise UnreadableFileError(f"unpacks to more than {LARGEST} bytes; give a smaller one")
    return unpacked
