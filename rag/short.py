"""The short answer: the words that were read, made whole.

No word, number with its unit or name is cut; a "why" has the clause that answers, a list all items.

Offsets into the article's text; nothing is reworded.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from index.words import is_stop_word
from rag.enumerations import PARTY
from rag.lists import ASKS_LIST, all_items
from rag.proof.names import spelling_of
from rag.proof.statement import statement
from rag.quote import quotes
from rag.reasons import ASKS_WHY, reason
from rag.trimming import balanced, is_loose, trimmed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rag.dates.moments import Moment
    from rag.proof.names import Name
    from rag.proof.statement import Quantity, Statement
    from rag.types import Question, Span

_LINKED = re.compile(r"\s(?:de |d['’]|of )?[^\W\d_]+(?:-[^\W\d_]+)*|\s?[%€$£°]C?")
_RANGE = re.compile(
    r"\s?(?:et|à|ou|and|to|or|[-–])\s?"
    r"(?:(?:environ|près de|plus de|quelque|about|around|nearly|almost|more than|some)\s)?"
)
_TOWARDS = re.compile(r"\s?(?:à|to|[-–])")  # "de 500 à 4 000"; "500 et 4 000" are two things
_FROM = re.compile(r"(?:\b(?:de|from|entre|between) |\bd['’])\Z", re.IGNORECASE)
_DAY = re.compile(r"(?<!\d)(?:[12]?\d|3[01])(?:er)?\Z")
_TO_DAY = re.compile(r"\s?(?:et|à|au|and|to|al|bis|[-–])\s?(?:le |the )?")
_FROM_DAY = re.compile(
    r"(?:\b(?:entre|du|de|between|from|vom|del?|desde)\s)?(?:\b(?:le|el|the)\s)?\Z", re.IGNORECASE
)
_DAY_BEFORE = re.compile(
    r"\b(?:entre le|du|between|from|vom|del|dal)\s(?:[12]?\d|3[01])(?:er)?"
    r"\s(?:et|au|and|to|al|bis)\s(?:le )?\Z",
    re.IGNORECASE,
)
_NOUN = re.compile(r"\s([a-z]+s|troops|people|police|men|women)\b")  # after an English adjective
_ONE_WORD = re.compile(r"[a-zà-ÿœ]+(?:-[a-zà-ÿœ]+)*")
_COMPLEMENT = re.compile(
    r"\s(?:de (?:la |l['’])?|d['’]|du |des |of (?:the )?)[^\W\d_]+(?:-[^\W\d_]+)*"
)
_ARTICLE = re.compile(
    r"(?<![\w'’])(?:l['’]|(?:le|la|les|un|une|des|du|the|a|an|der|die|das|ein|eine)\s)\Z",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(r"[a-zà-ÿ]+(?:ale?|aux|éen(?:ne)?|ien(?:ne)?|ique|[ao]ise?|aine?)s?\s")
_NOUN_BEFORE = re.compile(
    r"(?<![\w'’])(?:l['’]|(?:le|la|les|un|une|des|du)\s)[a-zà-ÿœ-]+\s(?:[a-zà-ÿ]+\s)?\Z",
    re.IGNORECASE,
)
_INFINITIVE = re.compile(r"[a-zà-ÿ]+(?:er|ir|re|oir)\b")
_CLITIC = re.compile(
    r"(?<![\w'’])(?:(?:ne pas|ne|n['’]|se|s['’]|le|la|les|l['’]|lui|leur|y|en)\s?){1,3}\Z"
)
_HAPPENED = re.compile(
    r"\b(?:que s['’](?:est|était)-il (?:passé|produit)|qu['’](?:est|était)-il arrivé"
    r"|qu['’]est-ce qui s['’]est passé|what (?:has )?happened|was (?:ist )?(?:geschah|passiert)"
    r"|qué (?:pasó|ocurrió)|(?:che )?cosa è successo|o que aconteceu|wat gebeurde)\b",
    re.IGNORECASE,
)


def short_answer(question: Question, spans: Sequence[Span]) -> Span:
    """The words that answer, as a span of the best one's article."""
    best = spans[0]
    if ASKS_WHY.search(question.standalone) and (found := reason(question, best)):
        return found
    if _HAPPENED.search(question.standalone):
        (quote,) = quotes([best])
        return replace(best, start=quote.start, end=quote.end)
    span = whole(best)
    return all_items(span) if ASKS_LIST.search(question.standalone) else span


def whole(span: Span) -> Span:
    """The span without loose ends, with the rest of any word, number, unit or name that it cuts.

    Of nothing but loose ends, the sentence.
    """
    (quote,) = quotes([span])
    if is_loose(quote.text, span.start - quote.start, span.end - quote.start):
        return replace(span, start=quote.start, end=quote.end)
    if (span.start, span.end) == (quote.start, quote.end):
        return span
    article = span.passage.article
    said = statement(quote.text, article.language, (spelling_of(article.text),))
    start, end = _words(quote.text, span.start - quote.start, span.end - quote.start)
    start, end = trimmed(quote.text, start, end)
    parts: tuple[Quantity | Moment | Name, ...] = (*said.quantities, *said.names, *said.moments)
    for part in parts:
        party = PARTY.match(quote.text, part.start, part.end)
        begin = party.end() if party and party.end() <= start else part.start
        if begin < end and start < part.end:
            start, end = min(start, begin), max(end, part.end)
    start, end = _with_range(said, *_with_days(said, start, end))
    start, end = balanced(quote.text, *trimmed(quote.text, *_with_phrase(quote.text, start, end)))
    return replace(span, start=quote.start + start, end=quote.start + end)


def _with_days(said: Statement, start: int, end: int) -> tuple[int, int]:
    """With the other day of "entre le 8 et le 13 octobre"."""
    text = said.text
    for moment in said.moments:
        if start < moment.start and _TO_DAY.fullmatch(text, end, moment.start):
            day = _DAY.search(text, start, end)
            opens = _FROM_DAY.search(text, 0, day.start()) if day else None
            return (min(start, opens.start()) if opens else start), (moment.end if day else end)
        if start <= moment.start < end and (from_day := _DAY_BEFORE.search(text, 0, start)):
            return from_day.start(), end
    return start, end


def _with_range(said: Statement, start: int, end: int) -> tuple[int, int]:
    """With the other end of "de 500 à 4 000 personnes", and the unit."""
    text = said.text
    for quantity in said.quantities:
        if start < quantity.end and _RANGE.fullmatch(text, end, quantity.start):
            bare = any(other.end == end for other in said.quantities)
            if bare or _TOWARDS.match(text, end):
                opens = _FROM.search(text, 0, start)
                start, end = opens.start() if opens else start, quantity.end
        if quantity.end == end:
            end = _with_unit(text, end, [w.start for w in quantity.counted], quantity.unit)
            end = _with_people(said, end, {w.start for w in quantity.counted})
    return start, end


def _with_people(said: Statement, end: int, counted: set[int]) -> int:
    """The end of "thirty North Korean soldiers" where it stood at "thirty North"."""
    name = next((name for name in said.names if name.start < end <= name.end), None)
    if name is None:
        return end
    noun = _NOUN.match(said.text, name.end)
    plural = said.text[name.end - 1] == "s"
    return noun.end() if noun and not plural and noun.start(1) in counted else name.end


def _with_phrase(text: str, start: int, end: int) -> tuple[int, int]:
    """One small word alone is a piece of a phrase: "exercices" -> "des exercices de tai chi".

    So is an infinitive without its pronoun, "faire sortir" -> "le faire sortir", and an adjective
    without its noun, "suédois SSAB" -> "le groupe suédois SSAB".
    """
    if _INFINITIVE.match(text, start) and (clitic := _CLITIC.search(text, 0, start)):
        return clitic.start(), end
    if _ADJECTIVE.match(text, start, end) and (noun := _NOUN_BEFORE.search(text, 0, start)):
        return noun.start(), end
    if not _ONE_WORD.fullmatch(text, start, end) or is_stop_word(text[start:end], "fr"):
        return start, end
    article = _ARTICLE.search(text, 0, start)
    after = _COMPLEMENT.match(text, end)
    return (article.start() if article else start), (after.end() if after else end)


def _words(text: str, start: int, end: int) -> tuple[int, int]:
    """The edges moved outwards to those of words."""
    while start > 0 and text[start - 1].isalnum() and text[start : start + 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1 : end].isalnum():
        end += 1
    return start, end


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
