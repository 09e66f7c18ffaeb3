"""A saved web page -> its article, by trafilatura; its date as the page states it."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any, Final

from index.errors import UnreadableFileError
from index.metadata import parse_date
from index.readers.dates import dates
from index.readers.encoding import decode
from index.readers.hidden import without_hidden
from index.readers.raw import RawArticle
from index.readers.tree import parse_html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.readers.tree import Element

_CHARSET = re.compile(
    rb"(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE
)
_HEAD: Final = 4096  # bytes within which a page names its encoding
_LETTER = re.compile(r"[^\W\d_]")
_DATE_LINE: Final = 60  # characters
_TITLES: Final = "//title | //h1 | //h2 | //meta[contains(@property, 'title')]"


def read(data: bytes) -> Iterator[RawArticle]:
    """:raises UnreadableFileError: letters went in and none came out"""
    tree = parse_html(page_text(data))
    published = next((date for date in dates(tree) if parse_date(date)[0]), None)
    is_titled = bool(tree.xpath(_TITLES))  # else trafilatura takes the first paragraph
    without_hidden(tree)
    _unwrap_tables(tree)
    page = _extracted(tree)
    body = page.text if page else _paragraphs(tree)
    if not _LETTER.search(body or ""):
        raise UnreadableFileError(
            "is a web page in which no article was found; copy the article's text into a .txt file"
        )
    yield RawArticle(
        # trafilatura writes a paragraph a line; none of them may be joined to the next.
        text="\n\n".join(_row(line) for line in _without_date(body.splitlines())),
        origin="html",
        title=page.title if page and is_titled else None,
        published=published,
        source=page.sitename if page else None,
        url=page.url if page else None,
    )


def page_text(data: bytes) -> str:
    """A page's letters, in the encoding that it names.

    :raises UnreadableFileError: the bytes are no text
    """
    declared = _CHARSET.search(data[:_HEAD])
    return decode(data, declared.group(1).decode("ascii") if declared else None)


def _unwrap_tables(tree: Element) -> None:
    """Tables that only lay out the page, as old ones do: their cells become plain blocks."""
    for table in tree.xpath("//table[.//td//p or .//td//table or .//h1 or .//td//br or .//td//a]"):
        for element in table.iter("table", "thead", "tbody", "tr", "td", "th"):
            element.tag = "div"


def _without_date(lines: list[str]) -> list[str]:
    """Without a line at the top that only tells the date."""
    first = lines[0]
    tells = len(first) <= _DATE_LINE and any(map(str.isdigit, first)) and parse_date(first)[0]
    return lines[1:] if tells else lines


def _row(line: str) -> str:
    """A row of a table as trafilatura writes it, "| a | b |", without the outer marks."""
    line = line.strip()
    if not (line.startswith("|") and line.endswith("|")):
        return line
    cells = line.replace("\\|", "\0").strip("|").split("|")
    words = [cell.strip() for cell in cells]
    is_rule = all(set(cell) <= set("-: ") for cell in cells)
    return "" if is_rule else " | ".join(word for word in words if word).replace("\0", "|")


def _extracted(tree: Element) -> Any:  # noqa: ANN401 - trafilatura ships no types
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        return trafilatura.bare_extraction(
            tree,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={"extensive_search": False},
        )
    except MemoryError:
        raise
    except Exception as error:  # a foreign parser on foreign input
        raise UnreadableFileError(f"cannot be taken apart ({error!r}); save it as .txt") from error


def _paragraphs(tree: Element) -> str:
    """What is left of a page too short for trafilatura to tell its article from its menus."""
    import trafilatura

    _, found, _ = trafilatura.baseline(tree)
    return str(found)
