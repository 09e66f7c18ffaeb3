"""The lists "A, B et C" of a sentence, from their first item to their last. Pure.

Items are told by what they begin with: all with an article or a name, all with a preposition, or
all with a noun alone. Knows nothing of what is asked.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rag.proof.names import names_in, spelling_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rag.proof.names import Name
    from rag.quote import Quote

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
CLAUSE = re.compile(
    r"[;:!?«»“”\"()]|\b(?:qui|que|dont|où|est|sont|était|étaient|sera|seront|ont|avait|avaient|"
    r"which|who|that|is|are|was|were|has|have|had|will)\s|\bqu['’]|-(?:t-)?(?:ils?|elles?|on)\b"
)
# "du SPD Malu Dreyer": whose party it is, and then who.
PARTY = re.compile(r"[A-ZÀ-Þ]{2,6} (?=(?:[A-ZÀ-Þ][\w'’-]*[a-zß-ÿ] ?){2})")
LONGEST: Final = 4_000  # characters of a sentence; a longer one is no sentence of news
ITEM: Final = 80  # characters of an item, at most; untested


@lru_cache
def joints(language: str) -> re.Pattern[str]:
    """The words before the last item of a list."""
    return re.compile(rf"\s(?:{_JOINTS.get(language, 'et|and|und')})\s")


def enumerations(place: Quote) -> list[tuple[int, int]]:
    """Where the lists "A, B et C" of a sentence stand in it."""
    article, text = place.span.passage.article, place.text
    if len(text) > LONGEST:
        return []
    names = names_in(text, article.language, (spelling_of(article.text),))
    found = []
    for joint in joints(article.language).finditer(text):
        last = _last_item(text, names, joint.end())
        kind = _kind(text, joint.end())
        first = _first_item(text, names, joint.start(), kind)
        alone = kind == "noun" and "," not in text[first : joint.start()]
        if first < joint.start() and last > joint.end() and not alone:
            found.append((first, last))
    return found


def _kind(text: str, at: int) -> str:
    """What an item begins with: "name" (or an article), "preposition", "noun"."""
    if _PREPOSITION.match(text, at):
        return "preposition"
    bare = text[at : at + 1]
    return "name" if _DETERMINER.match(text, at) or bare.isupper() or bare.isdigit() else "noun"


def _first_item(text: str, names: Sequence[Name], joint: int, kind: str) -> int:
    """Where the list whose last joint is given begins; the joint where there is none."""
    end = joint
    while True:
        comma = text.rfind(", ", max(0, end - ITEM), end)
        start = comma + 2
        if comma < 0 or _kind(text, start) != kind or is_clause(text, start, end):
            break
        end = comma
    return _item_before(text, names, max(0, comma + 2 if comma >= 0 else end - ITEM), end, kind)


def is_clause(text: str, start: int, end: int) -> bool:
    """Whether a verb is likely there: "Maud Kerlann dépose un bracelet", no "maire de la ville"."""
    inner = (found.start() for found in _DETERMINER.finditer(text, start + 1, end))
    free = any(not _LEADS_ON.search(text, max(0, start - 1), at) for at in inner)
    return free or CLAUSE.search(text, start, end) is not None


def _item_before(text: str, names: Sequence[Name], floor: int, end: int, kind: str) -> int:
    """Where the item that ends here begins, `end` where no item of its kind does."""
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


def _last_item(text: str, names: Sequence[Name], start: int) -> int:
    """Where the last item ends: with its name, else at a mark or a relative clause."""
    tail = _TAIL.search(text, start)
    end = tail.start() if tail else len(text)
    for name in names:
        opens = _DETERMINER.fullmatch(text, start, name.start) or name.start == start
        if opens and name.end <= end:  # "la Virginie occidentale" goes on, a clause does not
            return end if len(text[name.end : end].split()) <= 1 else name.end
    return end
