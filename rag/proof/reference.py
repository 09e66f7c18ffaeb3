"""Whom and where a sentence means: names it has, and names its pronouns stand for. Pure."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, Final

from rag.proof.names import is_named, surname_fits
from rag.proof.roles import is_same
from rag.proof.statement import statement
from rag.proof.wording import breaks_between, wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rag.proof.claims import Alike, Ground
    from rag.proof.names import Name
    from rag.proof.statement import Statement
    from rag.proof.wording import Word

_PRONOUN_WORDS = (
    "il elle ils elles celui celle ceux celles ce cela lui eux y he she they it him her them this "
    "these those"
)
_PRONOUNS: Final = frozenset(_PRONOUN_WORDS.split())
_POSSESSIVES: Final = frozenset(["son", "sa", "ses", "leur", "leurs", "his", "her", "their", "its"])
_ANAPHORA_WORDS = "le la les l cet cette ces the de du des d au aux"
_ANAPHORA: Final = _PRONOUNS | _POSSESSIVES | frozenset(_ANAPHORA_WORDS.split())
_DETACHED: Final = re.compile(r"\W*(?:quant|as for|concernant|was)\b", re.IGNORECASE)
ARTICLE: Final = 3  # letters of the longest word of a source's name that may be any; untested
_OWNED: Final = 2  # words between a possessive and what is owned; untested
_BACK: Final = 10  # words walked back from a verb to its subject; untested


def named(claim: Statement, ground: Ground, alike: Alike) -> str | None:
    """A name that the sentence neither has nor means."""
    for name in claim.names:
        if not (_says(name, ground, claim.language) or _means(name, claim, ground, alike)):
            return f"name {claim.text[name.start : name.end]}"
    return None


def doubled(claim: Statement, ground: Ground, alike: Alike) -> str | None:
    """A name said twice where the sentence has it once."""
    del alike
    for first, second in combinations(claim.names, 2):
        there = [name for name in ground.said.names if is_same(first, name)]
        if first.words == second.words and len(there) == 1:
            return f"name twice: {claim.text[second.start : second.end]}"
    return None


def _says(name: Name, ground: Ground, language: str) -> bool:
    """Whether the sentence has the name, or its surname where the article has it in full."""
    said, article = ground.said, ground.article
    foreign = language != said.language
    return is_named(name, said.text, said.names, foreign=foreign) or surname_fits(
        name, said.text, article.text
    )


def _means(name: Name, claim: Statement, ground: Ground, alike: Alike) -> bool:
    """Whether the sentence means this name by a pronoun, or is about it by its article's title."""
    article, said = ground.article, ground.said
    foreign = claim.language != said.language
    if set(name.words) >= {
        word.folded for word in wording(article.source or "?", "") if len(word.folded) > ARTICLE
    }:
        return True
    around = statement(f"{article.title}\n{ground.before}", article.language, ())
    adjective = claim.text[name.start].islower()
    if adjective and is_named(name, ground.title.text, ground.title.names, foreign=foreign):
        return True
    if not is_named(name, around.text, around.names, foreign=foreign):
        return False
    lacking = [
        other
        for other in said.names
        if not said.text[other.start].islower()
        and not is_named(other, claim.text, claim.names, foreign=foreign)
    ]
    verb = next((w for w in claim.words if w.start >= name.end), None)
    place = next((w for w in said.words if verb and alike(verb, w)), None)
    if verb is None or place is None or breaks_between(claim.text, name.end, verb.start):
        return not lacking
    return _leads_back(said, place, lacking)


def _leads_back(said: Statement, place: Word, lacking: Sequence[Name]) -> bool:
    """Whether, back from a verb, a pronoun stands before any name that the claim lacks."""
    before = [word for word in said.all_words if word.start < place.start][-_BACK:]
    for back, word in enumerate(reversed(before)):
        if any(name.start <= word.start < name.end for name in lacking):
            return False
        if word.folded in _PRONOUNS:  # "Quant à l'Allemagne, elle ..." says whom it means
            return not (lacking and _DETACHED.match(said.text))
        if word.folded in _POSSESSIVES and back < _OWNED:
            return True
    near = [word for word in said.all_words if word.start >= place.start][:_BACK]
    if any(name.start <= word.start < name.end for name in lacking for word in near):
        return False
    opens = said.all_words[0].folded in _ANAPHORA if said.all_words else False
    return len(before) < _BACK and (opens or any(word.folded in _PRONOUNS for word in near))
