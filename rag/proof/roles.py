"""Who did what to whom, who said it and whose number it is, as far as the order of words tells.

Pure, by rule, in French and English; compares names' places, not grammar.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from rag.proof.claims import Alike, Ground
    from rag.proof.names import Name
    from rag.proof.statement import Statement
    from rag.proof.wording import Word

_AGENT: Final = frozenset(["par", "by", "von", "da", "por", "door", "durch"])
_NOUN_LAST: Final = {"en", "de", "nl"}
_ATTRIBUTED = re.compile(
    r"(?:\b(?:selon|according to|laut|según|secondo)|d['’]après)\s+$", re.IGNORECASE
)
_ARTICLE = re.compile(r"(?:(?:l|d)['’]|\b(?:le|la|les|the)\s+)$", re.IGNORECASE)
_JUNCTION = re.compile(
    r"[,;:()—–]|\b(?:et|and|und|contre|against|versus|tandis que|alors que|while|whereas|mais|but)"
    r"\b"
)


def role(claim: Statement, ground: Ground, alike: Alike) -> str | None:
    """Two names that changed places around a verb."""
    for first, second, verb in _deeds(claim):
        place = _deed(first, second, verb, ground.said, alike)
        if place is None:
            continue
        begin, end, verb_there = place
        here = _is_passive(claim, verb, second.start)
        there = _is_passive(ground.said, verb_there, max(begin, end))
        if (begin < end) != (here == there):
            return f"roles of {claim.text[first.start : second.end]}"
    return None


def _deeds(claim: Statement) -> Iterator[tuple[Name, Name, Word]]:
    """Names that follow each other with a word between, and that word."""
    for first, second in pairwise(claim.names):
        for word in claim.words:
            if first.words != second.words and first.end <= word.start < second.start:
                yield first, second, word


def _deed(
    first: Name, second: Name, verb: Word, said: Statement, alike: Alike
) -> tuple[int, int, Word] | None:
    """Where the names stand in a sentence around the same word, and that word."""
    firsts = [n.start for n in said.names if is_same(first, n)]
    seconds = [n.start for n in said.names if is_same(second, n)]
    if len(firsts) != 1 or len(seconds) != 1:
        return None
    low, high = sorted((firsts[0], seconds[0]))
    there = next((w for w in said.words if low < w.start < high and alike(verb, w)), None)
    return (firsts[0], seconds[0], there) if there else None


def _is_passive(said: Statement, verb: Word, end: int) -> bool:
    return any(w.folded in _AGENT for w in said.all_words if verb.start < w.start < end)


def attribution(claim: Statement, ground: Ground, alike: Alike) -> str | None:
    """Words put into another's mouth: "selon A" where the sentence says "selon B" and has A."""
    del alike
    sayers = _attributed(ground.said)
    for name in _attributed(claim):
        named = any(is_same(name, other) for other in ground.said.names)
        if sayers and named and not any(is_same(name, sayer) for sayer in sayers):
            return f"attribution to {claim.text[name.start : name.end]}"
    return None


def _attributed(said: Statement) -> list[Name]:
    return [n for n in said.names if _ATTRIBUTED.search(_ARTICLE.sub("", said.text[: n.start]))]


def pairing(claim: Statement, ground: Ground, alike: Alike) -> str | None:
    """A number given to a name where the sentence gives it to another, and this name another."""
    del alike
    if len(claim.names) != 1 or len(claim.quantities) != 1:
        return None
    name, value = claim.names[0], claim.quantities[0].value
    parts = list(_parts(ground.said))
    own = [names for names, values in parts if value in values]
    if own and all(names and not any(is_same(name, n) for n in names) for names in own):
        others = [names for names, values in parts if values and value not in values]
        if any(is_same(name, n) for names in others for n in names):
            return f"number of {claim.text[name.start : name.end]}"
    return None


def _parts(said: Statement) -> Iterator[tuple[list[Name], set[Decimal]]]:
    """The names and numbers of each part of a sentence; a part without name is about the last."""
    ends = [*(m.start() for m in _JUNCTION.finditer(said.text)), len(said.text)]
    start = 0
    last: list[Name] = []
    for end in ends:
        last = [n for n in said.names if start <= n.start < end] or last
        yield last, {q.value for q in said.quantities if start <= q.start < end}
        start = end


def described(claim: Statement, ground: Ground, alike: Alike) -> str | None:
    """What is said of one place, where the sentence says it of another: "soldats sud-coréens"."""
    said = ground.said
    for name in claim.names:
        if not name.place or not any(name.place in other.places for other in said.names):
            continue
        for word in _beside(claim, name):
            there = [
                n for n in said.names if n.place and any(alike(word, w) for w in _beside(said, n))
            ]
            if there and not any(name.place in other.places for other in there):
                return f"{word.folded} of {claim.text[name.start : name.end]}"
    return None


def _beside(said: Statement, name: Name) -> list[Word]:
    """The noun that "sud-coréen" belongs to: before it, in English, German and Dutch after it."""
    if said.language in _NOUN_LAST:
        beside = [word for word in said.all_words if word.start >= name.end][:1]
    elif said.text[name.start].islower():
        beside = [word for word in said.all_words if word.end <= name.start][-1:]
    else:
        beside = []
    return [word for word in beside if word.terms]


def is_same(name: Name, other: Name) -> bool:
    """Whether two names may mean the same: one has all the words of the other."""
    if name.place or other.place:
        return not name.places.isdisjoint(other.places)
    return set(name.words) <= set(other.words) or set(other.words) <= set(name.words)
