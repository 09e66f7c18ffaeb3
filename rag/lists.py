"""All items of a list: in a sentence, in the lines after it, in the sentence that names them. Pure.

Items are told by what they begin with: all with an article or a name, all with a preposition, or
all with a noun alone. Knows nothing of what is asked.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rag.proof.names import names_in, spelling_of
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
_JOINTS: Final = {
    "fr": "et|ou|ainsi que", "en": "and|or|as well as", "de": "und|oder|sowie", "es": "y|e|o|u",
    "it": "e|ed|o", "pt": "e|ou", "nl": "en|of",
}  # fmt: skip
_NOUN_PHRASE = (
    r"(?:l['’]|(?:le|la|les|un|une|deux|trois|quatre|cinq|the|a|an|two|three|der|die|das|ein|eine|"
    r"el|los|las|il|lo|gli|o|os|as|de|het|son|sa|ses|leur|leurs|his|her|its|their)\s)"
)
_DETERMINER = re.compile(rf"(?<![\w'’]){_NOUN_PHRASE}", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"(?<![\w'’])(?:d['’](?!autres)|(?:de|du|des|à|au|aux|en|dans|par|pour|avec|sur|of|in|to|for|with|"
    r"by|from|von|aus|mit)\s)",
    re.IGNORECASE,
)
_LEADS_ON = re.compile(
    r"(?:\A|\s)(?:de|à|en|dans|par|pour|avec|sur|sous|chez|contre|entre|vers|toute?s?|tous|of|in|on|at|"
    r"to|for|with|by|from|all|von|aus|mit|für|con|para|por|per|met|voor) ?\Z",
    re.IGNORECASE,
)
_OF = re.compile(r"\b(?:de|d['’]|du|des|of|von)\s?\Z", re.IGNORECASE)
_TAIL = re.compile(
    r"[,;.:()!?»”\"]|\s(?:qui|que|dont|pour|afin|selon|a|ont|est|sont|which|who|that|where|has|have|"
    r"is|are|according)\s|\squ['’]|\s[–—-]\s|$"
)
_CLAUSE = re.compile(
    r"[;:!?«»“”\"()]|\b(?:qui|que|dont|où|est|sont|était|étaient|sera|seront|ont|avait|avaient|"
    r"which|who|that|is|are|was|were|has|have|had|will)\s|\bqu['’]|-(?:t-)?(?:ils?|elles?|on)\b"
)
_NAMES_THEM = re.compile(
    r"(?:il s['’]agit|ce sont|ce seront|parmi (?:eux|elles|ceux|celles)|à savoir|notamment|"
    r"(?:they|these|those) (?:are|were)|among them|namely|es handelt sich|se trata|si tratta)\b",
    re.IGNORECASE,
)
_BULLET = re.compile(r"\n[ \t]*(?:[-–—•*·‣▪◦]|\d{1,2}[.)])[ \t]+(?=\S)")
_FIRST_BULLET = re.compile(r"[^\n]{0,200}:?[ \t]*\n?(?=\n[ \t]*(?:[-–—•*·‣▪◦]|\d{1,2}[.)])[ \t])")
# "du SPD Malu Dreyer": whose party it is, and then who.
PARTY = re.compile(r"[A-ZÀ-Þ]{2,6} (?=(?:[A-ZÀ-Þ][\w'’-]*[a-zß-ÿ] ?){2})")
ITEM: Final = 80  # characters of an item, at most; untested
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
    if not colon or "," not in text[colon.end() :] or _CLAUSE.search(text, colon.end()):
        return None
    joint = _joint(place).search(text, colon.end())
    return (colon.end(), len(text)) if joint else None


def _joint(place: Quote) -> re.Pattern[str]:
    """The words before the last item, in the article's language."""
    return _joint_of(place.span.passage.article.language)


@lru_cache
def _joint_of(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s(?:{_JOINTS.get(language, 'et|and|und')})\s")


def _around(place: Quote, begin: int, end: int) -> tuple[int, int] | None:
    """The list "A, B et C" that shares words with what stands between two places, the tightest."""
    shared = [found for found in _enumerations(place) if found[0] < end and begin < found[1]]
    if not shared:
        return None
    first, last = min(shared, key=lambda found: found[1] - found[0])
    start = begin if _is_short(place.text, begin, first) else first
    return start, (end if _is_short(place.text, last, end) else last)


def _is_short(text: str, start: int, end: int) -> bool:
    """Whether what was read beside a list belongs to it."""
    return 0 < len(text[start:end].split()) <= BESIDE and not _is_clause(text, start, end)


def _enumerations(place: Quote) -> list[tuple[int, int]]:
    found = []
    for joint in _joint(place).finditer(place.text):
        last = _last_item(place, joint.end())
        kind = _kind(place.text, joint.end())
        first = _first_item(place, joint.start(), kind)
        alone = kind == "noun" and "," not in place.text[max(0, first) : joint.start()]
        if first < joint.start() and last > joint.end() and not alone:
            found.append((first, last))
    return found


def _kind(text: str, at: int) -> str:
    """What an item begins with: "name" (or an article), "preposition", "noun"."""
    if _PREPOSITION.match(text, at):
        return "preposition"
    bare = text[at : at + 1]
    return "name" if _DETERMINER.match(text, at) or bare.isupper() or bare.isdigit() else "noun"


def _first_item(place: Quote, joint: int, kind: str) -> int:
    """Where the list whose last joint is given begins; the joint where there is none."""
    text, end = place.text, joint
    while True:
        comma = text.rfind(", ", max(0, end - ITEM), end)
        start = comma + 2
        if comma < 0 or _kind(text, start) != kind or _is_clause(text, start, end):
            break
        end = comma
    return _item_before(place, max(0, comma + 2 if comma >= 0 else end - ITEM), end, kind)


def _is_clause(text: str, start: int, end: int) -> bool:
    """Whether a verb is likely there: "Maud Kerlann dépose un bracelet", no "maire de la ville"."""
    inner = (found.start() for found in _DETERMINER.finditer(text, start + 1, end))
    free = any(not _LEADS_ON.search(text, max(0, start - 1), at) for at in inner)
    return free or _CLAUSE.search(text, start, end) is not None


def _item_before(place: Quote, floor: int, end: int, kind: str) -> int:
    """Where the item that ends here begins, `end` where no item of its kind does."""
    text = place.text
    article = place.span.passage.article
    names = names_in(text, article.language, (spelling_of(article.text),))
    if kind == "preposition":
        starts = [found.start() for found in _PREPOSITION.finditer(text, floor, end)]
        apart = [at for at in starts if not any(n.start < at < n.end for n in names)]
        return apart[-1] if apart else end
    if kind == "name":
        for name in names:
            if floor <= name.start < end <= name.end:
                if party := PARTY.match(text, name.start):
                    return party.end()
                lead = list(_DETERMINER.finditer(text, floor, name.start))
                return lead[-1].start() if lead and lead[-1].end() == name.start else name.start
        nouns = [m.start() for m in _DETERMINER.finditer(text, floor, end)]
        free = [at for at in nouns if not _OF.search(text[:at])]
        return free[-1] if free else end
    space = text.rfind(" ", floor, end)
    return space + 1 if space >= 0 and text[space + 1 : end].isalpha() else end


def _last_item(place: Quote, start: int) -> int:
    """Where the last item ends: with its name, else at a mark or a relative clause."""
    article, text = place.span.passage.article, place.text
    tail = _TAIL.search(text, start)
    end = tail.start() if tail else len(text)
    for name in names_in(text, article.language, (spelling_of(article.text),)):
        opens = _DETERMINER.fullmatch(text, start, name.start) or name.start == start
        if opens and name.end <= end:  # "la Virginie occidentale" goes on, a clause does not
            return end if len(text[name.end : end].split()) <= 1 else name.end
    return end


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
        lists = _enumerations(place) if _NAMES_THEM.match(place.text) else []
        if lists:
            return _part(place, *lists[0])
    return None
