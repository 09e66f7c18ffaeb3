"""What a span answers with: a number of something, a date, a name, or other words. Pure.

Knows when two of them say the same in other words ("10 000", "dix mille") and when they are
answers of one kind that differ.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from index.numbers import numbers_in
from index.words import fold, terms, word_terms
from rag.dates.held import is_all, sentence_dates
from rag.dates.periods import bounds
from rag.quote import quotes, short_of

if TYPE_CHECKING:
    from decimal import Decimal

    from index.types import Embedder
    from rag.types import Span

# Cosine of two nouns from which they count the same; of the shipped encoder's, soldats and
# militaires .49, soldats and soldiers .77, personnes and habitants .44, salariés and emplois .43.
SAME_NOUN: Final = 0.46
SIGNIFICANT: Final = 2  # digits of a number from which it may be another one, rounded
MONTH: Final = timedelta(days=31)
NAME_WORDS: Final = 6  # of the longest name
_NOUN = re.compile(
    r"[\s-]{0,2}(?:(?:d['’]|de\s|of\s|more\s|autres\s|other\s)\s?)?(?P<noun>[%€$£]|[^\W\d_]{2,})",
    re.IGNORECASE,
)
_CURRENCY_BEFORE = re.compile(r"([$€£])\s?\Z")
_PERCENT = re.compile(r"\b(?:pour|per|por)\s\Z")  # "pour cent" is no hundred
_NAMES_OF_SIGNS: Final = {"%": "percent", "€": "euro", "$": "dollar", "£": "pound"}
_SIGNS: Final = {"pour": "percent", "percent": "percent", "prozent": "percent", "por": "percent"}
# Whoever is counted is also a person.
PEOPLE: Final = {
    "personne", "personnes", "people", "person", "persons", "personen", "menschen", "personas",
    "persone", "pessoas", "mensen", "gens",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_PARTICLES: Final = {
    "de", "du", "des", "la", "le", "les", "d", "l", "von", "van", "der", "den", "of", "the", "and",
    "et", "di", "da", "del", "dos", "al", "el", "ben", "bin", "und",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """What is answered; `kind` says which of the other fields count."""

    kind: str  # "number", "date", "name", "words"
    words: frozenset[str]  # in lower case without accents
    amount: Decimal | None = None
    noun: str = ""  # what is counted, "" when it is not said
    language: str = ""
    period: str = ""


def value_of(span: Span) -> Value:
    """What a span answers with, read in its sentence."""
    article = span.passage.article
    short = short_of(span)
    words = frozenset(fold(word.lower()) for word in re.findall(r"\w+", short))
    [quote] = quotes([span])
    for named in sentence_dates(article, quote.start, quote.end):
        if is_all(named, span):
            return Value("date", words, language=article.language, period=named.period)
    numbers = [
        number
        for number in numbers_in(quote.text, article.language)
        if quote.start + number.start < span.end
        and quote.start + number.end > span.start
        and not _PERCENT.search(quote.text[: number.start])
    ]
    if len(numbers) == 1:
        noun = _noun(quote.text, numbers[0].start, numbers[0].end)
        return Value("number", words, numbers[0].value, noun, article.language)
    kind = "name" if not numbers and _is_name(short, article.language) else "words"
    return Value(kind, words, language=article.language)


def _noun(text: str, start: int, end: int) -> str:
    """What the number counts: "10 000 soldats", "47 milliards d'euros", "$340 million"."""
    before = _CURRENCY_BEFORE.search(text[:start])
    if before:
        return _NAMES_OF_SIGNS[before[1]]
    after = _NOUN.match(text, end)
    if not after:
        return ""
    noun = after["noun"].lower()
    return _NAMES_OF_SIGNS.get(noun) or _SIGNS.get(noun) or noun


def _is_name(short: str, language: str) -> bool:
    words = _WORD.findall(short)
    if language == "de" and len(words) == 1:
        return False  # every German noun has a capital
    capitals = [word for word in words if word[0].isupper()]
    others = {word.lower() for word in words if not word[0].isupper()}
    return bool(capitals) and others <= _PARTICLES and len(words) <= NAME_WORDS


def agree(one: Value, other: Value) -> bool:
    """Whether both say the same, as far as words show."""
    if one.kind != other.kind:
        return False
    if one.kind == "number":
        return one.amount == other.amount or _rounds(one, other) or _rounds(other, one)
    if one.kind == "date":
        return one.period == other.period or _is_within(one, other) or _is_within(other, one)
    if one.kind == "name":
        return bool((one.words & other.words) - _PARTICLES)
    return one.words == other.words


def _is_within(fine: Value, coarse: Value) -> bool:
    """Whether a date is the other told more exactly: a day of its month, not of its year."""
    (first, last), (since, until) = bounds(fine.period), bounds(coarse.period)
    return since <= first and last <= until and until - since <= MONTH


def _rounds(coarse: Value, fine: Value) -> bool:
    """Whether the first is the second with fewer digits, 47 for 47.2."""
    if not coarse.amount or not fine.amount:
        return False
    figures = coarse.amount.normalize().as_tuple()
    if len(figures.digits) < SIGNIFICANT or not isinstance(figures.exponent, int):
        return False
    return round(fine.amount.scaleb(-figures.exponent)) == coarse.amount.scaleb(-figures.exponent)


def say_the_same(one: Span, other: Span) -> bool:
    """Whether the words of one span are among those of the other, or their numbers are.

    Coarser than `agree`, and quick: no date is read.
    """
    first, second = _gist(one), _gist(other)
    return bool(first and second) and (first <= second or second <= first)


def _gist(span: Span) -> frozenset[str | Decimal]:
    short, language = short_of(span), span.passage.article.language
    numbers = numbers_in(short, language)
    return frozenset(n.value for n in numbers) or frozenset(terms(short, language))


def differ(one: Value, other: Value, embedder: Embedder) -> bool:
    """Whether both are answers of one kind, to be told beside each other, that say other things."""
    if one.kind != other.kind or one.kind == "words" or agree(one, other):
        return False
    return one.kind != "number" or _count_the_same(one, other, embedder)


def _count_the_same(one: Value, other: Value, embedder: Embedder) -> bool:
    if not one.noun or not other.noun:
        return False
    if one.noun == other.noun:
        return True
    signs = set(_NAMES_OF_SIGNS.values())
    forms = [set(word_terms(value.noun, value.language)) for value in (one, other)]
    if not forms[0].isdisjoint(forms[1]):
        return True
    if {one.noun, other.noun} & signs:
        return {one.noun, other.noun} <= {"euro", "euros"}
    if one.noun in PEOPLE or other.noun in PEOPLE:
        return True
    vectors = embedder.embed_passages([one.noun, other.noun])
    return float(vectors[0] @ vectors[1]) >= SAME_NOUN
