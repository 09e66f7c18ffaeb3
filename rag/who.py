"""Who somebody is: what a sentence says beside the name. Pure.

"Jo Marn, maire d'Ormec" and "le maire d'Ormec Jo Marn" tell it; another name in the same sentence
does not. Knows nothing of other questions.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rag.quote import quotes
from rag.trimming import balanced, trimmed

if TYPE_CHECKING:
    from rag.types import Question, Span

_CAPITAL: Final = r"[A-ZÀ-ÖØ-ÞŒĀ-Ž]"
_ASKS: Final = re.compile(
    r"\s*(?i:qui (?:est|était)|who(?: is|['’]s| was)|wer (?:ist|war)|quién (?:es|era)"
    r"|chi (?:è|era)|quem (?:é|era)|wie (?:is|was))\s+"
    rf"(?P<name>{_CAPITAL}[\w'’.-]*(?: (?:(?:de|van|von|der|bin|ben|al|el|du|da|dos) )?"
    rf"{_CAPITAL}[\w'’.-]*){{0,4}})\s*\??\s*"
)
# What follows the name after a comma and is no description of it.
_NO_DESCRIPTION: Final = re.compile(
    r"(?:et|mais|ou|a (?:\w+é|dit|fait|pris|promis|mis)|ont|avait|est|sera|selon|dit"
    r"|and|but|or|said|says|has|had|according|und|aber|y|pero|e|ma|mas|en|maar)\b",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(r", (?P<words>[^,;:()«»\n]{4,200})")
_IS: Final = re.compile(r" (?:est|était|is|was|ist|war|es|era|è|é) (?P<words>[^,;:()«»\n]{4,200})")
LONGEST: Final = 120  # characters before a name that may introduce it; untested
_PHRASE: Final = re.compile(r"[^.,;:()«»“”\n]*\Z")
_VERB: Final = re.compile(
    r"\b(?:a|ont|est|sont|avait|était|fut|sera|has|have|had|was|is|were|will|hat|ist|war|ha|è)\s"
)
_ARTICLES: Final = {
    "en": "(?:the|an?)\\s",
    "fr": "l['’]|(?:le|la|un|une)\\s",
    "de": "(?:der|die|eine?)\\s",
    "es": "(?:el|la|una?)\\s",
    "it": "l['’]|(?:il|lo|la|una?)\\s",
    "pt": "(?:o|a|uma?)\\s",
    "nl": "(?:de|het|een)\\s",
}
_OPENS: Final = {
    language: re.compile(rf"(?<![\w'’])(?:{articles})(?=[\w-])", re.IGNORECASE)
    for language, articles in _ARTICLES.items()
}
# "le secrétaire à la Défense": the second article opens no phrase of its own.
_COMPLEMENT: Final = re.compile(
    r"\b(?:à|de|pour|sur|en|par|of|for|to|in|on|des|du|von|für|del|per|van|voor)\s\Z"
)


def who(question: Question, span: Span) -> Span | None:
    """What the span's sentence says of whom the question asks for; None where it asks otherwise.

    The sentence itself, where it describes the person in no such way or does not name them.
    """
    asked = _ASKS.fullmatch(question.standalone)
    if asked is None:
        return None
    (quote,) = quotes([span])
    at, language, places = quote.text.find(asked["name"]), span.passage.article.language, None
    if at >= 0:
        places = _description(quote.text, at, at + len(asked["name"]), language)
    start, end = places or (0, len(quote.text))
    return replace(span, start=quote.start + start, end=quote.start + end)


def _description(text: str, start: int, end: int, language: str) -> tuple[int, int] | None:
    """Where the words stand that describe the name `text[start:end]`."""
    for found in (_AFTER.match(text, end), _IS.match(text, end)):
        if found and not _NO_DESCRIPTION.match(found["words"]):
            return balanced(text, *trimmed(text, *found.span("words")))
    return _before(text, start, language)


def _before(text: str, start: int, language: str) -> tuple[int, int] | None:
    """What a name that begins at `start` is introduced by: "la chancelière allemande"."""
    stop = len(text[:start].rstrip(" ,"))
    phrase = _PHRASE.search(text, max(0, stop - LONGEST), stop)
    opens = _OPENS.get(language)
    articles = opens.finditer(text, phrase.start(), stop) if opens and phrase else ()
    for article in reversed(list(articles)):
        if not _COMPLEMENT.search(text, 0, article.start()):
            is_clause = _VERB.search(text, article.end(), stop)
            return None if is_clause else (article.start(), stop)
    return None
