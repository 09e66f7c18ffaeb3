"""What a sentence claims beside what a quote says: the first claim that the quote does not bear.

Numbers with their unit, dates, names, negation, opposites, who did what to whom. By rule;
how much of the wording is covered is not asked here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from rag.dates.moments import is_dated
from rag.proof.names import ADJECTIVES, DIRECTIONS
from rag.proof.opposites import contradicted
from rag.proof.reference import doubled, named
from rag.proof.roles import attribution, described, pairing, role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from index.types import Article
    from rag.proof.negation import Negation
    from rag.proof.statement import Quantity, Statement
    from rag.proof.wording import Word

    Alike = Callable[[Word, Word], bool]  # whether two words mean the same

_ONE: Final = frozenset(
    ["un", "une", "one", "ein", "eine", "einen", "una", "uno", "um", "uma", "een"]
)
_ADDRESS: Final = re.compile(
    r"(?<!\w)\w*//\S+|\bwww\.\S+|(?<![\w-])[\w-]+\.[a-z]{2,}/\S*|(?<!\S)[^\s@]+@[^\s@]+\.[^\s@]+"
)


@dataclass(frozen=True, slots=True)
class Ground:
    """A sentence of an article that another may rest on, and what stands before it there."""

    said: Statement
    title: Statement
    article: Article
    before: str  # the sentences before it, for whom its pronouns mean


def refuted(claim: Statement, ground: Ground, alike: Alike) -> str | None:
    """The claim that this sentence does not bear; None when it bears all."""
    for find in CHECKS:
        found = find(claim, ground, alike)
        if found:
            return found
    return None


def _number(claim: Statement, ground: Ground, alike: Alike) -> str | None:
    said = ground.said
    for quantity in claim.quantities:
        if any(n.start <= quantity.start < n.end for n in claim.names):
            continue
        times = sum(q.value == quantity.value for q in claim.quantities)
        there = sum(q.value == quantity.value for q in said.quantities)
        if not _counts(quantity, said, alike) or (times > 1 and there < times):
            return f"number {claim.text[quantity.start : quantity.end]}"
    return None


def _single(claim: Statement, ground: Ground, alike: Alike) -> str | None:
    """A single one of what the sentence counts several of."""
    said = ground.said
    for place, one in enumerate(claim.all_words):
        following = [word for word in claim.all_words[place + 1 : place + 4] if word.terms]
        if one.folded not in _ONE or not following:
            continue
        counted = [q for q in said.quantities if _any_alike(following, q.counted, alike)]
        ones = [b for a, b in pairwise(said.all_words) if a.folded in _ONE]
        also = _any_alike(following, ones, alike)
        if counted and not also and all(quantity.value > 1 for quantity in counted):
            return f"number {one.folded}"
    return None


def _any_alike(words: Sequence[Word], others: Sequence[Word], alike: Alike) -> bool:
    return any(alike(word, other) for word in words for other in others if other.terms)


def _counts(quantity: Quantity, said: Statement, alike: Alike) -> bool:
    """Whether a sentence gives this number, in this unit, of the same thing."""
    same = [q for q in said.quantities if q.value == quantity.value]
    same = [q for q in same if not quantity.unit or q.unit == quantity.unit or not _is_of(q)]
    if not same:
        return any(m.year == quantity.value for m in said.moments)
    if not quantity.counted or any(not q.counted or _share(quantity, q, alike) for q in same):
        return True
    others = [q for q in said.quantities if q.value != quantity.value]
    return not any(_share(quantity, other, alike) for other in others)


def _is_of(quantity: Quantity) -> bool:
    """Whether the text says what the number is of."""
    return bool(quantity.unit or quantity.counted)


def _share(quantity: Quantity, other: Quantity, alike: Alike) -> bool:
    """Whether both count the same thing."""
    return bool(quantity.counted[:1]) and any(alike(quantity.counted[0], w) for w in other.counted)


def _date(claim: Statement, ground: Ground, alike: Alike) -> str | None:
    del alike
    said = ground.said
    for moment in claim.moments:
        if any(n.start <= moment.start < n.end for n in claim.names):
            continue
        as_number = moment.month is None and moment.year in {q.value for q in said.quantities}
        if not as_number and not is_dated(moment, said.moments, ground.article.published):
            return f"date {claim.text[moment.start : moment.end]}"
    return None


def _direction(claim: Statement, ground: Ground, alike: Alike) -> str | None:
    """A point of the compass that neither the sentence nor its article's title has."""
    del alike
    there = {d for said in (ground.said, ground.title) for _, d in _directions(said)}
    for word, direction in _directions(claim):
        named = any(n.place and n.start <= word.start < n.end for n in claim.names)
        if direction not in there and not named:  # names are compared whole
            return f"direction {word.folded}"
    return None


def _directions(said: Statement) -> Iterator[tuple[Word, str]]:
    """Words for a point of the compass, and which; French "est" and "sur" are other words alone."""
    for word in said.all_words:
        mark = said.text[word.end : word.end + 1]
        if word.folded in ADJECTIVES or (word.folded == "est" and mark == "-"):
            yield word, DIRECTIONS[word.folded]


def _negation(claim: Statement, ground: Ground, alike: Alike) -> str | None:
    """A denial on one side alone."""
    for denied in claim.negations:
        if not _denies(ground.said, denied, alike):
            return f"denial {claim.text[denied.start : denied.end]}"
    for denied in ground.said.negations:
        if _drops(claim, denied, ground.said, alike):
            return f"denial dropped: {ground.said.text[denied.start : denied.end]}"
    return None


def _denies(said: Statement, denied: Negation, alike: Alike) -> bool:
    if not said.negations or not denied.words:
        return bool(said.negations)
    aligned = [w for w in said.all_words if w.terms and alike(denied.words[0], w)]
    return not aligned or any(_is_within(w, n) for w in aligned for n in said.negations)


def _drops(claim: Statement, denied: Negation, said: Statement, alike: Alike) -> bool:
    """Whether the claim says what the sentence denies."""
    for rank, word in enumerate(denied.words[:2]):
        if any(alike(word, w) and not _is_within(w, denied) for w in said.words):
            continue  # also said without denial
        aligned = [w for w in claim.all_words if w.terms and alike(word, w)]
        if aligned and rank:
            return not claim.negations
        if aligned:
            return not any(_is_within(w, n) for w in aligned for n in claim.negations)
    return False


def _is_within(word: Word, denied: Negation) -> bool:
    return denied.start <= word.start < denied.end


def _opposite(claim: Statement, ground: Ground, alike: Alike) -> str | None:
    del alike
    words = [word.folded for word in claim.all_words]
    found = contradicted(words, [word.folded for word in ground.said.all_words])
    return f"opposite {found}" if found else None


def _link(claim: Statement, ground: Ground, alike: Alike) -> str | None:
    """An address: it is never a claim, and an article may want readers to follow it."""
    del ground, alike
    found = _ADDRESS.search(claim.text)
    return f"link {found[0]}" if found else None


CHECKS: Final = (
    _number, _single, _date, _direction, named, doubled, _negation, _opposite, _link, role,
    attribution, pairing, described,
)  # fmt: skip
