"""Raw text -> the text that is cited: Unicode, white space, broken lines, no site furniture.

Non-breaking spaces stay, since quotes hold them.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from index.furniture import furniture

_INVISIBLE: Final = (  # controls, soft hyphens, zero widths, direction marks, tags
    *range(0x09), *range(0x0E, 0x20), 0x7F, 0xAD, 0x180E, 0x200B, 0x200E, 0x200F,
    *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, *range(0xFFF9, 0xFFFC),
    *range(0xE0000, 0xE0080),
)  # fmt: skip
_CHARACTERS: Final[dict[int, str | None]] = {
    **dict.fromkeys(_INVISIBLE),
    # Controls of the second block are Windows-1252 read as Latin-1: "c\x9cur" was "cœur".
    **{code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)},
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),  # halves of pairs, which UTF-8 cannot hold
    **dict.fromkeys((0x0B, 0x0C, 0x2028), "\n"),
    0x09: " ",
    0x2029: "\n\n",
}
# Joiners are spelling in Arabic and Indic scripts and glue in emoji; elsewhere they are invisible.
_STRAY_JOINER = re.compile(
    "(?<![\u0600-\u08ff\u0900-\u0dff\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]+"
)
_SPACES = re.compile(" {2,}")
_BLANK_LINES = re.compile(r"\n{3,}")

BROKEN_FROM: Final = 40  # characters; a shorter line may be an item of a list. Untested elsewhere


def clean(raw: str) -> str:
    """Doing it twice changes nothing more."""
    text = _characters(raw)
    lines = [_SPACES.sub(" ", line.strip()) for line in text.split("\n")]
    gone = furniture(lines)
    kept = [line for number, line in enumerate(lines) if number not in gone]
    return _BLANK_LINES.sub("\n\n", "\n".join(_mended(kept))).strip("\n")


def one_line(raw: str) -> str:
    """The same for a title or a name: no furniture, no line breaks."""
    lines = (line.strip() for line in _characters(raw).split("\n"))
    return _SPACES.sub(" ", " ".join(line for line in lines if line))


def _characters(raw: str) -> str:
    text = raw.replace("\r\n", "\n").replace("\r", "\n").translate(_CHARACTERS)
    return unicodedata.normalize("NFC", _STRAY_JOINER.sub("", text))


def _mended(lines: list[str]) -> list[str]:
    """Lines that were broken inside a sentence, joined again."""
    mended: list[str] = []
    for line in lines:
        if mended and _is_broken(mended[-1], line):
            mended[-1] += f" {line}"
        else:
            mended.append(line)
    return mended


def _is_broken(line: str, following: str) -> bool:
    if len(line) < BROKEN_FROM or not following[:1].islower():
        return False
    return line[-1] == "," or line[-1].islower()
