"""A saved web page -> its article, by trafilatura; its date as the page states it."""

from __future__ import annotations

import json
import logging
import re
from typing import TYPE_CHECKING, Any, Final

from index.errors import UnreadableFileError
from index.metadata import parse_date
from index.readers.raw import RawArticle, decode

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHARSET = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
DEEPEST: Final = 500  # tags in each other; beyond, parsing takes minutes and then fails
_HEAD: Final = 4096  # bytes within which a page names its encoding
_LETTER = re.compile(r"[^\W\d_]")
# Names of <meta> that mean the publication, in the order in which they are trusted.
_META_DATES: Final = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished",
    "parsely-pub-date", "sailthru.date", "publish-date", "publishdate", "publication_date",
    "pubdate", "dcterms.issued", "dc.date.issued", "dcterms.created", "dc.date", "dcterms.date",
    "date",
)  # fmt: skip
_TITLES: Final = "//title | //h1 | //h2 | //meta[contains(@property, 'title')]"
_OUTDATED = re.compile(r"updat|modif|maj\b|mise-a-jour|edited", re.IGNORECASE)
_DATE_CLASS = re.compile(r"\b(?:publi|date|posted|pubdate|timestamp|veroeffentlich)", re.IGNORECASE)
_DATE_TEXT_LIMIT: Final = 120  # characters; a longer element holds more than a date


def read(data: bytes) -> Iterator[RawArticle]:
    """:raises UnreadableFileError: letters went in and none came out"""
    declared = _CHARSET.search(data[:_HEAD])
    text = decode(data, declared.group(1).decode("ascii") if declared else None)
    tree = _tree(text)
    published = next((date for date in _dates(tree) if parse_date(date)[0]), None)
    is_titled = bool(tree.xpath(_TITLES))  # else trafilatura takes the first paragraph
    _unwrap_tables(tree)
    page = _extracted(tree)
    body = page.text if page else _paragraphs(text)
    if not _LETTER.search(body or ""):
        raise UnreadableFileError(
            "is a web page in which no article was found; copy the article's text into a .txt file"
        )
    yield RawArticle(
        # trafilatura writes a paragraph a line; none of them may be joined to the next.
        text="\n\n".join(_row(line) for line in body.splitlines()),
        origin="html",
        title=page.title if page and is_titled else None,
        published=published,
        source=page.sitename if page else None,
        url=page.url if page else None,
    )


def _tree(text: str) -> Any:  # noqa: ANN401 - lxml ships no types
    from lxml import html  # type: ignore[import-untyped, unused-ignore]

    # Without huge_tree lxml silently gives an empty page at 255 nested tags or 10 MB of text.
    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (ValueError, html.etree.LxmlError) as error:
        raise UnreadableFileError(f"is not HTML ({error}); save the page again") from error
    depth = deepest = 0
    for event, _ in html.etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise UnreadableFileError(
            f"has tags nested {deepest} deep, over {DEEPEST}; copy its text into a .txt file"
        )
    return tree


def _unwrap_tables(tree: Any) -> None:  # noqa: ANN401
    """Tables that only lay out the page, as old ones do: their cells become plain blocks."""
    for table in tree.xpath("//table[.//td//p or .//td//table or .//h1 or .//td//br or .//td//a]"):
        for element in table.iter("table", "thead", "tbody", "tr", "td", "th"):
            element.tag = "div"


def _row(line: str) -> str:
    """A row of a table as trafilatura writes it, "| a | b |", without the outer marks."""
    line = line.strip()
    if not (line.startswith("|") and line.endswith("|")):
        return line
    cells = line.replace("\\|", "\0").strip("|").split("|")
    words = [cell.strip() for cell in cells]
    is_rule = all(set(cell) <= set("-: ") for cell in cells)
    return "" if is_rule else " | ".join(word for word in words if word).replace("\0", "|")


def _extracted(tree: Any) -> Any:  # noqa: ANN401
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        return trafilatura.bare_extraction(
            tree,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={"extensive_search": False},
        )
    except Exception as error:  # a foreign parser on foreign input
        raise UnreadableFileError(f"cannot be taken apart ({error!r}); save it as .txt") from error


def _paragraphs(text: str) -> str:
    """What is left of a page too short for trafilatura to tell its article from its menus."""
    import trafilatura

    _, found, _ = trafilatura.baseline(text)
    return str(found)


def _dates(tree: Any) -> Iterator[str]:  # noqa: ANN401
    """What the page says of its publication, the surest first."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        yield from _json_ld_dates(script)
    named = {
        (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower(): meta
        for meta in reversed(tree.xpath("//meta[@content]"))
    }
    yield from (named[name].get("content") for name in _META_DATES if name in named)
    for element in tree.xpath("//*[@itemprop='datePublished']"):
        yield element.get("datetime") or element.get("content") or element.text_content()
    yield from _visible_dates(tree)


def _json_ld_dates(script: str) -> Iterator[str]:
    try:
        content = json.loads(script)
    except (ValueError, RecursionError):
        return
    items = content if isinstance(content, list) else [content]
    for item in [inner for outer in items for inner in (outer, *_graph(outer))]:
        date = item.get("datePublished") if isinstance(item, dict) else None
        if isinstance(date, str):
            yield date


def _graph(item: object) -> list[object]:
    graph = item.get("@graph") if isinstance(item, dict) else None
    return graph if isinstance(graph, list) else []


def _visible_dates(tree: Any) -> Iterator[str]:  # noqa: ANN401
    """<time> in the article, or alone on the page; then elements whose class speaks of a date."""
    inside = tree.xpath("//article//time | //main//time")
    everywhere = tree.xpath("//time")
    for element in inside or (everywhere if len(everywhere) == 1 else []):
        if not _OUTDATED.search(_marks(element)):
            yield element.get("datetime") or element.text_content()
    for element in tree.xpath("//*[@class or @id][not(self::body)]"):
        marks = _marks(element)
        if _DATE_CLASS.search(marks) and not _OUTDATED.search(marks):
            words = " ".join(element.text_content()[: 2 * _DATE_TEXT_LIMIT].split())
            if len(words) <= _DATE_TEXT_LIMIT:
                yield words


def _marks(element: Any) -> str:  # noqa: ANN401
    return f"{element.get('class', '')} {element.get('id', '')}"
