"""When a web page says that it was published, the surest words first."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.readers.tree import Element

# Names of <meta> that mean the publication, in the order in which they are trusted.
_META: Final = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished",
    "parsely-pub-date", "sailthru.date", "publish-date", "publishdate", "publication_date",
    "pubdate", "dcterms.issued", "dc.date.issued", "dcterms.created", "dc.date", "dcterms.date",
    "cxenseparse:recs:publishtime", "date",
)  # fmt: skip
# Types of schema.org by their endings: those of articles, then those of pages.
_TYPES: Final = (("Article", "Posting", "Report"), ("Page", "WebSite", "CreativeWork"))
_OUTDATED = re.compile(r"updat|modif|maj\b|mise-a-jour|edited", re.IGNORECASE)
_CLASS = re.compile(
    r"(?:\b|_)(?:publi|submitted|date|posted|pubdate|timestamp|veroeffentlich)", re.IGNORECASE
)
_TEXT_LIMIT: Final = 120  # characters; a longer element holds more than a date


def dates(tree: Element) -> Iterator[str]:
    """As they are written there; what is no date may be among them."""
    yield from _json_ld(tree.xpath("//script[@type='application/ld+json']/text()"))
    named = {
        (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower(): meta
        for meta in reversed(tree.xpath("//meta[@content]"))
    }
    yield from (named[name].get("content") for name in _META if name in named)
    for element in tree.xpath("//*[@itemprop='datePublished']"):
        yield element.get("datetime") or element.get("content") or element.text_content()
    yield from _visible(tree)


def _json_ld(scripts: list[str]) -> Iterator[str]:
    """Those of articles, then those of pages; not those of pictures, comments and the like."""
    items = [inner for script in scripts for outer in _items(script) for inner in _inside(outer)]
    for endings in _TYPES:
        for item in items:
            date = item.get("datePublished")
            if isinstance(date, str) and any(k.endswith(endings) for k in _kinds(item)):
                yield date


def _kinds(item: dict[str, object]) -> list[str]:
    kinds = item.get("@type", "Article")
    return [str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])]


def _items(script: str) -> list[object]:
    try:
        content = json.loads(script, strict=False)
    except (ValueError, RecursionError):
        return []
    return content if isinstance(content, list) else [content]


def _inside(item: object) -> list[dict[str, object]]:
    """It, its graph, and what the page is mainly about."""
    if not isinstance(item, dict):
        return []
    graph = item.get("@graph")
    main = [item.get("mainEntity"), item.get("mainEntityOfPage")]
    inside = [*(graph if isinstance(graph, list) else []), *main]
    return [item, *(inner for inner in inside if isinstance(inner, dict))]


def _visible(tree: Element) -> Iterator[str]:
    """<time> in the article, or alone on the page; then elements whose class speaks of a date."""
    inside = tree.xpath("//article//time | //main//time")
    everywhere = tree.xpath("//time")
    for element in inside or (everywhere if len(everywhere) == 1 else []):
        if not _OUTDATED.search(_marks(element)):
            yield element.get("datetime") or element.text_content()
    for element in tree.xpath("//*[@class or @id][not(self::body)]"):
        marks = _marks(element)
        if _CLASS.search(marks) and not _OUTDATED.search(marks):
            words = " ".join(element.text_content()[: 2 * _TEXT_LIMIT].split())
            if len(words) <= _TEXT_LIMIT:
                yield words


def _marks(element: Element) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}"
