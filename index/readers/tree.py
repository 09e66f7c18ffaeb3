"""HTML and XML as trees, by lxml: the one place that asks it.

No entity is resolved, nothing is fetched, and a tree deeper than anyone writes is refused.
"""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from index.errors import UnreadableFileError

Element: TypeAlias = Any  # lxml ships no types

DEEPEST: Final = 500  # tags in each other; beyond, parsing takes minutes and then fails


def parse_html(text: str) -> Element:
    """:raises UnreadableFileError: it is none, or nested too deep"""
    from lxml import html

    # Without huge_tree lxml silently gives an empty page at 255 nested tags or 10 MB of text.
    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (ValueError, html.etree.LxmlError) as error:
        raise UnreadableFileError(f"is not HTML ({error}); save the page again") from error
    _check_depth(tree)
    return tree


def parse_xml(data: bytes, name: str) -> Element:
    """:param name: what it is to the user: "the document"

    :raises UnreadableFileError: it is none, or nested too deep
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        tree = etree.fromstring(data, parser=parser)
    except (ValueError, etree.LxmlError) as error:
        raise UnreadableFileError(f"has {name} that is not XML ({error}); save it again") from error
    _check_depth(tree)
    return tree


def _check_depth(tree: Element) -> None:
    from lxml import etree

    depth = deepest = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise UnreadableFileError(
            f"has tags nested {deepest} deep, over {DEEPEST}; copy its text into a .txt file"
        )


def local_name(element: Element) -> str:
    """The tag without its namespace; "" for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """The value of an attribute, whatever its namespace; "" when it has none."""
    named = (value for key, value in element.attrib.items() if key.rpartition("}")[2] == name)
    return next(named, "")
