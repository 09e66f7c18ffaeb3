"""A turn that only names something else: "Et celui du Japon ?", "Et en 2019 ?", "I meant Glasgow".

What it names takes the place of its like in the earlier question: a period for a period, a place
for a place, a name for a name. Knows nothing of the turns before that question.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rag.follow_up.mentions import Mention, mentions, starts_with_vowel, wholes

if TYPE_CHECKING:
    from collections.abc import Callable

_OPENING = re.compile(
    r"(?:qu['’]en est-il|et qu['’]en est-il|quid|(?:and )?(?:what|how) about|et|and)\s+",
    re.IGNORECASE,
)
_OPENING_ELSEWHERE = re.compile(r"¿?(?:und|was ist mit|y|e|en)\s+", re.IGNORECASE)
_CORRECTION = re.compile(
    r"(?:(?:non|no|pardon|désolée?|sorry|plutôt)\b[\s,:.]*)?"
    r"(?:(?:je parlais|je parle) (?=d)|je (?:voulais|veux) dire |plutôt "
    r"|i mean(?:t)? |i was talking about )?",
    re.IGNORECASE,
)
_THAT_OF = re.compile(
    r"(?:celui|celle|ceux|celles|that (?=of)|those (?=of)|the one)\s*", re.IGNORECASE
)
# "Et combien ... ?", "Y a-t-il ... ?": opens so too, and asks by itself.
_ASKS = re.compile(
    r"\b(?:qui|que|quoi|quel(?:le)?s?|combien|quand|où|comment|pourquoi|"
    r"who|whom|whose|what|which|when|where|why|how|wer|we[nm]|was|welche\w*|wann|wo|wie|warum|"
    r"quién(?:es)?|qué|cuál(?:es)?|cuándo|cuánt[oa]s?|dónde|cómo|chi|quale|quali|quando|quant[oaie]s?|"
    r"dove|perché|quem|qual|quais|onde|wat|welke?|wanneer|waar|waarom|hoe|est-ce)\b|qu['’]|"
    r"-(?:t-)?(?:ils?|elles?|on|ce)\b",
    re.IGNORECASE,
)
_MONTHS: Final = (
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|"
    "january|february|march|april|may|june|july|august|september|october|november|december"
)
_SINCE: Final = (
    r"(?:(?:depuis|avant|après|dès|pour|en|sur|d['’]ici(?: à)?|jusqu['’]en|"
    r"since|before|after|by|in|for|during|over|on) )?"
)
_PART: Final = (
    r"(?:(?:au |le |the |du )?(?:début|fin|milieu|mois|premier|première|deuxième|second|troisième|"
    r"quatrième|end|start|first|third|fourth) (?:semestre |trimestre |half |quarter )?"
    r"(?:d['’]|de |of )?)?"
)
_PERIOD = re.compile(
    rf"(?<!\w){_SINCE}{_PART}(?:(?:\d{{1,2}}(?:er)? )?(?:{_MONTHS})(?: (?:19|20)\d\d)?"
    r"|(?:19|20)\d\d|l['’](?:an|année) (?:derni(?:er|ère)|passée?|prochaine?)|cette année"
    r"|ce mois(?:-ci)?"
    r"|(?:le mois|la semaine) (?:derni(?:er|ère)|passée?|prochaine?)|un an|hier|aujourd['’]hui"
    r"|(?:last|this|next) (?:year|month|week|quarter)|yesterday|today|now)(?!\w)",
    re.IGNORECASE,
)
_YEAR_BESIDE = re.compile(
    r"l['’](?:année|an) (?:(?P<after>suivante?|d['’]après)|précédente?|d['’]avant)"
    r"|the (?:(?P<following>year after|following year)|year before|previous year)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MONTH = re.compile(rf"(?<!\w)(?:{_MONTHS})(?!\w)", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?P<how>\bcombien (?:de |d['’])|\bhow many )(?P<what>[\w-]+)", re.IGNORECASE
)
_MARKS: Final = " ?？!.\u00a0\u202f"
_BARE_PLACE = re.compile(
    r"(?:en|au|aux|à|selon|in|according to)(?: [^\s?]+){1,3} ?\?", re.IGNORECASE
)
_DE: Final = {"le": "du", "les": "des", "la": "de la", "l'": "de l'"}
_TO: Final = {"le": "au", "les": "aux", "la": "à la", "l'": "à l'"}
_ATTRIBUTIVE = re.compile(r" [a-z]+ (?!\w+ing)")
_NOT_A_PLACE: Final = 2  # weight of not standing where places stand; the rules' tests fix it


def fragment(text: str, language: str) -> str:
    """What an elliptic turn or a correction names, "" where the turn asks by itself.

    :param language: that of the question before
    """
    opened = _OPENING.match(text)
    if not opened and language not in {"fr", "en"}:
        opened = _OPENING_ELSEWHERE.match(text)
    opened = opened or _CORRECTION.match(text)
    if not opened or (not opened.group().strip() and not _BARE_PLACE.fullmatch(text)):
        return ""
    rest = _THAT_OF.sub("", without_end(text[opened.end() :]), count=1)
    return "" if _ASKS.search(rest) else rest


def without_end(text: str) -> str:
    """The text without its question mark."""
    return text.rstrip(_MARKS)


def exchanged(before: str, rest: str, language: str) -> str:
    """The earlier question about what the fragment names instead, "" where nothing is alike."""
    if beside := _YEAR_BESIDE.fullmatch(rest):
        return _with_year_beside(before, 1 if beside["after"] or beside["following"] else -1)
    period = _PERIOD.search(rest)
    if period and 2 * len(period.group()) >= len(rest):
        return _with_period(before, period.group(), language)
    if counted := _with_counted(before, rest, language):
        return counted
    named = wholes(mentions(rest, language), rest) or _bare(rest)
    if len(named) != 1 or rest[named[0].end :] not in {"", "'s", "’s"}:
        return ""
    return _with_mention(before, named[0], language)


def _with_period(before: str, new: str, language: str) -> str:
    """With the period instead of the one there, or at the end; a month keeps the year there was."""
    old = max(_PERIOD.finditer(before), key=re.Match.start, default=None)
    if old is None:
        return inserted(before, new)
    year = _YEAR.search(old.group())
    if year and not _YEAR.search(new) and _MONTH.search(new):
        new = f"{new} {year.group()}"
    if year and old.group()[0].isdigit() and (other := _YEAR.search(new)):
        new = other.group()  # "the 2018 Ryder Cup"
    elif new[0].isdigit():
        new = f"{'in' if language == 'en' else 'en'} {new}"
    return before[: old.start()] + new + before[old.end() :]


def _with_year_beside(before: str, step: int) -> str:
    """With the year after the last one named, or the one before it; "" where none is named."""
    years = list(_YEAR.finditer(before))
    if not years:
        return ""
    old = years[-1]
    return f"{before[: old.start()]}{int(old.group()) + step}{before[old.end() :]}"


def _with_counted(before: str, rest: str, language: str) -> str:
    """With "policiers" instead of "civils" in "Combien de civils"."""
    old = _COUNTED.search(before)
    what = re.match(r"(?:de |d['’])(?=[a-zà-ÿ])", rest)
    bare = language == "en" and rest.islower() and " the " not in f" {rest} "
    if old is None or not (what or bare):
        return ""
    if re.match(r"d(?:e la|u|es|e l['’])\b", rest) or mentions(rest, language)[1:]:
        return ""
    how = f"{old['how'].split()[0]} " if what else old["how"]
    return before[: old.start()] + how + rest + before[old.end() :]


def _with_mention(before: str, new: Mention, language: str) -> str:
    found = [m for m in mentions(before, language) if m.start or language in {"fr", "en"}]
    same = [m for m in wholes(found, before) if _first(m) == _first(new)]
    old = same[-1] if same else _like(found, new)
    if old is None:
        return inserted(before, _written(new)) if new.place and new.named else ""
    phrase = _in_place_of(old, new)
    if old.article == "the" and not new.article and _ATTRIBUTIVE.match(before, old.end):
        phrase = f"the {phrase}"  # "the Birmingham show"
    return before[: old.start] + phrase + before[old.end :]


def _like(found: list[Mention], new: Mention) -> Mention | None:
    """What the new mention replaces: of the same preposition, else the most alike."""
    tests: list[Callable[[Mention], bool]] = [
        lambda old: bool(new.lead) and not new.genitive and old.lead == new.lead and old.place,
        lambda old: new.place and old.place and old.named,
        lambda old: (
            _first_lead(new) in {"selon", "according"} and _first_lead(old) == _first_lead(new)
        ),
    ]
    for test in tests:
        if alike := [old for old in found if test(old)]:
            return alike[-1]
    named = [old for old in found if old.named and (old.genitive or not new.place)]
    if not new.named or not named:
        return None
    return max(named, key=lambda old: (_weight(old, new), old.start))


def _weight(old: Mention, new: Mention) -> int:
    same = len(old.words.split()) == len(new.words.split())
    return _NOT_A_PLACE * (not old.place) + same + (old.genitive and new.genitive)


def _in_place_of(old: Mention, new: Mention) -> str:
    if new.place or _first_lead(new) in {"selon", "according"}:
        return _written(new)
    preposition = old.lead[0] if old.lead else ""
    phrase = new.phrase
    if preposition in {"le", "la", "les", "l'", "the", "a", "an", "un", "une", ""}:
        return phrase
    if preposition in {"de", "d'", "du", "des"}:
        return with_de(phrase)
    if preposition in {"à", "au", "aux"}:
        return at_place(phrase)
    kept = [word for word in old.lead if word not in {"le", "la", "les", "l'", "the"}]
    return f"{' '.join(kept)} {phrase}"


def with_de(phrase: str) -> str:
    """After "de": "le Japon" -> "du Japon", "Omnicom" -> "d'Omnicom"."""
    return with_article(phrase, _DE, "d'" if starts_with_vowel(phrase) else "de ")


def at_place(phrase: str) -> str:
    """After "à": "le port" -> "au port", "Kaesong" -> "à Kaesong"."""
    return with_article(phrase, _TO, "à ")


def with_article(phrase: str, forms: dict[str, str], otherwise: str) -> str:
    """With the form that a preposition and the phrase's article have together."""
    for article, form in forms.items():
        if phrase.startswith("l'") and article == "l'":
            return form + phrase[2:]
        if phrase.startswith(f"{article} "):
            return f"{form} {phrase[len(article) + 1 :]}"
    return otherwise + phrase


def inserted(before: str, more: str) -> str:
    """The question with more words at its end, before the question mark."""
    end = without_end(before)
    return f"{end} {more}{before[len(end) :]}"


def _written(mention: Mention) -> str:
    lead = " ".join(mention.lead).replace("' ", "'")
    joint = "" if not lead or lead.endswith("'") else " "
    return f"{lead}{joint}{mention.words}"


def _bare(rest: str) -> list[Mention]:
    """A fragment of one word without capital."""
    if " " in rest or not rest.isalpha():
        return []
    return [Mention(0, len(rest), (), rest, named=False)]


def _first(mention: Mention) -> str:
    return mention.words.split()[0].lower()


def _first_lead(mention: Mention) -> str:
    return mention.lead[0] if mention.lead else ""
