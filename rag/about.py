"""Whether a sentence is about what the question asks and the answer's sentence tells. Pure.

Names decide: a sentence that lacks a name of the question is only taken where its title or the
sentence before has it, and it brings no name of its own. South is not North.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from index.words import fold, word_terms, words
from rag.quote import sentence_before

if TYPE_CHECKING:
    from index.types import Embedder
    from rag.quote import Quote
    from rag.types import Question

# Of the question's words that the answer's sentence has, the share that another's must have.
WORDS_SHARED: Final = 0.5
SAME_NAME: Final = 0.6  # cosine of two names in different languages; untested
_CAPITAL = re.compile(r"(?<!\w)[A-ZÀ-ÖØ-Þ][^\W\d_]+")
_PREFIX = re.compile(r"(?<!\w)(nord|sud|north|south|est|ouest|east|west)-")
_POINTS: Final = {
    "nord": 1, "north": 1, "northern": 1, "norte": 1, "noord": 1, "sud": 2, "south": 2,
    "southern": 2, "sur": 2, "sul": 2, "zuid": 2, "est": 3, "east": 3, "eastern": 3, "ost": 3,
    "oost": 3, "ouest": 4, "west": 4, "western": 4, "oeste": 4, "ovest": 4,
}  # fmt: skip


class About:
    """What one question and its answer are about."""

    def __init__(self, question: Question, answer: Quote, counted: str, embedder: Embedder) -> None:
        """:param counted: what the answer is a number of, which another may call otherwise"""
        self._language = question.language
        self._embedder = embedder
        self._names = _names(question.standalone)
        own = {fold(word) for name in self._names for word in words(name, question.language)}
        asked = words(question.standalone, question.language)
        noun = set(word_terms(counted, question.language))
        self._words = [
            word
            for word in asked
            if fold(word) not in own and noun.isdisjoint(word_terms(word, question.language))
        ]
        self._known = {
            *self._names,
            *_names(answer.text),
            *_names(answer.span.passage.article.title),
        }
        self._points = _points(question.standalone) | _points(answer.text)
        self._shared = self._share(answer)

    def holds_for(self, other: Quote) -> bool:
        """Whether another sentence is about the same."""
        if _points(other.text) - self._points:
            return False
        return self._names_it(other) and self._share(other) >= WORDS_SHARED * self._shared

    def _names_it(self, other: Quote) -> bool:
        missing = [name for name in self._names if not self._has(other.text, name, other)]
        if not missing:
            return True
        article = other.span.passage.article
        before = sentence_before(article, other.start)
        context = f"{article.title}. {article.text[slice(*before)] if before else ''}"
        foreign = {fold(name) for name in _names(other.text)} - {fold(n) for n in self._known}
        return not foreign and all(self._has(context, name, other) for name in missing)

    def _has(self, text: str, name: str, other: Quote) -> bool:
        """Whether a text has a name, inflected or in its own language."""
        language = other.span.passage.article.language
        forms = {
            form for each in (self._language, language) for form in word_terms(name.lower(), each)
        }
        found = words(text, language)
        if any(not forms.isdisjoint(word_terms(word, language)) for word in found):
            return True
        capitals = _names(text)
        if language == self._language or not capitals:
            return False
        vectors = self._embedder.embed_passages([name, *capitals])
        return bool((vectors[1:] @ vectors[0]).max() >= SAME_NAME)

    def _share(self, quote: Quote) -> float:
        """Of the question's words besides names, the share that a sentence has."""
        language = quote.span.passage.article.language
        have = {form for word in words(quote.text, language) for form in word_terms(word, language)}
        shared = sum(
            not have.isdisjoint({*word_terms(word, self._language), *word_terms(word, language)})
            for word in self._words
        )
        return shared / len(self._words) if self._words else 1.0


def _names(text: str) -> list[str]:
    """Words with a capital; one that opens a sentence only before another, "North Korea"."""
    found = list(_CAPITAL.finditer(text))
    following = {match.start() for match in found}
    return [
        match[0]
        for match in found
        if not _opens(text, match.start()) or match.end() + 1 in following
    ]


def _opens(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \u00a0\u202f«“\"'’(")
    return before[-1:] in {"", ".", "?", "!", "¿", "¡", "\n", "…"}


def _points(text: str) -> set[int]:
    """The points of the compass that a text names as part of names, "Corée du Nord"."""
    capitals = (fold(match[0].lower()) for match in _CAPITAL.finditer(text))
    prefixes = _PREFIX.findall(fold(text.lower()))
    return {_POINTS[word] for word in (*capitals, *prefixes) if word in _POINTS}
