"""What a turn leans on in the question before it, and the question that it asks when complete.

A turn that names all it needs is left as it is, to the letter. One that does not is completed, by
what it stands for where rules find that, else by joining both questions into one: "Qui dirige la
banque, et depuis quand ?". Knows nothing of the library. No model.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from index.language import question_language
from index.number_words import JOINTS
from rag.follow_up.ellipsis import exchanged, fragment, inserted, without_end
from rag.follow_up.mentions import is_name, mentions
from rag.follow_up.pronouns import pointers
from rag.follow_up.substitutes import resolved

_OPENING = re.compile(r"\A(?:et|and|und|y|mais|but)\s+(?!['’])", re.IGNORECASE)
_COURTESY = re.compile(
    r"\A(?:(?:merci|d['’]accord|ok(?:ay)?|très bien|parfait|bien|ah|bon|super|thanks|thank you"
    r"|great|i see|alright)(?: (?:beaucoup|bien|a lot|very much))?[ ,.!:;…-]+)+(?=\S)",
    re.IGNORECASE,
)
# "Pourquoi ?", "Avec qui exactement ?", "Since when?": asks for one more thing.
_BARE = re.compile(
    r"(?P<asked>(?:(?:à|a|de|pour|par|avec|contre|chez|depuis|jusqu['’]à|"
    r"with|against|by|for|from|since|until|to) )?"
    r"(?:qui|quoi|où|quand|comment|combien|pourquoi|quelles? raisons?|whom?|what|where|when|how"
    r"(?: come| long| much| many| often)?|why)(?: for)?)"
    r"(?: (?:ça|cela|exactement|précisément|donc|exactly|so|then|that))*[ ?？!.]*",
    re.IGNORECASE,
)
_ADVERB = re.compile(
    r"(?:où|quand|comment|pourquoi|where|when|why|how)\b(?! (?:many|much|old))", re.IGNORECASE
)
_YES_OR_NO = re.compile(
    r"(?:did|does|do|was|were|is|are|has|have|had|will|would|can|could|should)\b", re.IGNORECASE
)
_WH = re.compile(
    r"\b(?:qui|que|quoi|quel(?:le)?s?|combien|quand|où|comment|pourquoi|lequel)\b|\bqu['’]"
    r"|^(?:who|whom|whose|what|which|when|where|why|how)\b",
    re.IGNORECASE,
)
_LEAD: Final = r"(?:(?:à|a|de|en|pour|avec|sur|dans|depuis) |d['’])?"
# Without a verb: "Combien de morts ?", "A quelle peine ?", "How old?"
_VERBLESS = re.compile(
    rf"(?:{_LEAD}(?:combien(?: (?:de |d['’])[\w-]+)?|quel(?:le)?s? [\w-]+)"
    r"(?: (?:de |d['’]|en |à |au |par |sur )[\w-]+(?: heures?| jours?| ans?| mois)?){0,2}"
    r"|how (?:old|many|much|long|far|big|high|large|often)(?: [a-z]+)?"
    r"|(?:which|what) [a-z]+)[ ?？]*",
    re.IGNORECASE,
)
# One definite thing and no more: "Quel est le bilan ?", "How much was the fine?"
_COPULA = re.compile(
    rf"(?:{_LEAD}(?:quel(?:le)?s?(?: [\w-]+)?|où|quand|comment|qui|de combien) "
    r"(?:est|était|sont|étaient|sera|fut)(?: \w+ment)? (?:l[ea]s? |l['’])[\w-]+(?: [\w-]+)?"
    r"|(?:what|who|where|when|why|how(?: \w+)?) (?:is|was|are|were|will be) the [a-z-]+)[ ?？]*",
    re.IGNORECASE,
)
# Someone or something of an event, which the question does not name.
_EVENT_WORDS = (
    "tireur suspect victime victimes agresseur auteur auteurs assaillant conducteur chauffeur "
    "pilote bilan blessés morts dégâts enquête procès verdict coupable voleurs ravisseurs rescapés "
    "survivants majorité amende peine épicentre incendie score arbitre gagnant vainqueur "
    "victim victims suspect shooter attacker driver pilot survivors injured wounded gunman thieves "
    "verdict trial fine sentence epicentre winner score toll damage"
)
_OF_AN_EVENT: Final = frozenset(_EVENT_WORDS.split())
_HAPPENED = re.compile(
    r"(?:que s['’](?:est|était)-il (?:passé|produit)|qu['’]est-il arrivé"
    r"|qu['’]est-ce qui s['’]est passé|what happened) (?P<where>.+)",
    re.IGNORECASE,
)
_ENOUGH_WORDS: Final = 9  # a longer question about "le tireur" tells what happened; untested


@dataclass(frozen=True, slots=True)
class Completed:
    """A turn made complete, and the question that the next turn may lean on."""

    text: str
    anchor: str


def complete(turn: str, before: str) -> Completed:
    """The turn, completed from the question before it where it leans on that.

    :param before: a complete question, "" where there is none
    """
    if not before:
        return Completed(turn, turn)
    language = question_language(before)
    asks = _COURTESY.sub("", turn, count=1)
    text = _completed(asks, before, language)
    if text is None:
        return Completed(turn, turn)
    if text:
        return Completed(text, text)
    return Completed(_both(before, asks, language), before)


def _completed(turn: str, before: str, language: str) -> str | None:
    """None where the turn leans on nothing, "" where it does and no rule completes it."""
    if named := fragment(turn, language):
        return exchanged(before, named, language)
    asks = _OPENING.sub("", turn, count=1)
    if bare := _BARE.fullmatch(asks):
        return _asked(bare["asked"], before, language)
    own = question_language(turn)
    if pointers(turn, own):
        return resolved(turn, before, language) if own == language else ""
    if _wants_event(asks, own):
        return _at_event(asks, before)
    return None


def _asked(asked: str, before: str, language: str) -> str:
    """The earlier question, asked for something else: "Pourquoi ...", "Since when ..."."""
    asked = {"how come": "Why", "what for": "Why"}.get(asked.lower(), asked)
    adverb = _ADVERB.match(before)
    if adverb and _ADVERB.fullmatch(asked):
        return _capital(asked) + before[adverb.end() :]
    plain = not _WH.search(before) if language == "fr" else bool(_YES_OR_NO.match(before))
    if language not in {"fr", "en"} or not plain:
        return ""
    end = without_end(before)
    return f"{_capital(asked)} {_small(end)}{before[len(end) :] or ' ?'}"


def _wants_event(asks: str, language: str) -> bool:
    if any(mention.named for mention in mentions(asks[:1].lower() + asks[1:], language)):
        return False
    if _VERBLESS.fullmatch(asks) or _COPULA.fullmatch(asks):
        return True
    definite = re.findall(r"(?<!\w)(?:l[ea]s? |l['’]|the )(\w+)", asks.lower())
    return len(asks.split()) <= _ENOUGH_WORDS and not _OF_AN_EVENT.isdisjoint(definite)


def _at_event(asks: str, before: str) -> str:
    """With where it happened, if the earlier question asked what happened there."""
    happened = _HAPPENED.fullmatch(without_end(before))
    return inserted(asks, happened["where"]) if happened else ""


def _both(before: str, turn: str, language: str) -> str:
    """Two questions in one."""
    joint = JOINTS.get(language)
    if not joint or question_language(turn) != language:
        return f"{before} {turn}"
    asks = without_end(_OPENING.sub("", turn, count=1))
    mark = "?" if language == "en" else " ?"
    return f"{without_end(before)}, {joint} {_small(asks)}{mark}"


def _small(text: str) -> str:
    """With a small first letter, unless it begins with a name."""
    if text.startswith("A ") and _WH.match(text, 2):
        return f"à {text[2:]}"  # capitals are often typed without their accent
    found = mentions(text, question_language(text))
    first = text.split(" ", maxsplit=1)[0]
    name = found and found[0].start == 0 and found[0].named and not found[0].lead
    return text if name and is_name(first) else text[:1].lower() + text[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
