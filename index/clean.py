"""Raw text -> the text that is cited: Unicode, white space, broken lines, no site furniture.

Non-breaking spaces stay, since quotes hold them.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby, pairwise
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

# A lower-case start alone does not tell: of 1,034 such lines in ../shared about 1,030 were items of
# lists. A line that ends with one of these words and the next starting in lower case: 6 of 6 right.
_ENDLESS: Final = """
    de du des le la les un une et ou à au aux en dans par pour sur avec que qui ne se sa son
    ses ce cette dont leur the a an of to in and or for with by on at from that as is was were
    are has have his her its der die das den dem ein eine einen einem einer und oder von vom
    zu zum zur mit für im am auf dass sich el los las y o con por para del al su sus il lo gli
    e di da che nel nella della dei os em no na do dos das um uma het een van voor met op
"""
_GOES_ON: Final = frozenset(_ENDLESS.split())
_LAST_WORD = re.compile("[ '’\u00a0]")
WRAPPED_LINES: Final = 3  # in a row; none of the 2,300 articles in ../shared is taken for wrapped
WRAPPED_WIDTHS: Final = range(50, 101)


def clean(raw: str) -> str:
    """Doing it twice changes nothing more."""
    before: list[str] = []
    lines = [_SPACES.sub(" ", line.strip()) for line in _characters(raw).split("\n")]
    while lines != before:  # what one pass joins or parts may be furniture to the next
        before = lines
        gone = furniture(lines)
        lines = _mended(["" if number in gone else line for number, line in enumerate(lines)])
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


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
    for is_filled, group in groupby(lines, key=bool):
        block = list(group)
        mended += [" ".join(block)] if is_filled and _is_wrapped(block) else _joined(block)
    return mended


def _is_wrapped(block: list[str]) -> bool:
    """Whether each line ends where the next word had no room, as in mail and old files."""
    width = max(len(line) for line in block)
    if len(block) < WRAPPED_LINES or width not in WRAPPED_WIDTHS:
        return False
    ended = sum(line[-1] in ".!?:;" for line in block[:-1])
    return 2 * ended < len(block) and all(
        len(line) + 1 + len(following.partition(" ")[0]) > width and following[0].isalnum()
        for line, following in pairwise(block)
    )


def _joined(block: list[str]) -> list[str]:
    """A line that ends with a word no sentence ends with goes on in the next."""
    joined: list[list[str]] = []
    previous = ""
    for line in block:
        if line[:1].islower() and _LAST_WORD.split(previous)[-1] in _GOES_ON:
            joined[-1].append(line)
        else:
            joined.append([line])
        previous = line
    return [" ".join(parts) for parts in joined]
