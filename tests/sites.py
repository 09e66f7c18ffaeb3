"""A web site on loopback, for the tests of what is fetched."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from loopback import QuietHandler, answering

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def site(pages: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """A real server on loopback: its address, and what it was asked for, with the conditions."""
    asked: list[str] = []

    class Handler(QuietHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            status, headers, data = _reply(pages, self.path, dict(self.headers))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    with answering(Handler) as address:
        yield address, asked


def _reply(
    pages: dict[str, Any], path: str, sent: dict[str, str]
) -> tuple[int, dict[str, str], bytes]:
    page = pages.get(path)
    if page is None:
        return 404, {}, b""
    if isinstance(page, bytes):
        kind = "application/rss+xml" if page.startswith(b"<?xml") else "text/html; charset=utf-8"
        return 200, {"Content-Type": kind}, page
    status, headers, data = page
    if headers.get("ETag") and sent.get("If-None-Match") == headers["ETag"]:
        return 304, {}, b""
    return status, headers, data
