"""Documents of Word and of OpenDocument -> their paragraphs, as they are read.

What was struck out, commented or hidden is not in the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from index.errors import UnreadableFileError
from index.readers.container import Container
from index.readers.raw import RawArticle
from index.readers.tree import attribute, local_name, parse_xml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from index.readers.tree import Element

_WORD_SILENT: Final = frozenset(
    {"del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sectPr", "tblPr", "Fallback",
     "fldData", "commentReference"}
)  # fmt: skip
_ODT_SILENT: Final = frozenset(
    {"tracked-changes", "annotation", "annotation-end", "hidden-text", "sequence-decls", "forms",
     "note-citation", "user-field-decls", "variable-decls"}
)  # fmt: skip
_SPACES: Final = {
    "tab": " ", "br": "\n", "cr": "\n", "line-break": "\n", "noBreakHyphen": "\u2011", "s": " ",
}  # fmt: skip
_CELLS: Final = frozenset({"tc", "table-cell"})
_CELL: Final = "\0"  # what parts cells until their row is written; XML cannot hold it
_ROWS: Final = frozenset({"tr", "table-row"})
_WHITE = re.compile(r"(?i)#?f[a-f]f[a-f]f[a-f]|white")  # and what nobody tells from it
_SMALLEST: Final = 2  # half points; nobody reads smaller letters


def read_docx(data: bytes) -> Iterator[RawArticle]:
    """:raises UnreadableFileError: it is no Word document, or has no text"""
    container = Container(data)
    body = parse_xml(container.read("word/document.xml"), "a text")
    hidden = _hidden_in_word(container)

    def is_silent(element: Element) -> bool:
        return _is_silent_in_word(element) or not hidden.isdisjoint(_styles_of(element))

    notes = [
        _blocks(parse_xml(container.read(name), "notes"), is_silent, "t")
        for name in ("word/footnotes.xml", "word/endnotes.xml")
        if name in container.names
    ]
    yield _article(container, "docProps/core.xml", [_blocks(body, is_silent, "t"), *notes])


def read_odt(data: bytes) -> Iterator[RawArticle]:
    """:raises UnreadableFileError: it is no text in OpenDocument, or has no text"""
    container = Container(data)
    content = parse_xml(container.read("content.xml"), "a text")
    sheets = [content]
    if "styles.xml" in container.names:
        sheets.append(parse_xml(container.read("styles.xml"), "styles"))
    hidden = _hidden_styles(sheets)
    body = next((item for item in content.iter() if local_name(item) == "body"), content)

    def is_silent(element: Element) -> bool:
        return (
            local_name(element) in _ODT_SILENT
            or attribute(element, "style-name") in hidden
            or attribute(element, "display") == "none"
        )

    yield _article(container, "meta.xml", [_blocks(body, is_silent)])


def _article(container: Container, about: str, blocks: list[str]) -> RawArticle:
    text = "\n\n".join(block for block in blocks if block)
    if not any(character.isalpha() for character in text):
        raise UnreadableFileError("holds no text; save it as .txt")
    said = _said(container, about) if about in container.names else {}
    return RawArticle(text, "document", title=said.get("title"), language=said.get("language"))


def _said(container: Container, name: str) -> dict[str, str]:
    """What the document says of itself; its dates are those of the file, not of publication."""
    tree = parse_xml(container.read(name), "a description")
    return {local_name(item): item.text for item in tree.iter() if (item.text or "").strip()}


def _is_silent_in_word(element: Element) -> bool:
    name = local_name(element)
    if name in _WORD_SILENT:
        return True
    if name in {"footnote", "endnote"}:
        return bool(attribute(element, "type"))  # the lines that part notes from the text
    if name != "r":
        return False
    said = _properties(element)
    is_white = _WHITE.fullmatch(said.get("color", "")) and not {"shd", "highlight"} & set(said)
    return bool(is_white) or _hides(said)


def _properties(element: Element) -> dict[str, str]:
    """What is said of the letters of a run, or of those of a style."""
    return {
        local_name(item): attribute(item, "val")
        for properties in element
        if local_name(properties) == "rPr"
        for item in properties
    }


def _hides(said: Mapping[str, str]) -> bool:
    """Whether letters are not there to be seen, whatever lies behind them."""
    size = said.get("sz", "")
    is_tiny = size.isdecimal() and int(size) <= _SMALLEST
    return is_tiny or said.get("vanish", "none") not in {"0", "false", "none"}


def _hidden_in_word(container: Container) -> set[str]:
    """The styles of a Word document whose letters are invisible, and those that rest on them."""
    if "word/styles.xml" not in container.names:
        return set()
    tree = parse_xml(container.read("word/styles.xml"), "styles")
    styles = [item for item in tree.iter() if local_name(item) == "style"]
    rests = {
        attribute(style, "styleId"): attribute(item, "val")
        for style in styles
        for item in style
        if local_name(item) == "basedOn"
    }
    hidden = {attribute(style, "styleId") for style in styles if _hides(_properties(style))}
    return _with_heirs(hidden, rests)


def _styles_of(element: Element) -> set[str]:
    """The styles that a paragraph or a run of Word names."""
    return {
        attribute(item, "val")
        for properties in element
        if local_name(properties) in {"pPr", "rPr"}
        for item in properties
        if local_name(item) in {"pStyle", "rStyle"}
    }


def _hidden_styles(sheets: list[Element]) -> set[str]:
    """The names of styles whose letters are hidden, or white on white, and of their heirs."""
    hidden, rests = set(), {}
    styles = [item for sheet in sheets for item in sheet.iter() if local_name(item) == "style"]
    for style in styles:
        rests[attribute(style, "name")] = attribute(style, "parent-style-name")
        for said in style:
            white = _WHITE.fullmatch(attribute(said, "color"))
            behind = attribute(said, "background-color") or "transparent"
            if attribute(said, "display") == "none" or (
                white and (behind == "transparent" or _WHITE.fullmatch(behind))
            ):
                hidden.add(attribute(style, "name"))
    return _with_heirs(hidden, rests)


def _with_heirs(hidden: set[str], rests: Mapping[str, str]) -> set[str]:
    """These styles, and those that rest on them, by however many steps."""
    found = hidden - {""}
    while more := {name for name, on in rests.items() if on in found} - found - {""}:
        found |= more
    return found


def _blocks(tree: Element, is_silent: Callable[[Element], bool], holder: str = "") -> str:
    """Paragraphs and headings, a blank line between them; cells of a row in one line.

    :param holder: the only element that holds letters; without one all in paragraphs do
    """
    blocks = "".join(_parts(tree, is_silent, holder)).split("\n\n")
    bare = (_cells(block) if _CELL in block else block.strip() for block in blocks)
    return "\n\n".join(block for block in bare if block)


def _cells(row: str) -> str:
    return " | ".join(words for cell in row.split(_CELL) if (words := " ".join(cell.split())))


def _parts(tree: Element, is_silent: Callable[[Element], bool], holder: str) -> Iterator[str]:
    """Texts and what stands between them; by a loop, since trees may be deep."""
    waiting: list[tuple[Element, bool, bool] | str] = [(tree, False, False)]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
            continue
        element, in_cell, in_paragraph = item
        name = local_name(element)
        if not name or is_silent(element):
            continue
        edge = _edge(name, in_cell=in_cell)
        in_cell = (in_cell or name in _CELLS) and name not in _ROWS
        in_paragraph = (in_paragraph or name in {"p", "h"}) and name not in _ROWS
        holds = name == holder if holder else in_paragraph
        yield edge + _SPACES.get(name, "") + ((element.text or "") if holds else "")
        waiting.append(edge)
        for child in reversed(element):
            tail = (child.tail or "") if in_paragraph and not holder else ""
            waiting += [tail, (child, in_cell, in_paragraph)]


def _edge(name: str, *, in_cell: bool) -> str:
    """What parts this element from those around it."""
    if name in _CELLS:
        return _CELL
    if name in _ROWS:
        return "\n\n"
    return (" " if in_cell else "\n\n") if name in {"p", "h"} else ""
