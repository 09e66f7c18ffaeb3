"""Addresses -> articles: a page, or the pages that a feed or a sitemap leads to."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from index.address import Address, tidy
from index.clean import one_line
from index.errors import InputError
from index.fetch import Fetcher
from index.formats import LINKS
from index.load import articles
from index.loaded import LoadedArticle, Problem, Skipped
from index.metadata import parse_date
from index.readers.links import INDEX
from index.readers.raw import Fault, RawArticle
from index.sandbox import read_apart
from index.visits import Visits, digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.fetch import Fetched
    from index.loaded import Loaded
    from index.store import Library

MOST_PAGES: Final = 2_000  # that one address leads to, in one run
MOST_LISTS: Final = 50  # sitemaps that one sitemap leads to
FRESH: Final = 3600.0  # seconds within which a page that a list leads to is not asked for again
_PAGES: Final = {
    "text/html": ".html", "application/xhtml+xml": ".html", "application/pdf": ".pdf",
    "text/plain": ".txt",
}  # fmt: skip
_LISTS: Final = (b"<?xml", b"<rss", b"<feed", b"<urlset", b"<sitemapindex", b"\x1f\x8b", b"<rdf")


def load_addresses(
    addresses: Sequence[str], library: Library, *, fetcher: Fetcher | None = None
) -> Iterator[Loaded]:
    """Articles of pages, in the order of `addresses`; what cannot be read is told in one line.

    :param fetcher: another one than that which asks the internet
    """
    visits = Visits(library.folder)
    asking = fetcher or Fetcher()
    try:
        reading = _Reading(library, visits, asking)
        for address in addresses:
            yield from reading.start(address)
    finally:
        asking.close()
        visits.close()


class _Reading:
    """One run: what is in the library already, and what was met."""

    def __init__(self, library: Library, visits: Visits, fetcher: Fetcher) -> None:
        self._library = library
        self._visits = visits
        self._fetcher = fetcher
        self._held = {path: article for article, _, path in library.database.places()}
        self._met: set[str] = set()
        self._lists = 0

    def start(self, address: str) -> Iterator[Loaded]:
        self._lists = 0
        yield from self._read(Address(address), None, is_named=True)

    def _read(self, address: Address, date: str | None, *, is_named: bool) -> Iterator[Loaded]:
        """A page, or the pages that it leads to when it is named by the user and a list of them."""
        try:
            address = tidy(address)
        except InputError as error:
            yield Problem(address, one_line(str(error)))
            return
        if address in self._met:
            return
        self._met.add(address)
        last = self._visits.last(address) if self._is_held(address) else None
        if last and not is_named and time.time() - last.seen < FRESH:
            yield Skipped(address, "was read less than an hour ago")
            return
        try:
            etag, modified = (last.etag, last.modified) if last else (None, None)
            got = self._fetcher.fetch(address, etag, modified)
            if got.data is None:
                yield Skipped(address, "has not changed since it was read")
            elif got.kind in _PAGES or not _is_list(got):
                yield from self._articles(address, got, got.data, date)
            elif is_named:
                yield from self._follow(got.data)
            else:
                yield Problem(address, "is no page but a list of pages; give its own address")
        except InputError as error:
            yield Problem(address, one_line(str(error)))

    def _is_held(self, address: str) -> bool:
        """Whether the library has the article just as it was when the page was read."""
        article, last = self._held.get(address), self._visits.last(address)
        if article is None or last is None:
            return False
        return digest(self._library.article(article).text) == last.text

    def _articles(
        self, address: Address, got: Fetched, data: bytes, date: str | None
    ) -> Iterator[Loaded]:
        suffix = _PAGES.get(got.kind, ".html")
        for item in articles(data, suffix, got.address, got.address):
            if isinstance(item, LoadedArticle):
                article = _completed(item, got.address, date)
                for place in {address, got.address}:
                    self._visits.record(place, article.article.text, got.etag, got.modified)
                yield article
            else:
                yield item

    def _follow(self, data: bytes) -> Iterator[Loaded]:
        """The pages that a feed or a sitemap leads to."""
        self._lists += 1
        links = [raw for raw in read_apart(LINKS, data) if not isinstance(raw, Fault)]
        for number, raw in enumerate(links):
            if not isinstance(raw, RawArticle) or not raw.url:
                continue
            is_list = raw.member == INDEX
            address = Address(raw.url)
            if number >= MOST_PAGES or (is_list and self._lists > MOST_LISTS):
                left = len(links) - number
                yield Problem(address, f"and {left - 1} more were left for another run; run again")
                return
            yield from self._read(address, raw.published, is_named=is_list)


def _is_list(got: Fetched) -> bool:
    start = (got.data or b"")[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith(_LISTS)


def _completed(item: LoadedArticle, address: Address, date: str | None) -> LoadedArticle:
    """With the address it came from, and the list's date where the page has none."""
    article = replace(item.article, url=str(address))
    day = parse_date(date)[0] if date and not article.published else None
    if not day:
        return replace(item, article=article, origins={**item.origins, "url": "given"})
    origins = {**item.origins, "url": "given", "published": "feed"}
    return replace(item, article=replace(article, published=day), origins=origins)
