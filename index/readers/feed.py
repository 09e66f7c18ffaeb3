"""A saved feed, RSS or Atom -> its entries, each an article as far as the feed tells it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from index.errors import UnreadableFileError
from index.readers.markup import words
from index.readers.raw import Fault, RawArticle

if TYPE_CHECKING:
    from collections.abc import Iterator


def read(data: bytes) -> Iterator[RawArticle | Fault]:
    """:raises UnreadableFileError: it is no feed"""
    feed = parsed(data)
    for row, entry in enumerate(feed.entries, start=1):
        yield _article(entry, row, str(feed.feed.get("title", "")), feed.feed.get("language"))


def parsed(data: bytes) -> Any:  # noqa: ANN401 - feedparser ships no types
    """:raises UnreadableFileError: it is no feed"""
    import feedparser

    # A stream: what is given as bytes is opened when it reads like an address or a file's name.
    feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        raise UnreadableFileError(
            "is no feed with entries, neither RSS nor Atom; of a sitemap give the address instead"
        )
    return feed


def _article(entry: Any, row: int, source: str, language: str | None) -> RawArticle | Fault:  # noqa: ANN401 - as above
    written = [part.get("value", "") for part in entry.get("content", [])]
    texts = [words(markup) for markup in [*written, entry.get("summary", "")]]
    text = max(texts, key=len)
    if not any(character.isalpha() for character in text):
        return Fault(f"entry {row} has no text, only a link; give the feed's address to follow it")
    return RawArticle(
        text, "feed", title=words(entry.get("title", "")), url=entry.get("link"), row=row,
        published=entry.get("published") or entry.get("updated"), source=source or None,
        language=language,
    )  # fmt: skip
