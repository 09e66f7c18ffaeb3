"""What a page holds and does not show: taken out of its tree, since no reader of the page saw it.

Judged by attributes, by styles on elements and by the rules of the page's own style sheets that
name one class, id or tag. Knows nothing of style sheets elsewhere, nor of scripts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from index.readers.tree import Element

_SIMPLE = re.compile(r"(?:[a-z][a-z0-9]{0,20})?[.#][\w-]{1,80}|[a-z][a-z0-9]{0,20}", re.IGNORECASE)
_WHITE: Final = frozenset(
    {"white", "#fff", "#ffff", "#ffffffff", "rgba(255,255,255,1)", "transparent", "rgba(0,0,0,0)",
     "hsl(0,0%,100%)", "snow", "ghostwhite", "floralwhite", "ivory", "mintcream", "azure"}
)  # fmt: skip
_UNSAID: Final = frozenset({"", "inherit", "initial", "unset", "revert"})
# 250 and more of 255 in each part: nobody tells it from white.
_PALE = re.compile(r"#(?:f[a-f]){3}|rgb\(25[0-5],25[0-5],25[0-5]\)")
_NONE = re.compile(r"(?:0+(?:\.0\d{0,9})?|\.0\d{0,9})(?:px|pt|em|rem|%|vh|vw)?|1px")
_FAR = re.compile(r"-\d{3,}(?:\.\d*)?(?:px|pt|em|rem|%|vw|vh)?")
_CLIPPED: Final = ("rect(0", "rect(1px", "inset(50%", "inset(100%")
_KEPT_TAGS: Final = frozenset({"html", "body"})


def without_hidden(tree: Element) -> None:
    """Take out what is hidden; the text after an element stays."""
    hidden = _hidden_by_sheets(tree)
    for element in tree.xpath("//body//*"):
        if element.tag in _KEPT_TAGS or not isinstance(element.tag, str):
            continue
        if _is_hidden(element) or not hidden.isdisjoint(_names(element)):
            element.drop_tree()


def _is_hidden(element: Element) -> bool:
    if element.tag in {"template", "noscript", "dialog"}:
        return element.tag != "dialog" or element.get("open") is None
    if element.get("hidden") is not None and element.get("hidden") != "until-found":
        return True
    if element.tag == "input":
        return True
    style = element.get("style") or ""
    color = (element.get("color") or "").lower()
    if not style and not color:
        return False
    said = _declarations(style)
    color = said.get("color", color)
    return (
        _hides(said)
        or (color not in _UNSAID and color == said.get("background-color", said.get("background")))
        or (_is_white(color) and not _has_background(element))
    )


def _is_white(color: str) -> bool:
    return color in _WHITE or _PALE.fullmatch(color) is not None


def _has_background(element: Element) -> bool:
    """Whether a colour or a picture other than white lies behind it, so that white text shows."""
    for around in (element, *element.iterancestors()):
        said = _declarations(around.get("style") or "")
        behind = said.get("background", said.get("background-color", around.get("bgcolor") or ""))
        behind = said.get("background-image", behind)
        if behind:
            return not _is_white(behind.partition(" ")[0]) and behind not in {"none", "inherit"}
    return False


def _hides(said: dict[str, str]) -> bool:
    away = any(_FAR.fullmatch(said.get(side, "")) for side in ("left", "top", "text-indent"))
    return (
        said.get("display") == "none"
        or said.get("visibility") in {"hidden", "collapse"}
        or _NONE.fullmatch(said.get("opacity", "1")) is not None
        or _NONE.fullmatch(said.get("font-size", "1em")) is not None
        or away
        or said.get("clip", said.get("clip-path", "")).startswith(_CLIPPED)
    )


def _declarations(style: str) -> dict[str, str]:
    """The last value of each property, in lower case and without spaces before and in brackets."""
    said: dict[str, str] = {}
    for part in style.lower().split(";"):
        name, colon, value = part.partition(":")
        if colon:
            bare = value.replace("!important", "").strip()
            said[name.strip()] = bare.replace(", ", ",").replace("( ", "(").replace(" )", ")")
    return said


def _hidden_by_sheets(tree: Element) -> set[str]:
    """The classes, ids and tags that the page's own style sheets hide: ".x", "#y", "p.x", "p"."""
    hidden: set[str] = set()
    for sheet in tree.xpath("//style/text()"):
        for rule in _outside_media(_without_comments(sheet)).split("}"):
            selectors, _, body = rule.rpartition("{")
            names = {name.strip() for name in selectors.split(",")}
            simple = {name for name in names if _SIMPLE.fullmatch(name)}
            if _hides(_declarations(body)):
                hidden |= simple
            elif "display" in body or "visibility" in body:
                hidden -= simple  # a later rule shows it again
    return hidden


def _outside_media(sheet: str) -> str:
    """Rules for print or narrow screens say nothing of what a reader sees."""
    kept: list[str] = []
    depth = 0
    for part in re.split(r"(@(?:media|supports|keyframes)[^{}]{0,500}\{)", sheet):
        if part.startswith("@") and part.endswith("{"):
            depth = 1
            continue
        if not depth:
            kept.append(part)
            continue
        depth = 1
        for at, character in enumerate(part):
            depth += (character == "{") - (character == "}")
            if depth == 0:
                kept.append(part[at + 1 :])
                break
    return "".join(kept)


def _without_comments(sheet: str) -> str:
    start, *rest = sheet.split("/*")
    return start + "".join(part.partition("*/")[2] for part in rest)


def _names(element: Element) -> set[str]:
    tag = element.tag.lower()
    marks = {f".{name}" for name in (element.get("class") or "").split()}
    if element.get("id"):
        marks.add(f"#{element.get('id')}")
    return {tag} | marks | {tag + mark for mark in marks}
