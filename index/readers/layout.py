"""Lines as they were broken for a page -> paragraphs, words whole again."""

from __future__ import annotations

import re
from typing import Final

NARROW: Final = 0.75  # of the usual line; a shorter one that ends a sentence ends a paragraph
_ENDS: Final = (".", "!", "?", "…", "»", "”", '"', ":")
_ITEMS: Final = ("• ", "– ", "— ", "▪ ", "■ ")
_BROKEN = re.compile(r"([^\W\d_]{2,30})[-\u2010\u00ad]$")
_GOES_ON = re.compile(r"[^\W\d_]{1,30}")
# Words of which the hyphen is a part, whatever the line: "peut-être", "celui-ci", "dit-il".
_KEEPS_BEFORE: Final = """
    peut celui celle ceux celles lui elle elles eux moi soi vous nous vice ex non mi demi semi
    quelques dix vingt trente quarante cinquante soixante quatre avant après arrière sous sud nord
    outre contre entre grand grande haut bas chef porte saint sainte c est dit self well co
"""
_KEEPS_AFTER: Final = """
    être même mêmes ci là il elle on ils elles je tu nous vous t y en ce moi toi le la les lui
    leur uns unes delà dessus dessous est ouest dire midi
"""
_BEFORE: Final = frozenset(_KEEPS_BEFORE.split())
_AFTER: Final = frozenset(_KEEPS_AFTER.split())


def paragraphs(lines: list[str]) -> str:
    """The lines of one page; an empty one, or a short one with a full stop, ends a paragraph."""
    usual = _usual_width(lines)
    known = " ".join(lines).lower()
    done: list[str] = []
    current = ""
    for line in lines:
        if not line or (current and line.startswith(_ITEMS)):
            done.append(current)
            current = line
        else:
            current = _joined(current, line, known) if current else line
        if len(line) < NARROW * usual and (line.endswith(_ENDS) or line.isupper()):
            done.append(current)
            current = ""
    return "\n\n".join(paragraph for paragraph in [*done, current] if paragraph)


def _usual_width(lines: list[str]) -> int:
    """That of the upper quarter."""
    widths = sorted(len(line) for line in lines if line)
    return widths[3 * len(widths) // 4] if widths else 0


def _joined(before: str, line: str, known: str) -> str:
    broken = _BROKEN.search(before)
    goes_on = _GOES_ON.match(line)
    if not broken or not goes_on:
        return f"{before} {line}"
    head, tail = broken.group(1), goes_on.group()
    if _keeps_hyphen(head.lower(), tail, known):
        return before.removesuffix("\u00ad") + line
    return before[:-1] + line


def _keeps_hyphen(head: str, tail: str, known: str) -> bool:
    if f"{head}-{tail.lower()}" in known:
        return True
    if f"{head}{tail}".lower() in known:
        return False
    return not tail[0].islower() or head in _BEFORE or tail in _AFTER
