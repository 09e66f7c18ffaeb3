"""What a sentence denies: its negations, each with the words it falls on. French and English."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rag.proof.wording import breaks_between, wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rag.proof.wording import Word

REACH: Final = 10  # words that a negation reaches at most, within its clause; untested
_SECOND_WORDS = "pas jamais plus rien aucun aucune personne guere point nul nulle ni nullement"
_SECOND: Final = frozenset(_SECOND_WORDS.split())
_FIRST: Final = frozenset(["personne", "aucun", "aucune", "rien", "jamais", "nul", "nulle", "ni"])
_BACK: Final = 8  # words before "ne" among which its subject is looked for
_ENDS_WORDS = "et and und y e mais but sondern sino parce because car"
_ENDS: Final = frozenset(_ENDS_WORDS.split())
_ALONE: Final = {
    "fr": "sans aucun aucune ni non nullement",
    "en": "not never no none nobody nothing neither nor without cannot unable hardly",
    "de": "nicht nie niemals kein keine keinen keiner keinem niemand ohne",
    "es": "no nunca jamas ningun ninguna ninguno sin tampoco",
    "it": "non mai nessun nessuno nessuna senza",
    "pt": "nao nunca jamais nenhum nenhuma sem",
    "nl": "niet nooit geen zonder",
}
# "a refusé de signer", "denied that ...": what follows did not happen.
_VERBS = re.compile(
    r"(?:refus|renonc|exclu|ni(?:e|ent|a|ait|er|e)$|dement|dementi|echou|empech|evit"
    r"|refus|declin|deny|denie|fail|prevent|ruled|rule$|avoid)"
)
_AFTER_VERB_WORDS = "de d a que qu avoir etre to out that having from"
_AFTER_VERB: Final = frozenset(_AFTER_VERB_WORDS.split())


@dataclass(frozen=True, slots=True)
class Negation:
    """The words with meaning that a negation falls on, the first first; offsets of its clause."""

    start: int
    end: int
    words: tuple[Word, ...]


def negations(text: str, language: str) -> list[Negation]:
    """The negations of a text, in order; "ne ... que" is none."""
    words = wording(text, language)
    found: list[Negation] = []
    for at, word in enumerate(words):
        begin = _begins(words, at, word.folded, text, language)
        if begin is not None and not any(n.start <= word.start < n.end for n in found):
            found.append(_falls_on(words, begin, text))
    return found


def _begins(words: Sequence[Word], at: int, word: str, text: str, language: str) -> int | None:
    """Where what is negated begins, when the word is a negation."""
    if language == "fr" and word in {"n", "ne"}:
        return at + 1 if _is_closed(words, at, text) else None
    if language == "en" and word == "t" and at and words[at - 1].folded[-1:] == "n":
        return at + 1
    if word in _ALONE.get(language, _ALONE["en"]).split():
        opens = word in {"no", "non"} and text[words[at].end : words[at].end + 1] == ","
        return None if opens else at + 1
    after = words[at + 1].folded if at + 1 < len(words) else ""
    if language in {"fr", "en"} and _VERBS.match(word) and after in _AFTER_VERB:
        return at + 1
    return None


def _is_closed(words: Sequence[Word], at: int, text: str) -> bool:
    """Whether "ne" has its "pas", and no "que" instead."""
    for other in words[at + 1 : at + 8]:
        if breaks_between(text, words[at].end, other.start):
            break
        if other.folded in _SECOND:
            return True
        if other.folded in {"que", "qu"}:
            return False
    return any(word.folded in _FIRST for word in words[max(0, at - _BACK) : at])


def _falls_on(words: Sequence[Word], begin: int, text: str) -> Negation:
    reached: list[Word] = []
    start = words[begin - 1].start
    end = words[begin - 1].end
    for word in words[begin : begin + REACH]:
        if breaks_between(text, end, word.start) and reached:
            break
        if word.folded in _ENDS and reached:
            break
        end = word.end
        if word.terms:
            reached.append(word)
    return Negation(start, end, tuple(reached))
