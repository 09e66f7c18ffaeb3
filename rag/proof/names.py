"""The names in a sentence: persons, places, organisations, whatever is written with a capital.

A direction is part of a name: "Port-Nord" is no "Port-Sud". Knows nothing of support.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from index import vocabulary
from index.abbreviations import words as sentence_words
from index.words import is_stop_word
from rag.dates.moments import CALENDAR
from rag.folding import folded
from rag.proof.places import places_in

if TYPE_CHECKING:
    from collections.abc import Iterable

DIRECTIONS: Final = {
    "nord": "n", "north": "n", "northern": "n", "norte": "n", "septentrional": "n",
    "sud": "s", "south": "s", "southern": "s", "sur": "s", "sul": "s", "meridional": "s",
    "est": "e", "east": "e", "eastern": "e", "oriental": "e", "orientale": "e",
    "ouest": "w", "west": "w", "western": "w", "occidental": "w", "occidentale": "w",
    "haut": "h", "haute": "h", "upper": "h", "bas": "b", "basse": "b", "lower": "b",
}  # fmt: skip
ADJECTIVES: Final = frozenset(DIRECTIONS) - {"sur", "est", "bas", "haut", "basse", "haute"}
# Told apart in the same language by a letter, across languages written differently ("Zelensky").
ALIKE: Final = 0.8  # of the letters, in order; untested
SHORTEST_ALIKE: Final = 5
_JOINED: Final = (
    "de|du|des|la|le|les|of|the|von|van|der|den|bin|ben|al|el|da|dos|di|del|della|sur|lès|aux"
)
_LITTLE: Final = frozenset(_JOINED.split("|"))
_CAPITAL = r"[A-ZÀ-ÖØ-ÞŒĀ-Ž]"
_WORD = rf"{_CAPITAL}[\w]*(?:[-‐‑’'.][\w]+)*"
_SEQUENCE = re.compile(
    rf"\b{_WORD}(?:[ \u00a0\u202f](?:(?:{_JOINED})[ \u00a0]|[dl]['’]){{0,2}}{_WORD})*"
)
_TITLES_WORDS = (
    "m mm mme mmes mlle mr mrs ms dr pr prof me mgr monsieur madame lord sir president general "
    "ministre minister president secretary colonel professor professeur capitaine captain herr "
    "frau the le la les l un une"
)
_TITLES: Final = frozenset(_TITLES_WORDS.split())
_PARTS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Name:
    """`text[start:end]`, its words folded; `place` is the key of a place known by many names."""

    start: int
    end: int
    words: tuple[str, ...]
    place: str | None = None
    country: str | None = None  # that a capital stands for

    @property
    def places(self) -> set[str]:
        return {key for key in (self.place, self.country) if key}


@dataclass(frozen=True, slots=True)
class Spelling:
    """How an article writes words: in small letters, and with a capital amid a sentence."""

    small: frozenset[str]
    capital: frozenset[str]


@lru_cache(maxsize=512)
def spelling_of(text: str) -> Spelling:
    small, capital = set(), set()
    for match in re.finditer(r"[^\W\d_]+", text):
        if match[0][0].islower():
            small.add(folded(match[0]))
        elif not _opens(text, match.start()):
            capital.add(folded(match[0]))
    return Spelling(frozenset(small), frozenset(capital))


def _opens(text: str, start: int) -> bool:
    """Whether a word at this place opens a sentence, or a quotation."""
    before = text[max(0, start - 12) : start].rstrip(" \u00a0\u202f«»\"“”'’([-—–•*")
    return before[-1:] in {"", ".", "!", "?", ":", "\n", "…"}


def names_in(text: str, language: str, spellings: Iterable[Spelling] = ()) -> list[Name]:
    """The names of a text, in order.

    :param spellings: of the articles, to tell a name from a word that opens a sentence
    """
    spellings = tuple(spellings)
    found = [
        Name(p.start, p.end, tuple(_PARTS.findall(folded(text[p.start : p.end]))), p.key, p.country)
        for p in places_in(text)
    ]
    taken = [(name.start, name.end) for name in found]
    for match in _SEQUENCE.finditer(text):
        start, end = match.span()
        if language != "de" or " " not in match[0]:  # German nouns have capitals, alone
            start, end = _bare(text, start, end, language, spellings)
        if start < end:
            found += _uncovered(text, start, end, taken)
    return sorted(found, key=lambda name: name.start)


def _bare(
    text: str, start: int, end: int, language: str, spellings: tuple[Spelling, ...]
) -> tuple[int, int]:
    """A sequence of capitals without titles, days, and a word that only opens a sentence."""
    while start < end:
        first = re.compile(r"[\w]+").match(text, start, end)
        if first is None:
            return start, start
        rest = re.compile(rf"(?:[.'’]?[ \u00a0\u202f]*(?:(?:{_JOINED}|[dl])[ \u00a0'’])*)").match(
            text, first.end(), end
        )
        following = rest.end() if rest else first.end()
        alone = first.end() == end or text[first.end()] not in "-‐‑"
        if not alone or not _is_plain(text, first, language, spellings):
            return start, end
        start = max(following, first.end())
    return start, end


def _is_plain(
    text: str, first: re.Match[str], language: str, spellings: tuple[Spelling, ...]
) -> bool:
    """Whether this word with a capital is no part of a name."""
    written, word = first[0], folded(first[0])
    if word in _TITLES or word in CALENDAR:
        return True
    if not _opens(text, first.start()):
        return language == "de" and not any(word in s.capital for s in spellings[1:])
    if len(written) > 1 and written.isupper():
        return False
    elided = text[first.end() : first.end() + 1] in {"'", "’"}
    if elided or _starts(written, language) or is_stop_word(written.lower(), language):
        return True
    return _is_common(written, language, spellings)


def _is_common(written: str, language: str, spellings: tuple[Spelling, ...]) -> bool:
    """Whether a word that opens a sentence is no name, by the articles or else by its looks."""
    word = folded(written)
    if any(word in s.small for s in spellings) or word.endswith(("ment", "ly")):
        return True
    if any(word in s.capital for s in spellings):
        return False
    plural = language == "en" and word.endswith("s")
    return language == "de" or plural or len(vocabulary.encode(f" {written.lower()}")) == 1


def _starts(written: str, language: str) -> bool:
    starters = sentence_words(language).starters
    return written in starters or f"{written}'" in starters


def _uncovered(text: str, start: int, end: int, taken: list[tuple[int, int]]) -> list[Name]:
    """What of a sequence is no place already, as names; directions beside a place stay with it."""
    names = []
    at = start
    for begin, stop in [*((b, s) for b, s in taken if b < end and s > start), (end, end)]:
        left_out = _LITTLE | _TITLES | {"d", "l", "s"}
        words = tuple(w for w in _PARTS.findall(folded(text[at:begin])) if w not in left_out)
        if words and any(c.isupper() for c in text[at:begin]):
            names.append(Name(at, begin, words))
        at = max(at, stop)
    return names


def is_named(name: Name, text: str, names: Iterable[Name], *, foreign: bool = False) -> bool:
    """Whether a text has this name; its surname alone is enough, another direction is not.

    :param names: those of the text
    :param foreign: the text is in another language, which may spell the name otherwise
    """
    if name.place:
        return any(name.place in other.places for other in names)
    written = _PARTS.findall(folded(text))
    count = len(name.words)
    kept = [w for w in written if w not in _LITTLE | {"d", "l"}]
    for at in range(len(kept) - count + 1):
        if all(_same(a, b, foreign=foreign) for a, b in zip(name.words, kept[at:], strict=False)):
            around = {*kept[max(0, at - 1) : at], *kept[at + count : at + count + 1]}
            if not around & (ADJECTIVES - set(name.words)):
                return True
    return False


def _same(word: str, other: str, *, foreign: bool) -> bool:
    if word == other or word.removesuffix("s") == other or other.removesuffix("s") == word:
        return True
    if not foreign or min(len(word), len(other)) < SHORTEST_ALIKE or word[0] != other[0]:
        return False
    return SequenceMatcher(None, word, other).ratio() >= ALIKE


def surname_fits(name: Name, quote: str, article: str) -> bool:
    """Whether the quote has the name's last word alone, and the article the name in full."""
    if name.place or len(name.words) == 1:
        return False
    last = name.words[-1]
    if last not in _PARTS.findall(folded(quote)):
        return False
    whole = " ".join(name.words)
    plain = " ".join(w for w in _PARTS.findall(folded(article)) if w not in _LITTLE)
    return f" {whole} " in f" {plain} "
