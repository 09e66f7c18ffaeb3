"""A PDF -> its text, page by page; a form feed stands where a page begins.

Knows nothing of pictures: a scanned page without a layer of text has no letters.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from index.errors import UnreadableFileError
from index.readers.layout import paragraphs
from index.readers.raw import RawArticle

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_PAGES: Final = 5_000
REPEATED: Final = 3  # pages whose first or last lines are the same: they head the pages. Untested
_EDGE: Final = 2  # lines at the top and the bottom of a page that may head it
_DIGITS = re.compile(r"\d+")
_LETTER = re.compile(r"[^\W\d_]")
_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_NAMELESS = re.compile(r"(?i)untitled|sans titre|microsoft word -.*|.*\.(?:docx?|pdf|indd|odt|qxd)")
_FILLS: Final = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh"})
_COLORS: Final = frozenset({b"g", b"rg", b"k", b"sc", b"scn"})
_SHOWS: Final = frozenset({b"Tj", b"TJ", b"'", b'"'})
_INVISIBLE: Final = 3  # the mode of text that is drawn neither filled nor in outline
_SMALLEST: Final = 1.0  # points; nobody reads smaller letters
_WHITEST: Final = 0.98  # of full light


def read(data: bytes) -> Iterator[RawArticle]:
    """:raises UnreadableFileError: it is none, is locked, or has no text"""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        document = _opened(data)
        pages = [_page_lines(page) for page in document.pages]
        fields = document.metadata or {}
        title, made = fields.get("/Title"), fields.get("/CreationDate")
    except (UnreadableFileError, MemoryError):
        raise
    except Exception as error:  # a foreign parser on foreign input
        raise UnreadableFileError(f"is a damaged PDF ({error}); save it again") from error
    text = "\f".join(paragraphs(page) for page in _without_heads(pages))
    if not _LETTER.search(text):
        raise UnreadableFileError(
            "is a PDF without text, pictures of pages most likely; run OCR on it first"
        )
    yield RawArticle(_joined(text), "pdf", title=_title(title), published=_date(made))


def _opened(data: bytes) -> Any:  # noqa: ANN401 - one place knows pypdf's types
    from pypdf import PdfReader

    document = PdfReader(io.BytesIO(data), strict=False)
    if document.is_encrypted and not document.decrypt(""):
        raise UnreadableFileError("is locked by a password; unlock it first")
    if len(document.pages) > MOST_PAGES:
        raise UnreadableFileError(f"has {len(document.pages)} pages, over {MOST_PAGES}; split it")
    return document


def _page_lines(page: Any) -> list[str]:  # noqa: ANN401 - pypdf's
    from pypdf.generic import ContentStream, NameObject

    if page.get("/Contents") is None:
        return []
    # As bytes: the letters' encoding is that of their font, which is only known later.
    contents = ContentStream(page["/Contents"].get_object(), page.pdf, "bytes")
    contents.operations = _shown(contents.operations)
    page[NameObject("/Contents")] = contents
    return [" ".join(line.split(" ")).strip() for line in page.extract_text().split("\n")]


# --- what is drawn so that nobody sees it ---------------------------------------------------------


def _shown(operations: Sequence[tuple[Any, bytes]]) -> list[tuple[Any, bytes]]:
    """Without the letters that are white, tiny or invisible.

    White letters are kept once something dark was filled; invisible ones when there are no others,
    since that is how scanned pages carry their text.
    """
    seen = _Drawing()
    judged = [(operation, seen.hides(*operation)) for operation in operations]
    has_visible = any(why == "" for (_, name), why in judged if name in _SHOWS)
    kept = {"", "invisible"} if not has_visible else {""}
    return [operation for operation, why in judged if why in kept]


class _Drawing:
    """What the operations of a page have set so far."""

    def __init__(self) -> None:
        self.white, self.mode, self.size, self.dark_behind = False, 0, 12.0, False
        self.scale = 1.0
        self.saved: list[tuple[bool, int, float, float]] = []

    def hides(self, values: Any, name: bytes) -> str:  # noqa: ANN401 - as pypdf reads them
        """Why letters shown by this operation are not seen; "" when they are, or it shows none."""
        if name in _SHOWS:
            if self.white and not self.dark_behind:
                return "white"
            if self.mode == _INVISIBLE:
                return "invisible"
            return "tiny" if abs(self.size * self.scale) < _SMALLEST else ""
        numbers = [float(value) for value in values if isinstance(value, int | float)]
        self._follow(name, numbers)
        return ""

    def _follow(self, name: bytes, numbers: list[float]) -> None:
        if name == b"q":
            self.saved.append((self.white, self.mode, self.size, self.scale))
        elif name == b"Q" and self.saved:
            self.white, self.mode, self.size, self.scale = self.saved.pop()
        elif name in _COLORS and numbers:
            self.white = _is_white(name, numbers)
        elif name == b"Tr" and numbers:
            self.mode = int(numbers[0])
        elif name == b"Tf" and numbers:
            self.size = numbers[-1]
        elif name == b"Tm" and numbers:
            self.scale = max(map(abs, numbers[:4]))
        elif name == b"BT":
            self.scale = 1.0
        elif name == b"Do" or (name in _FILLS and not self.white):
            self.dark_behind = True


def _is_white(name: bytes, numbers: list[float]) -> bool:
    if name == b"k" or len(numbers) == 4:  # noqa: PLR2004 - cyan, magenta, yellow and black
        return max(numbers) <= 1 - _WHITEST
    return min(numbers) >= _WHITEST


# --- what belongs to the pages and not to the text ------------------------------------------------


def _without_heads(pages: list[list[str]]) -> list[list[str]]:
    """Without the lines that stand at the edge of many pages, but for their numbers the same."""
    filled = [[line for line in page if line] for page in pages]
    edges = Counter(key for page in filled for key in {_key(ln) for ln in _edge_lines(page)})
    heads = {key for key, count in edges.items() if count >= REPEATED}
    return [_trimmed(page, heads) for page in pages]


def _edge_lines(page: list[str]) -> list[str]:
    return page[:_EDGE] + page[-_EDGE:]


def _key(line: str) -> str:
    return _DIGITS.sub("0", line)


def _trimmed(page: list[str], heads: set[str]) -> list[str]:
    first = next((n for n, line in enumerate(page) if line and not _heads(line, heads)), len(page))
    last = next((n for n in range(len(page), first, -1) if not _heads(page[n - 1], heads)), first)
    return page[first:last]


def _heads(line: str, heads: set[str]) -> bool:
    return not line or _key(line) in heads or not _LETTER.search(line)


def _joined(text: str) -> str:
    """A paragraph that goes on overleaf stays one; else a page begins a new one."""
    first, *rest = text.split("\f")
    parts = [first]
    last = first.rstrip()
    for page in rest:
        ends = not last or last.endswith((".", "!", "?", "»", "…", ":")) or not page[:1].islower()
        parts.append(("\n\n\f" if ends else " \f") + page)
        last = page.rstrip() or last
    return "".join(parts)


# --- what it says of itself -----------------------------------------------------------------------


def _title(title: object) -> str | None:
    """Its title, unless it is what programs write there."""
    words = str(title or "").strip()
    return words if _LETTER.search(words) and not _NAMELESS.fullmatch(words) else None


def _date(made: object) -> str | None:
    found = _DATE.match(str(made or ""))
    return "-".join(found.groups()) if found else None
