"""A sentence as words that can be compared: stems, places, what is negated. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from index.words import ELISIONS, is_stop_word, word_terms
from rag.folding import folded

# Words that carry a sentence but no claim of their own: auxiliaries, and who reports it.
LIGHT: Final = {
    "fr": "être avoir été fait faire faut falloir peut peuvent pouvoir doit doivent devoir va vont "
    "aller selon article articles dépêche journal rapporte rapportent rapporté indique "
    "indiquent indiqué précise précisé relate écrit dit dire ainsi également aussi notamment "
    "environ plusieurs près cela ceci celui celle ceux celles afin parce car oui non dont "
    "après avant lors alors encore même entre depuis jusque vers tout tous toute toutes autre "
    "autres très déjà comme où donc or ni soit quand lorsque puis ailleurs plus moins pas "
    "jamais rien aucun aucune ne sans",
    "en": "according article articles report reports reported reporting says said say state "
    "also about around approximately several many been being would could should may might "
    "will can cannot must has have had does did yes no not never none without however while "
    "whereas more less than still already even since until after before when where who which "
    "whose he she they it his her him them their its you your we our i my from to of for with "
    "by on at under over than then there here this that these those get gets got make makes "
    "made put puts take takes least most nearly almost only just due now what how",
    "de": "laut artikel bericht berichtet sagt sagte auch etwa rund mehrere wurde worden werden",
}
_LIGHT = {
    language: frozenset(folded(word) for word in words.split()) for language, words in LIGHT.items()
}
_WORD = re.compile(r"[^\W_]+")
_ELIDED = frozenset(word for words in ELISIONS.values() for word in words.split())
_BREAK = re.compile(r"[,;:—–()\n.!?«»“”\"]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word: `text[start:end]` folded; `terms` is empty where it says nothing by itself."""

    start: int
    end: int
    folded: str
    terms: frozenset[str]


@lru_cache(maxsize=4096)
def wording(text: str, language: str) -> tuple[Word, ...]:
    """All the words of a text, in order."""
    light = _LIGHT.get(language, frozenset())
    return tuple(
        Word(
            match.start(),
            match.end(),
            (plain := folded(match[0])),
            _terms(match[0], plain, language, light),
        )
        for match in _WORD.finditer(text)
    )


def _terms(word: str, plain: str, language: str, light: frozenset[str]) -> frozenset[str]:
    lowered = word.lower()
    if (
        not word.isalpha()
        or plain in light
        or lowered in _ELIDED
        or is_stop_word(lowered, language)
    ):
        return frozenset()
    return frozenset(word_terms(lowered, language))


def breaks_between(text: str, start: int, end: int) -> bool:
    """Whether a mark that ends a clause stands between."""
    return bool(_BREAK.search(text, start, end))
