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
from index.readers.drawing import shown
from index.readers.layout import paragraphs
from index.readers.raw import RawArticle

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PAGES: Final = 5_000
REPEATED: Final = 3  # pages whose first or last lines are the same: they head the pages. Untested
_EDGE: Final = 2  # lines at the top and the bottom of a page that may head it
_DIGITS = re.compile(r"\d+")
_LETTER = re.compile(r"[^\W\d_]")
_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_NAMELESS = re.compile(r"(?i)untitled|sans titre|microsoft word -.*|.*\.(?:docx?|pdf|indd|odt|qxd)")


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
    left, bottom, right, top = map(float, page.cropbox)
    box = (min(left, right), min(bottom, top), max(left, right), max(bottom, top))
    contents.operations = shown(contents.operations, box, frozenset(_pictures(page)))
    page[NameObject("/Contents")] = contents
    return [" ".join(line.split(" ")).strip() for line in page.extract_text().split("\n")]


def _pictures(page: Any) -> Iterator[str]:  # noqa: ANN401 - pypdf's
    """The names by which a page draws its pictures."""
    resources = page.get("/Resources")
    drawn = resources.get_object().get("/XObject") if resources is not None else None
    for name, value in drawn.get_object().items() if drawn is not None else ():
        if value.get_object().get("/Subtype") == "/Image":
            yield str(name)


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
