"""A web archive (WARC) -> the pages in it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from index.errors import UnreadableFileError
from index.readers.raw import Fault, Packed

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST: Final = 100_000_000  # bytes of one page, unpacked
_SUFFIXES: Final = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt",
    "application/pdf": ".pdf",
}  # fmt: skip
_GOOD: Final = "200"


def read(data: bytes) -> Iterator[Packed | Fault]:
    """:raises UnreadableFileError: it is no WARC, or holds no page"""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    row = 0
    try:
        for record in ArchiveIterator(io.BytesIO(data)):
            suffix = _suffix(record)
            if suffix:
                row += 1
                yield _packed(record, suffix, row)
    except (ArchiveLoadFailed, ValueError, OSError, EOFError, AttributeError) as error:
        if not row:
            raise UnreadableFileError(f"is no WARC ({error}); save it again") from error
        yield Fault(f"is damaged after page {row} ({error}); the pages from there were not read")
    if not row:
        raise UnreadableFileError("is a WARC without a page; there is nothing to read in it")


def _suffix(record: Any) -> str | None:  # noqa: ANN401 - warcio ships no types
    if record.rec_type != "response" or record.http_headers is None:
        return None
    if record.http_headers.get_statuscode() != _GOOD:
        return None
    kind = (record.http_headers.get_header("Content-Type") or "").partition(";")[0]
    return _SUFFIXES.get(kind.strip().lower())


def _packed(record: Any, suffix: str, row: int) -> Packed:  # noqa: ANN401 - as above
    url = record.rec_headers.get_header("WARC-Target-URI") or f"page {row}"
    stream = record.content_stream()

    def unpacked() -> bytes:
        data: bytes = stream.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise UnreadableFileError(f"has more than {LARGEST} bytes; leave it out")
        return data

    return Packed(url, suffix, unpacked, row=row, url=url)
