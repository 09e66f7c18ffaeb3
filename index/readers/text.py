"""Plain text: all of it is the article; its header and title are found later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.readers.encoding import decode
from index.readers.raw import RawArticle

if TYPE_CHECKING:
    from collections.abc import Iterator


def read(data: bytes) -> Iterator[RawArticle]:
    yield RawArticle(text=decode(data))
