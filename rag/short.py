"""The short answer: the words that were read, made whole.

No word, number with its unit or name is cut; a "why" has the clause that answers, a list all items.

Offsets into the article's text; nothing is reworded.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rag.proof.names import names_in, spelling_of
from rag.proof.statement import statement
from rag.quote import quotes, sentences_beside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rag.dates.moments import Moment
    from rag.proof.names import Name
    from rag.proof.statement import Quantity
    from rag.quote import Quote
    from rag.types import Question, Span

_WHY = re.compile(
    r"\b(?:pourquoi|why|warum|wieso|weshalb|por qué|perché|porquê|waarom|how come)\b"
    r"|pour quelles? raisons?|for what reasons?|what (?:caused|is the (?:cause|reason))"
    r"|quelles? (?:est|sont) (?:la|les) (?:cause|raison)s?|à cause de quoi",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"\b(?:quels|quelles|lesquels|lesquelles|qui sont|citez|énumér\w+|what are|who are|who were|"
    r"what were|which \w+ (?:are|were|have|did)|which \w+s\b|list the|welche \w+ sind)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:parce qu(?:e\b|['’])|puisqu(?:e\b|['’])|en raison d(?:es?\b|u\b|['’])"
    r"|à cause d(?:es?\b|u\b|['’])|du fait d(?:es?\b|u\b|['’])|faute d(?:e\b|['’])"
    r"|afin (?:de\b|d['’]|qu)|pour que\b|grâce (?:à|aux?)\b|s['’]expliqu\w+[^.;]{1,30}?\bpar\b"
    r"|(?:est|sont|serait|seraient) (?:due?s?) (?:à|aux?)\b|because\b|due to\b|owing to\b"
    r"|so that\b|in order to\b|thanks to\b|as a result of\b|caused by\b|weil\b|wegen\b|aufgrund\b)"
    r"|(?<=, )car\b|(?<=\bet )car\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"(?<!\s)\s*(?:;|, (?:mais|but|tandis que|alors que|while|selon|according)\b|[.!?…»”\"]|$)"
)
_EDGE_LEFT = re.compile(
    r"(?:[\s,;:.!?…»”)\]–—-]+|(?:et|ou|and|or|und|que|qui|dont|mais|but|that|which)\s|qu['’])",
    re.IGNORECASE,
)
_EDGE_RIGHT = re.compile(
    r"(?:[\s,;:«“(\[–—-]|[.!?…](?<!\w\.\w\.)|\b(?:d|l|qu|n|s|j)['’]"
    r"|\s(?:de|du|des|d|la|le|les|à|au|aux|et|ou|en|dans|par|pour|sur|avec|que|qui|dont|un|une|the|"
    r"of|a|an|to|in|on|at|and|or|by|for|with|from|that|which|und|der|die|das|von|mit|zu))$",
    re.IGNORECASE,
)
_LINKED = re.compile(r"\s(?:de |d['’]|of )?[^\W\d_]+(?:-[^\W\d_]+)*|\s?[%€$£°]C?")
_JOINT = re.compile(r"\s(?:et|and|ou|or|und|y|e)\s")
_DETERMINER = re.compile(
    r"(?<![\w'’])(?:l['’]|(?:le|la|les|un|une|deux|trois|the|a|an|two|three|der|die|das|ein|eine)\s)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s?(?:et|à|ou|and|to|or|[-–])\s?")
_ITEM: Final = 80  # characters of an item of a list, at most; untested
_TAIL = re.compile(r"[,;.:()!?»”]|\s(?:qui|que|dont|pour|afin|which|who|that|where)\s|$")


def short_answer(question: Question, spans: Sequence[Span]) -> Span:
    """The words that answer, as a span of the best one's article."""
    best = spans[0]
    if _WHY.search(question.standalone):
        found = _reason(best)
        if found:
            return found
    span = whole(best)
    if _LIST.search(question.standalone):
        (quote,) = quotes([span])
        return _all_items(span, quote)
    return span


def whole(span: Span) -> Span:
    """The span without loose ends, with the rest of any word, number, unit or name that it cuts."""
    (quote,) = quotes([span])
    if (span.start, span.end) == (quote.start, quote.end):
        return span
    article = span.passage.article
    said = statement(quote.text, article.language, (spelling_of(article.text),))
    start, end = _words(quote.text, span.start - quote.start, span.end - quote.start)
    start, end = _trimmed(quote.text, start, end)
    parts: tuple[Quantity | Moment | Name, ...] = (*said.quantities, *said.names, *said.moments)
    for part in parts:
        if part.start < end and start < part.end:
            start, end = min(start, part.start), max(end, part.end)
    for quantity in said.quantities:
        if start < quantity.end and _RANGE.fullmatch(quote.text, end, quantity.start):
            end = quantity.end  # "entre 3 et 4 millions"
        if quantity.end == end:
            end = _with_unit(quote.text, end, [w.start for w in quantity.counted], quantity.unit)
    start, end = _trimmed(quote.text, start, end)
    return replace(span, start=quote.start + start, end=quote.start + end)


def _words(text: str, start: int, end: int) -> tuple[int, int]:
    """The edges moved outwards to those of words."""
    while start > 0 and text[start - 1].isalnum() and text[start : start + 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1 : end].isalnum():
        end += 1
    return start, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without punctuation, conjunctions or a last preposition; as given when nothing would stay."""
    begin, stop = start, end
    while begin < stop and (found := _EDGE_LEFT.match(text, begin, stop)):
        begin = found.end()
    while begin < stop and (found := _EDGE_RIGHT.search(text[begin:stop])):
        stop = begin + found.start()
    return (begin, stop) if begin < stop else (start, end)


def _with_unit(text: str, end: int, counted: list[int], unit: str | None) -> int:
    """The end of the unit, or of the thing counted, where it follows at once."""
    following = _LINKED.match(text, end)
    if not following:
        return end
    first = re.compile(r"[^\W\d_]").search(text, end)
    direct = bool(counted and first and counted[0] == first.start())
    linked = following[0].strip().lower()
    of = linked.startswith(("de ", "d'", "d’", "of "))
    return following.end() if unit or (direct and not of) else end


def _reason(span: Span) -> Span | None:
    """The clause that gives the reason, in the sentence or one beside it."""
    (quote,) = quotes([span])
    for place in (quote, *sentences_beside(quote)):
        marked = _REASON.search(place.text)
        if marked:
            end = _clause_end(place.text, marked.end())
            start, stop = _trimmed(place.text, marked.start(), end)
            return replace(span, start=place.start + start, end=place.start + stop)
    return None


def _clause_end(text: str, at: int) -> int:
    """Where a clause ends: a full stop within it, as after initials, does not end it."""
    for found in _CLAUSE_END.finditer(text, at):
        after = text[found.end() : found.end() + 1]
        if not (found[0].strip() == "." and after and not after.isspace()):
            return found.start()
    return len(text)


def _all_items(span: Span, quote: Quote) -> Span:
    """The whole list that the span is part of, or that its sentence gives after a colon."""
    text = quote.text
    begin, end = span.start - quote.start, span.end - quote.start
    colon = re.search(r"\s?:\s", text)
    if colon and _JOINT.search(text, colon.end()) and "," in text[colon.end() :]:
        start, stop = _trimmed(text, colon.end(), len(text))
        return replace(span, start=quote.start + start, end=quote.start + stop)
    for joint in _JOINT.finditer(text):
        first = _first_item(text, joint.start())
        last = _last_item(quote, joint.end())
        if first < end and begin < last and first < joint.start():
            first, last = min(first, begin), max(last, end)
            start, stop = _trimmed(text, first, last)
            return replace(span, start=quote.start + start, end=quote.start + stop)
    return span


def _first_item(text: str, joint: int) -> int:
    """Where the list that ends in "A, B et C" begins."""
    comma = joint
    while True:
        before = text.rfind(", ", max(0, comma - _ITEM), comma)
        tail = _TAIL.search(text, before + 2, comma)
        if before < 0 or (tail and tail.start() < comma):
            break
        comma = before
    nouns = list(_DETERMINER.finditer(text, max(0, comma - _ITEM), comma))
    for noun in reversed(nouns):
        if not re.search(r"\b(?:de|d['’]|of|von)\s?$", text[: noun.start()]):
            return noun.start()
    return comma


def _last_item(quote: Quote, joint: int) -> int:
    """Where the last item ends: with its name, else at a mark or a relative clause."""
    article = quote.span.passage.article
    tail = _TAIL.search(quote.text, joint)
    end = tail.start() if tail else len(quote.text)
    for name in names_in(quote.text, article.language, (spelling_of(article.text),)):
        opens = _DETERMINER.fullmatch(quote.text, joint, name.start) or name.start == joint
        if opens and name.end <= end:
            return name.end
    return end
