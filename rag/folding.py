"""A text in lower case without accents, as long as the text, so that offsets hold in both."""

from __future__ import annotations

from functools import lru_cache

from index.words import fold


def folded(text: str) -> str:
    """Character by character; white space is a space, apostrophes and hyphens are the usual ones.

    >>> folded("L’Élysée")
    "l'elysee"
    """
    return "".join(map(_letter, text))


@lru_cache(maxsize=4096)
def _letter(character: str) -> str:
    if character.isspace():
        return " "
    if character in "’ʼ‘":
        return "'"
    if character in "‐‑":
        return "-"
    bare = fold(character.lower())
    return bare if len(bare) == 1 else character
