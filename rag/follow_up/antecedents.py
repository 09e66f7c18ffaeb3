"""What a pronoun may stand for in the question before it: its subject, what it names, where.

Rules over the order of words, in French and English. Knows nothing of the turn that leans on it.
"""

from __future__ import annotations

import re
from typing import Final

from rag.follow_up.ellipsis import at_place, without_end
from rag.follow_up.mentions import Mention, joined, mentions, wholes

_ASKED = re.compile(  # what is asked for, at a French question's beginning
    r"(?:et |mais |alors |sinon |donc )?(?:au fait,? )?(?:,? ?(?:en|depuis|avant|après) \d{4},? )?"
    r"(?:(?:à|a|de|en|pour|dans|par|avec|sur|sous|depuis|jusqu['’]à|selon|contre|chez|vers|entre) "
    r"|d['’])?"
    r"(?:quel(?:le)?s? [\w'’-]+|combien (?:de |d['’])[\w-]+|lequel|laquelle|combien|comment"
    r"|pourquoi|quand|quoi|où|qu['’]|que|qui)\s*",
    re.IGNORECASE,
)
_COUNTS = re.compile(r"(?:\S+ )?(?:combien d|quel)", re.IGNORECASE)
VERB_FIRST = re.compile(  # "l'a-t-elle": its little words, the verb, the pronoun
    r"(?<![\w'’])(?P<little>(?:(?:ne|se|le|la|les|lui|leur|y|en) |[nslmt]['’]){0,3})"
    r"(?P<verb>[^\W\d_]+)-(?:t-)?(?P<pronoun>ils?|elles?|on)\b",
    re.IGNORECASE,
)
_DEFINED = re.compile(  # the question asks what something is, or where
    r"(?:qui|où|qu['’]est-ce que|c['’]est (?:quoi|qui|où)|quand|comment|what|who|where|when)"
    r"(?: (?:est|sont|était|étaient|se trouve(?:nt)?|is|are|was|were))? (?P<what>.+)",
    re.IGNORECASE,
)
_WHO = re.compile(r"(?:qui|who)\b", re.IGNORECASE)
_SOMEONE: Final = frozenset({"he", "she", "him", "her", "his", "il", "elle", "son", "sa", "ses"})
_WHERE = re.compile(
    r"où (?:est|sont|se trouve(?:nt)?|se situe(?:nt)?) (?P<fr>.+)|where (?:is|are) (?P<en>.+)",
    re.IGNORECASE,
)
_WHAT_WORDS: Final = 8  # a longer answer to "Qui est ... ?" is a description; untested
_IN: Final = {"le": "au", "les": "aux", "la": "en", "l'": "en", "the": "in the"}
_LOCATED: Final = frozenset(
    ("à", "au", "aux", "en", "dans", "sur", "sous", "in", "at", "on", "near", "près", "place")
)


def antecedent(pronoun: str, before: str, language: str) -> Mention | None:
    """What the pronoun stands for in the earlier question."""
    pronoun = pronoun.lower()
    found = joined(mentions(before, language), before)
    whole = _topic(before, pronoun, language)
    if whole and (whole.named or pronoun in {"il", "elle", "ils", "elles", "it", "they"}):
        return whole
    able = [m for m in found if m.agrees(pronoun) and (m.named or m.article)]
    named = [m for m in able if m.named] or [m for m in able if not m.place and m.article]
    if pronoun in _SOMEONE:
        named = [m for m in named if m.person] or named
    return next((m for m in named if not m.place), named[0] if named else None)


def subject(text: str) -> str:
    """The noun before an inverted verb: "Quand le pape François nommera-t-il ...", "" if none."""
    found = VERB_FIRST.search(text)
    if not found or found["pronoun"].lower() == "on":
        return ""
    start = found.start("little")
    asked = _ASKED.match(text)
    end = asked.end() if asked and asked.end() <= start else 0
    for mention in mentions(text[:start], "fr"):
        first = mention.start in {0, end}
        partitive = first and mention.lead[:1] == ("des",) and not _COUNTS.match(text)
        able = not (mention.genitive or mention.place) and (mention.named or mention.lead)
        able = able or (mention.end == start - 1 and mention.ends_in_name)
        if (able or partitive) and (mention.start >= end or mention.start == 0):
            return text[mention.start : start].strip(" ,:")
    return ""


def _topic(before: str, pronoun: str, language: str) -> Mention | None:
    """What the earlier question is about as a whole: its subject, or what it asks to define."""
    topic = subject(before) if language == "fr" else ""
    if topic:
        inverted = VERB_FIRST.search(before)
        same = inverted and inverted["pronoun"].lower() == pronoun
        if not same and pronoun in {"il", "elle", "ils", "elles"}:
            return None
    elif defined := _DEFINED.fullmatch(without_end(before)):
        topic = defined["what"]
    found = joined(mentions(topic, language), topic)
    limit = _WHAT_WORDS + 2 * bool(subject(before))
    if not topic or not found or found[0].start or len(topic.split()) > limit:
        return None
    first = found[0]
    if not (first.named or first.article):
        return None
    named = any(mention.named for mention in found)
    words = first.words + topic[first.end :]
    whole = Mention(0, len(topic), first.lead, words, named, first.plural)
    someone = pronoun in _SOMEONE and _WHO.match(before)  # "Qui est le maire ?", "A-t-elle ... ?"
    return whole if whole.agrees(pronoun) or subject(before) or someone else None


def place(before: str, language: str) -> str:
    """Where the earlier question is about: "à Kaesong", "en Irak", "at Long Lartin"."""
    if where := _WHERE.fullmatch(without_end(before)):
        return at_place(where["fr"]) if where["fr"] else f"at {where['en']}"
    found = mentions(before, language)
    stands = [m for m in wholes(found, before) if m.named and m.lead and m.lead[0] in _LOCATED]
    if stands:
        last = stands[-1]
        return before[last.start : last.end]
    named = [m for m in found if m.named]
    if not named:
        return ""
    first = named[0]
    if first.words[:1].islower():  # "la ville de Kaesong"
        return f"dans {first.phrase}"
    article = first.article
    default = "à" if language == "fr" else "in"
    return f"{_IN.get(article, default)} {first.words}"
