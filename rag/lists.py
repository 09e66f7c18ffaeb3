"""All items of a list: in a sentence, in the lines after it, in the one that names them. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rag.enumerations import CLAUSE, enumerations, is_clause, joints
from rag.quote import quotes, sentences_beside
from rag.trimming import balanced, trimmed

if TYPE_CHECKING:
    from rag.quote import Quote
    from rag.types import Span

ASKS_LIST = re.compile(
    r"\b(?:quels|quelles|lesquels|lesquelles|qui sont|citez|énumér\w+|what are|who are|who were|"
    r"what were|list the|welche[nr]? \w+(?:n|en|er|e|s) (?:sind|waren|haben)|cuáles|quiénes|"
    r"qué \w+[aeo]s|quali|quais|que \w+[aeo]s|welke \w+(?:en|s))\b"
    r"|\A(?:\w+ )?(?:which|what) (?:\S+ ){0,2}?(?!(?:was|has|does|its|this)\b)[^\W\d_]{2,}s\b",
    re.IGNORECASE,
)
_NAMES_THEM = re.compile(
    r"(?:il s['’]agit|ce sont|ce seront|parmi (?:eux|elles|ceux|celles)|à savoir|notamment|"
    r"(?:they|these|those) (?:are|were)|among them|namely|es handelt sich|se trata|si tratta)\b",
    re.IGNORECASE,
)
_BULLET = re.compile(r"\n[ \t]*(?:[-–—•*·‣▪◦]|\d{1,2}[.)])[ \t]+(?=\S)")
_FIRST_BULLET = re.compile(r"[^\n]{0,200}:?[ \t]*\n?(?=\n[ \t]*(?:[-–—•*·‣▪◦]|\d{1,2}[.)])[ \t])")
BESIDE: Final = 3  # words, at most, that belong to a list's first or last item; untested
ITEMS: Final = 30  # lines of a list, at most


def all_items(span: Span) -> Span:
    """The whole list that the span is part of, or that its sentence announces."""
    (quote,) = quotes([span])
    begin, end = span.start - quote.start, span.end - quote.start
    if found := _after_colon(quote) or _around(quote, begin, end):
        return _part(quote, *found)
    return _lines(quote) or _told_after(quote) or span


def _part(place: Quote, start: int, end: int) -> Span:
    start, end = balanced(place.text, *trimmed(place.text, start, end))
    return replace(place.span, start=place.start + start, end=place.start + end)


def _after_colon(place: Quote) -> tuple[int, int] | None:
    """What a sentence lists after a colon."""
    text = place.text
    colon = re.search(r"\s?:\s", text)
    if not colon or "," not in text[colon.end() :] or CLAUSE.search(text, colon.end()):
        return None
    joint = joints(place.span.passage.article.language).search(text, colon.end())
    return (colon.end(), len(text)) if joint else None


def _around(place: Quote, begin: int, end: int) -> tuple[int, int] | None:
    """The list "A, B et C" that shares words with what stands between two places, the tightest."""
    shared = [found for found in enumerations(place) if found[0] < end and begin < found[1]]
    if not shared:
        return None
    first, last = min(shared, key=lambda found: found[1] - found[0])
    start = begin if _is_short(place.text, begin, first) else first
    return start, (end if _is_short(place.text, last, end) else last)


def _is_short(text: str, start: int, end: int) -> bool:
    """Whether what was read beside a list belongs to it."""
    return 0 < len(text[start:end].split()) <= BESIDE and not is_clause(text, start, end)


def _lines(quote: Quote) -> Span | None:
    """The lines of a list that stand after a sentence, or around it when it is one of them."""
    text = quote.span.passage.article.text
    opens = _BULLET.match(text, text.rfind("\n", 0, quote.start))
    head = quote.start
    if opens and opens.end() >= quote.start:  # an item itself: from the first one on
        begin = opens.start()
        while (line := text.rfind("\n", 0, begin)) >= 0 and _BULLET.match(text, line):
            begin = line
    else:
        found = _FIRST_BULLET.match(text, quote.end)
        if not found or not quote.text.rstrip().endswith(":"):
            return None
        begin = found.end()
    first = _BULLET.match(text, begin)
    if not first:
        return None
    end, count = begin, 0
    while count < ITEMS and (item := _BULLET.match(text, end)):
        line = text.find("\n", item.end())
        end, count = (line if line >= 0 else len(text)), count + 1
    if count < 2 or head > end:  # noqa: PLR2004 - one line is no list
        return None
    return replace(quote.span, start=first.end(), end=end)


def _told_after(quote: Quote) -> Span | None:
    """The list in the sentence after this one, which says that it names them."""
    following = [place for place in sentences_beside(quote) if place.start > quote.start]
    for place in following:
        lists = enumerations(place) if _NAMES_THEM.match(place.text) else []
        if lists:
            return _part(place, *lists[0])
    return None
