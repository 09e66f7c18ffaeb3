"""HTML inside of something else, a mail, a feed, a chapter -> its words, all of them.

Unlike `html`, which looks for the article among the menus of a page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from index.readers.hidden import without_hidden
from index.readers.tree import local_name, parse_html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.readers.tree import Element

_BREAKING: Final = """
    address article aside blockquote caption center dd details div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol p pre section summary table
    tbody tfoot thead tr ul
"""
_UNREAD: Final = """
    script style template noscript head title object iframe svg math audio video select textarea
"""
_BLOCKS: Final = frozenset(_BREAKING.split())
_EDGES: Final = {"br": "\n", "td": " | ", "th": " | "}
_SPACE = re.compile(r"[ \t\r\n\f]+")  # what HTML shows as one space
_SILENT: Final = frozenset(_UNREAD.split())


def words(markup: str) -> str:
    """Its blocks, a blank line between them; nothing of what is hidden.

    :raises UnreadableFileError: it is nested too deep
    """
    if not markup.strip():
        return ""
    tree = parse_html(f"<body>{markup}" if "<body" not in markup.lower() else markup)
    without_hidden(tree)
    return words_of(tree)


def words_of(tree: Element) -> str:
    """The same, of a tree."""
    blocks = "".join(_parts(tree)).split("\n\n")
    lines = ("\n".join(_SPACE.sub(" ", ln).strip() for ln in block.split("\n")) for block in blocks)
    return "\n\n".join(block.strip("\n") for block in lines if block.strip("\n"))


def _parts(tree: Element) -> Iterator[str]:
    """Its texts, blocks set apart by a blank line; by a loop, since trees may be deep."""
    waiting: list[Element | str] = [tree]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
            continue
        name = local_name(item).lower()
        if not name or name in _SILENT:
            continue
        edge = _EDGES.get(name, "\n\n" if name in _BLOCKS else "")
        yield edge
        yield _SPACE.sub(" ", item.text or "")
        waiting.append(edge)
        for child in reversed(item):
            waiting += [_SPACE.sub(" ", child.tail or ""), child]
