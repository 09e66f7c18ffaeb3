"""What a page holds and does not show: taken out of its tree, since no reader of the page saw it.

Judged by attributes and by what the page's own styles say (styles.py). Knows nothing of style
sheets elsewhere, nor of scripts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from index.readers.styles import color, styles

if TYPE_CHECKING:
    from index.readers.styles import Said
    from index.readers.tree import Element

_HIDING: Final = frozenset(
    {"display", "visibility", "opacity", "font-size", "left", "top", "text-indent", "clip",
     "clip-path", "transform"}
)  # fmt: skip
_COLORS: Final = frozenset(
    {"color", "background", "background-color", "background-image", "position"}
)
PALEST: Final = 0.94  # of 1 in red, green and blue; "azure" is as pale
PICTURES: Final = ".//img | .//picture | .//video"
_NONE = re.compile(r"(?:0+(?:\.0\d{0,9})?|\.0\d{0,9})(?:px|pt|em|rem|%|vh|vw)?|1px")
_FAR = re.compile(r"-\d{3,}(?:\.\d*)?(?:px|pt|em|rem|%|vw|vh)?")
_CLIPPED = re.compile(r"rect\((?:0|1px)|inset\((?:50|100)%")
_SHRUNK = re.compile(r"scale(?:3d|x|y)?\(\s*\.?0*(?:\.0*)?[,\s)]")
_KEPT_TAGS: Final = frozenset({"html", "body"})


def without_hidden(tree: Element) -> None:
    """Take out what is hidden; the text after an element stays."""
    # What lies behind its letters is not known of a page that asks for other sheets.
    told = not tree.xpath("//link[contains(@rel, 'stylesheet')]")
    said = styles(tree, _HIDING | _COLORS if told else _HIDING, _HIDING | _COLORS)
    for element in tree.xpath("//body//*"):
        if element.tag in _KEPT_TAGS or not isinstance(element.tag, str):
            continue
        hides = _is_hidden(element) or _hides(said.get(element, {}))
        if hides or _is_unseen(element, said):
            element.drop_tree()


def _is_hidden(element: Element) -> bool:
    """By what it is."""
    if element.tag in {"template", "noscript", "dialog"}:
        return element.tag != "dialog" or element.get("open") is None
    if element.get("hidden") is not None and element.get("hidden") != "until-found":
        return True
    return bool(element.tag == "input")


def _hides(said: Said) -> bool:
    away = any(_FAR.fullmatch(said.get(side, "")) for side in ("left", "top", "text-indent"))
    return (
        said.get("display") == "none"
        or said.get("visibility") in {"hidden", "collapse"}
        or _NONE.fullmatch(said.get("opacity", "1")) is not None
        or _NONE.fullmatch(said.get("font-size", "1em")) is not None
        or away
        or _CLIPPED.match(said.get("clip", said.get("clip-path", ""))) is not None
        or _SHRUNK.search(said.get("transform", "")) is not None
    )


def _is_unseen(element: Element, said: dict[Element, Said]) -> bool:
    """Whether its letters have the colour of what lies behind them."""
    own = said.get(element, {})
    written = own.get("color", (element.get("color") or "").lower())
    letters = color(written)
    if letters is None:
        return False
    is_same = written == own.get("background-color", own.get("background"))
    return is_same or not letters[3] or (_is_pale(letters) and not _has_background(element, said))


def _is_pale(parts: tuple[float, ...]) -> bool:
    """Whether it cannot be told from white paper."""
    return min(parts[:3]) >= PALEST


def _has_background(element: Element, said: dict[Element, Said]) -> bool:
    """Whether a colour or a picture other than white lies behind it, so that white text shows."""
    for around in (element, *element.iterancestors()):
        own = said.get(around, {})
        if own.get("position") in {"absolute", "fixed"} and around.getparent().xpath(PICTURES):
            return True
        behind = own.get("background-color", own.get("background", around.get("bgcolor") or ""))
        behind = own.get("background-image", behind)
        parts = color(behind if "(" in behind else behind.partition(" ")[0])
        if parts and parts[3]:
            return not _is_pale(parts)
        if "(" in behind and not parts:
            return True  # a picture, or a colour that is computed
    return False
