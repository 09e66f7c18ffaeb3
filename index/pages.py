"""Where the pages of a printed text begin: a form feed stands there, in the text that is cited.

So a page's number is counted, and stored nowhere.
"""

from __future__ import annotations

import re
from typing import Final

BREAK: Final = "\f"
# While a text is cleaned a mark stands after the first letter of a page, where it is in no one's
# way: a character that Unicode keeps for such inner use, and that no text may hold.
_MARK: Final = "\ufdd0"
_MARKED = re.compile(f"(\\S)({_MARK}+)")


def page(text: str, start: int) -> int | None:
    """The number, from 1, of the page on which the character at `start` stands; None without pages.

    A page begins with its form feed.
    """
    if BREAK not in text:
        return None
    return text.count(BREAK, 0, start + 1) + 1


def marked(raw: str) -> tuple[str, int]:
    """The text with its page breaks as marks, which cleaning keeps; and how many."""
    if BREAK not in raw:
        return raw, 0
    parts = raw.replace(_MARK, "").split(BREAK)
    done, waiting, count = [parts[0]], 0, 0
    for part in parts[1:]:
        waiting += 1
        bare = part.lstrip()
        if bare:
            gap = part[: len(part) - len(bare)] or ("" if done[-1][-1:].isspace() else "\n")
            done += [gap, bare[0], _MARK * waiting, bare[1:]]
            count, waiting = count + waiting, 0
    return "".join(done), count


def unmarked(text: str, count: int) -> str:
    """Form feeds in place of the marks; none when one was lost, since numbers would be wrong."""
    if text.count(_MARK) != count:
        return text.replace(_MARK, "")
    return _MARKED.sub(lambda found: BREAK * len(found.group(2)) + found.group(1), text)
