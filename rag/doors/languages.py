"""Which of the languages spoken here a browser prefers."""

from __future__ import annotations

from typing import Final

SPOKEN: Final = ("fr", "en")  # ISO 639-1; the first for a browser that names none


def preferred(accepted: str) -> str:
    """The code of the language; English for who prefers only others.

    :param accepted: the browser's Accept-Language header
    """
    weights = dict(_weighted(part) for part in accepted.split(",") if part.strip())
    known = [code for code in SPOKEN if weights.get(code, weights.get("*", 0.0))]
    if not known:
        return SPOKEN[bool(weights)]
    return max(known, key=lambda code: weights.get(code, weights.get("*", 0.0)))


def _weighted(part: str) -> tuple[str, float]:
    """The language of "fr-CA;q=0.8" and its weight; 0 when the weight is no number."""
    tag, _, weight = part.partition(";")
    try:
        value = float(weight.partition("=")[2]) if weight else 1.0
    except ValueError:
        value = 0.0
    return tag.strip().lower().partition("-")[0], value
