"""A sentence taken apart into what can be compared: words, numbers with units, dates, names.

Pure; knows nothing of what is compared with what.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from index.numbers import numbers_in
from rag.dates.moments import moments_in
from rag.folding import folded
from rag.proof.names import names_in
from rag.proof.negation import negations
from rag.proof.wording import breaks_between, wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.numbers import Number
    from rag.dates.moments import Moment
    from rag.proof.names import Name, Spelling
    from rag.proof.negation import Negation
    from rag.proof.wording import Word

# Words that one unit has in several languages; folded, the beginning of the word.
UNITS: Final = {
    "%": "% pour per percent prozent ciento cento",
    "euro": "€ euro",
    "dollar": "$ dollar dolar",
    "pound": "£ livre pound",
    "yen": "¥ yen",
    "franc": "franc",
    "kilometre": "km kilomet kilomètre chilomet",
    "metre": "m metre meter metro",
    "centimetre": "cm centimet zentimeter",
    "degree": "° degre degree grad",
    "hour": "h heure hour stunde hora",
    "minute": "minute minuto",
    "second": "seconde seconds sekunde",
    "day": "jour day tag dia",
    "week": "semaine week woche semana",
    "month": "mois month monat mes mese",
    "year": "an annee year jahr ano",
    "kilogram": "kg kilogram",
    "ton": "tonne ton",
    "litre": "litre liter",
    "hectare": "hectare hektar",
}
FRACTIONS: Final = {
    "moitié": Decimal("0.5"), "half": Decimal("0.5"), "hälfte": Decimal("0.5"),
    "tiers": Decimal("0.3333"), "third": Decimal("0.3333"), "drittel": Decimal("0.3333"),
    "quart": Decimal("0.25"), "viertel": Decimal("0.25"),
}  # fmt: skip
_FRACTION = re.compile(
    r"\b(?:moitié|half|hälfte|drittel|viertel|(?:tiers|quarts?)(?= d)|(?:third|quarter)s?(?= of))"
    r"\b",
    re.IGNORECASE,
)
_UNIT = {stem: unit for unit, stems in UNITS.items() for stem in stems.split()}
_WHOLE_WORDS = "m h an km cm kg ton tag dia mes ano pour per day"
_WHOLE: Final = frozenset(_WHOLE_WORDS.split())
_AFTER = re.compile(r"[\s\u00a0\u202f-]?(?:(?:de|d['’]|of)\s?)?([%€$£¥°]|[^\W\d_]+)")
_BEFORE = re.compile(r"([€$£¥])\s?$")
SHORTEST_STEM: Final = 4  # letters of a unit that may have an ending
NEARBY: Final = 5  # words after a number among which the thing counted is looked for; untested


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, its unit when it has one, and the first words with meaning after it."""

    start: int
    end: int
    value: Decimal
    unit: str | None
    counted: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A text and what it claims; `words` are those with meaning that are in no other part."""

    text: str
    language: str
    all_words: tuple[Word, ...]
    words: tuple[Word, ...]
    quantities: tuple[Quantity, ...]
    moments: tuple[Moment, ...]
    names: tuple[Name, ...]
    negations: tuple[Negation, ...]


@lru_cache(maxsize=4096)
def statement(text: str, language: str, spellings: tuple[Spelling, ...]) -> Statement:
    """Take a text apart.

    :param spellings: of the articles, to tell a name from a word that opens a sentence
    """
    moments = tuple(moments_in(text))
    every = wording(text, language)
    dated = _held(text, moments)
    quantities = tuple(
        quantity for quantity in _quantities(text, language, every) if not dated[quantity.start]
    )
    counted = _held(text, quantities)
    names = tuple(
        name
        for name in names_in(text, language, spellings)
        if not any(counted[name.start : name.end])
    )
    taken = _held(text, (*quantities, *moments, *names))
    words = tuple(
        word for word in every if word.terms and not word.folded.isdigit() and not taken[word.start]
    )
    return Statement(
        text, language, every, words, quantities, moments, names, tuple(negations(text, language))
    )


def _held(text: str, parts: Sequence[Number | Quantity | Moment | Name]) -> bytearray:
    """For each character whether one of the parts holds it."""
    held = bytearray(len(text))
    for part in parts:
        held[part.start : part.end] = b"\x01" * (part.end - part.start)
    return held


def _quantities(text: str, language: str, words: tuple[Word, ...]) -> list[Quantity]:
    numbers = numbers_in(text, language)
    figures, starts = _held(text, numbers), [word.start for word in words]
    found = []
    for number in numbers:
        counted: list[Word] = []
        following = bisect_left(starts, number.end)
        for word in words[following : following + NEARBY]:
            if breaks_between(text, number.end, word.start) or word.folded in {"et", "and", "ou"}:
                break
            if figures[word.start]:
                break
            if word.terms and _unit(word.folded) is None:
                counted.append(word)
        unit = _unit_after(text, number.end) or _unit_before(text, number.start)
        found.append(Quantity(number.start, number.end, number.value, unit, tuple(counted)))
    for match in _FRACTION.finditer(text):
        share = FRACTIONS[next(stem for stem in FRACTIONS if match[0].lower().startswith(stem))]
        found.append(Quantity(match.start(), match.end(), share, "share", ()))
    return found


def _unit_after(text: str, end: int) -> str | None:
    following = _AFTER.match(text, end)
    return _unit(folded(following[1])) if following else None


def _unit_before(text: str, start: int) -> str | None:
    sign = _BEFORE.search(text[max(0, start - 2) : start])
    return _unit(sign[1]) if sign else None


def _unit(word: str) -> str | None:
    if word in _UNIT:
        return _UNIT[word]
    if word in {"ans", "days", "tage", "dias", "meses", "anos"}:
        return _UNIT[word[: -1 if word != "meses" else -2]]
    stems = (stem for stem in _UNIT if stem not in _WHOLE and len(stem) >= SHORTEST_STEM)
    return next((_UNIT[stem] for stem in stems if word.startswith(stem)), None)
