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
_HEAD: Final = 4096  # bytes within which a page names its encoding
_LETTER = re.compile(r"[^\W\d_]")
# Names of <meta> that mean the publication, in the order in which they are trusted.
_META_DATES: Final = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished",
    "parsely-pub-date", "sailthru.date", "publish-date", "publishdate", "publication_date",
    "pubdate", "dcterms.issued", "dc.date.issued", "dcterms.created", "dc.date", "dcterms.date",
    "date",
)  # fmt: skip
_OUTDATED = re.compile(r"updat|modif|maj\b|mise-a-jour|edited", re.IGNORECASE)
_DATE_CLASS = re.compile(r"\b(?:publi|date|posted|pubdate|timestamp|veroeffentlich)", re.IGNORECASE)
_DATE_TEXT_LIMIT: Final = 120  # characters; a longer element holds more than a date


def read(data: bytes) -> Iterator[RawArticle]:
    """:raises UnreadableFileError: letters went in and none came out"""
    declared = _CHARSET.search(data[:_HEAD])
    text = decode(data, declared.group(1).decode("ascii") if declared else None)
    tree = _tree(text)
    published = next((date for date in _dates(tree) if parse_date(date)[0]), None)
    page = _extracted(tree)
    body = page.text if page else _paragraphs(text)
    if not _LETTER.search(body or ""):
        raise UnreadableFileError(
            "is a web page in which no article was found; copy the article's text into a .txt file"
        )
    yield RawArticle(
        # trafilatura writes a paragraph a line; none of them may be joined to the next.
        text=body.replace("\n", "\n\n"),
        origin="html",
        title=page and page.title,
        published=published,
        source=page and page.sitename,
        url=page and page.url,
    )


def _tree(text: str) -> Any:  # noqa: ANN401 - lxml ships no types
    from lxml import html  # type: ignore[import-untyped, unused-ignore]

    # Without huge_tree lxml silently gives an empty page at 255 nested tags or 10 MB of text.
    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (ValueError, html.etree.LxmlError) as error:
        raise UnreadableFileError(f"is not HTML ({error}); save the page again") from error


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
