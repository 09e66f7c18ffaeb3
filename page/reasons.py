"""Why something was refused, in the reader's language: the lines of `index` and `rag`, in French.

They are written in English, for the terminal; each is known here by its words, `{}` standing for
what is filled in. What is not known stays as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from page.reason_texts import PLACES, REASONS

if TYPE_CHECKING:
    from page.texts import Texts

_NUMBER: Final = re.compile(r"\d{1,3}(?:,\d{3})+")
_LONGEST_FIRST: Final = sorted(REASONS, key=len, reverse=True)


def reason(line: str, texts: Texts) -> str:
    """The line, in French where that is the page's language."""
    if texts.language != "fr":
        return line
    for english in _LONGEST_FIRST:
        before, filled = _read(line, english.split("{}"))
        if filled is not None:
            said = REASONS[english].format(*(_written(value, texts) for value in filled))
            return f"{_placed(before)}{said}".replace(" ;", "\u00a0;")
    return line


def _read(line: str, parts: list[str]) -> tuple[str, list[str] | None]:
    """What stands before these words, and what is filled in between them; None: it is another."""
    first, *others = parts
    at = line.find(first) if first else 0
    before, filled = line[: max(at, 0)], []
    if at < 0 or (before and not before.endswith(" ")):
        return "", None
    at += len(first)
    for part in others[:-1]:
        end = line.find(part, at)
        if end < 0:
            return "", None
        filled.append(line[at:end])
        at = end + len(part)
    last = others[-1] if others else ""
    end = len(line) - len(last)
    if end < at or not line.endswith(last) or (not others and end != at):
        return "", None
    return before, [*filled, line[at:end]] if others else []


def _written(value: str, texts: Texts) -> str:
    """A number as the language writes it; all else stays."""
    return value.replace(",", texts.thousands) if _NUMBER.fullmatch(value) else value


def _placed(before: str) -> str:
    """Where in a file something is: "line 3 " is "ligne 3 "; a file's name stays."""
    for english, french in PLACES.items():
        before = before.replace(f"{english} ", f"{french} ")
    return before
