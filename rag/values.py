"""The kind of value that a question asks for, and where a sentence has one: a number, date or name.

By patterns, for the languages that the product speaks best; a question of another kind has none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from index.words import terms

if TYPE_CHECKING:
    from rag.types import Question

_NUMBER = (
    r"\d+(?:[ \u00a0\u202f.,']\d+)*"
    r"(?:\s?%|\s(?:millions?|milliards?|pour cent|billions?|percent)\b)?"
    r"(?:\sd['’e]\s?(?:euros?|dollars?)\b|\s?[€$]|\s(?:euros?|dollars?|ans|jours?|mois)\b)?"
)
_MONTH = (
    r"janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|"
    r"January|February|March|April|May|June|July|August|September|October|November|December"
)
_DATE = (
    rf"(?:\d{{1,2}}(?:er)?\s)?\b(?:{_MONTH})\b(?:\s\d{{1,2}},)?(?:\s\d{{4}})?|\b(?:1\d|20)\d\d\b|"
    r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b(?:\sdernier)?"
)
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w'’-]+"
_NAME = rf"\b{_CAPITAL}(?:\s(?:d[ue]\s|de\sla\s|von\s|van\s|al-)?{_CAPITAL})*"
_ASKS_NUMBER = r"combien|quel nombre|how (?:many|much)|wie ?viele?|cuánt|quant[oiae]s?\b"
_ASKS_DATE = (
    r"\bquand\b|quelle (?:date|année)|quel (?:jour|mois)|\bwhen\b|what year|\bwann\b|cuándo"
)
_ASKS_NAME = (
    r"^qui\b|\b(?:à|avec|par|pour) qui\b|\bwho\b|^wer\b|quién|^chi\b|^quem\b|"
    r"^d?['’]?où\b|\bwhere\b|^wo\b|dónde|dans quelle? (?:ville|pays)"
)
# What is counted: "combien de soldats", "how many soldiers".
_COUNTED = re.compile(
    r"(?:combien|nombre) (?:de |d['’])(?P<noun>[\w-]+)|"
    r"(?:how many|wie ?viele|cuánt[oa]s|quant[ie]|quant[oa]s|hoeveel) (?P<other>[\w-]+)",
    re.IGNORECASE,
)
_COUNTED_WITHIN: Final = 30  # characters from the number to the noun: "10 000 de ses soldats"
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Kind:
    """How a question asks for a kind of value, and how such a value looks."""

    name: str
    asks: re.Pattern[str]
    looks: re.Pattern[str]


KINDS: Final = (
    Kind("number", re.compile(_ASKS_NUMBER, re.IGNORECASE), re.compile(_NUMBER)),
    Kind("date", re.compile(_ASKS_DATE, re.IGNORECASE), re.compile(_DATE)),
    Kind("name", re.compile(_ASKS_NAME, re.IGNORECASE), re.compile(_NAME)),
)


@dataclass(frozen=True, slots=True)
class Value:
    """A value in a sentence; `exact` when it is of the very thing asked for, where that is said."""

    start: int
    end: int
    exact: bool


def kind_asked(question: Question) -> Kind | None:
    """The first kind that the question's words ask for."""
    return next((kind for kind in KINDS if kind.asks.search(question.standalone)), None)


def find_value(question: Question, kind: Kind, text: str, language: str) -> Value | None:
    """The sentence's value of this kind; of several, the one nearest to the words asked for.

    :param language: of the sentence
    """
    found = kind.looks.finditer(text)
    spans = [m.span() for m in found if _fits(kind, m.group(), question, language)]
    noun = _counted(question) if kind.name == "number" else set()
    for (start, end), (following, _) in pairwise([*spans, (len(text), 0)]):
        if noun & set(terms(text[start : min(end + _COUNTED_WITHIN, following)], language)):
            return Value(start, end, exact=True)
    if not spans:
        return None
    anchors = _anchors(question, text, language)
    start, end = min(spans, key=lambda span: _distance(span, anchors))
    return Value(start, end, exact=not noun)


def _counted(question: Question) -> set[str]:
    """The terms of the noun that is counted; none when the question does not name it."""
    found = _COUNTED.search(question.standalone)
    return set(terms(found["noun"] or found["other"], question.language)) if found else set()


def _fits(kind: Kind, value: str, question: Question, language: str) -> bool:
    """Not a year for a number, nor "Les" for a name, nor what the question itself gives."""
    if kind.name == "number" and _YEAR.fullmatch(value):
        return False
    if kind.name == "name" and not terms(value, language):
        return False
    return value.lower() not in question.standalone.lower()


def _anchors(question: Question, text: str, language: str) -> list[tuple[int, int]]:
    """Where the sentence has words of the question."""
    asked = set(terms(question.standalone, question.language))
    words = re.finditer(r"\w+", text)
    return [m.span() for m in words if not asked.isdisjoint(terms(m.group(), language))]


def _distance(span: tuple[int, int], anchors: list[tuple[int, int]]) -> int:
    """Characters between a value and the nearest anchor beside it."""
    gaps = [max(start - span[1], span[0] - end, 0) for start, end in anchors]
    return min(gaps, default=span[0])
