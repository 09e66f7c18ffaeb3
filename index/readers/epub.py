"""An EPUB -> its chapters, in the order of reading, each an article: a newspaper's are."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from index.errors import UnreadableFileError
from index.readers.container import Container
from index.readers.hidden import without_hidden
from index.readers.html import page_text
from index.readers.markup import words_of
from index.readers.raw import Fault, RawArticle
from index.readers.tree import attribute, local_name, parse_html, parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from index.readers.tree import Element


def read(data: bytes) -> Iterator[RawArticle | Fault]:
    """:raises UnreadableFileError: it is no EPUB, or has no text"""
    container = Container(data)
    package_name = _package_name(container)
    package = parse_xml(container.read(package_name), "a list of contents")
    said = _said(package)
    row = 0
    for name in _chapters(package, posixpath.dirname(package_name)):
        made = _chapter(container, name, said)
        row += made is not None
        if isinstance(made, Fault):
            yield made
        elif made:
            title, text = made
            yield RawArticle(
                text, "document", title=title or said.get("title"), published=said.get("date"),
                language=said.get("language"), source=said.get("title"), row=row,
            )  # fmt: skip
    if not row:
        raise UnreadableFileError("is a book without text; save it as .txt")


def _package_name(container: Container) -> str:
    tree = parse_xml(container.read("META-INF/container.xml"), "a list of contents")
    paths = (attribute(item, "full-path") for item in tree.iter())
    return next((path for path in paths if path), "")


def _said(package: Element) -> Mapping[str, str]:
    named = ((local_name(item), (item.text or "").strip()) for item in package.iter())
    return {name: text for name, text in reversed(list(named)) if text}


def _chapters(package: Element, folder: str) -> list[str]:
    files = {
        attribute(item, "id"): posixpath.normpath(
            posixpath.join(folder, unquote(attribute(item, "href")))
        )
        for item in package.iter()
        if local_name(item) == "item" and "nav" not in attribute(item, "properties").split()
    }
    order = [attribute(item, "idref") for item in package.iter() if local_name(item) == "itemref"]
    return [files[name] for name in order if name in files]


def _chapter(
    container: Container, name: str, said: Mapping[str, str]
) -> tuple[str, str] | Fault | None:
    """Its title and text; None when it has no letters, as a cover."""
    try:
        tree = parse_html(page_text(container.read(name)))
    except UnreadableFileError as error:
        return Fault(f"{name} {error}")
    without_hidden(tree)
    text = words_of(tree)
    if not any(character.isalpha() for character in text) or text == said.get("title"):
        return None
    headings = (" ".join(item.text_content().split()) for item in tree.xpath("//h1 | //h2"))
    return next((heading for heading in headings if heading), ""), text
