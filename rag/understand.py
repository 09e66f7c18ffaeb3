"""A question as it was typed -> a question that makes sense alone.

Knows nothing of the library: only the question and the questions before it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from index.errors import InputError
from index.language import question_language
from index.words import words
from rag.dates import question_dates
from rag.types import Question

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

MAX_QUESTION: Final = 4_000  # characters
TURNS: Final = 8  # earlier questions that a question may lean on, one through the other; untested
# "Et celui du Japon ?": a follow-up opens so, and names what takes the place of a name before.
_ELLIPSIS = re.compile(
    r"(?:et|and|und|y|e|en|quid|(?:et\s)?qu['’]en est-il|(?:and\s)?(?:what|how) about|was ist mit)"
    r"\s+(?P<rest>\S.*?)\s*[?？]*\s*$",
    re.IGNORECASE,
)
# "Et combien ... ?", "En quelle année ... ?", "Y a-t-il ... ?": opens so too, and asks by itself.
_ASKS = re.compile(
    r"\b(?:qui|que|quoi|quel(?:le)?s?|combien|quand|où|comment|pourquoi|"
    r"who|whom|whose|what|which|when|where|why|how|wer|we[nm]|was|welche\w*|wann|wo|wie|warum|"
    r"quién(?:es)?|qué|cuál(?:es)?|cuándo|cuánt[oa]s?|dónde|cómo|chi|quale|quali|quando|quant[oaie]s?|"
    r"dove|perché|quem|qual|quais|onde|wat|welke?|wanneer|waar|waarom|hoe)\b|qu['’](?!en\b)|"
    r"-(?:t-)?(?:ils?|elles?|on|ce)\b",
    re.IGNORECASE,
)
_LEAD = r"(?P<lead>[ld]['’]|(?:du|de la|de|la|le|les|des|aux|au|en|à|the|in|of|for)\s+)?"
_NAME = re.compile(
    rf"\b{_LEAD}(?P<name>[A-ZÀ-ÖØ-Þ][\w-]*(?:(?:\s+|\s+d[ue]\s+)[A-ZÀ-ÖØ-Þ][\w-]*)*)"
)
_PLACES: Final = {"en", "à", "au", "aux", "in"}
_GENITIVES: Final = {"le": "du", "la": "de la", "les": "des", "l'": "de l'"}
_ARTICLES: Final = {"du": "le", "de la": "la", "des": "les", "de": "", "d'": ""}
_SINCE: Final = {"depuis", "since", "seit", "desde", "dal", "sinds"}  # "Depuis quand ?"
_PRONOUN = re.compile(
    r"\b(?:il|elle|ils|elles|celui|celle|ceux|celles|ça|cela|leur|leurs|y|son|sa|ses|"
    r"he|she|it|they|them|his|her|its|their|that|this|those)\b",
    re.IGNORECASE,
)
# "le tramway coûte-t-il": the pronoun stands for a noun of the question itself.
_NOUN_FIRST = re.compile(
    r"(?:\b(?:les?|la|une?|des|ce|cet|cette|ces)\s+|\bl['’])[^\s-]+\s+(?:\S+\s+)*?"
    r"\S+-(?:t-)?(?:ils?|elles?)\b",
    re.IGNORECASE,
)
_LEANING_WORDS: Final = 6  # a question with more words of its own stands alone


def understand(text: str, history: Sequence[str] = (), today: date | None = None) -> Question:
    """The question with its language, and as it is searched.

    :param history: earlier questions of the conversation, oldest first
    :param today: the day that "la semaine dernière" is counted from; the day itself when None
    :raises InputError: nothing is asked, or more than `MAX_QUESTION` characters
    """
    text = " ".join(text.split())
    if not text:
        raise InputError("the question is empty; type what you want to know")
    if len(text) > MAX_QUESTION:
        raise InputError(f"a question has at most {MAX_QUESTION:,} characters, not {len(text):,}")
    standalone = ""
    for turn in (*(_one_line(turn) for turn in history[-TURNS:]), text):
        standalone = _standalone(turn, standalone) if turn else standalone
    language = question_language(standalone)
    dates = question_dates(standalone, language, today)
    return Question(text, language, standalone, dates, tuple(history))


def _one_line(turn: str) -> str:
    return " ".join(turn[:MAX_QUESTION].split())


def _standalone(text: str, before: str) -> str:
    """The question completed from the one before, where it leans on it."""
    if not before:
        return text
    ellipsis = _ELLIPSIS.match(text)
    if ellipsis and not _ASKS.search(ellipsis["rest"]):
        return _replaced(before, ellipsis["rest"]) or f"{before} {text}"
    return f"{before} {text}" if _leans(text) else text


def _leans(text: str) -> bool:
    """Whether the question has a pronoun for what was named before, or no word of its own."""
    own = set(words(text, question_language(text))) - _SINCE
    if not own:
        return True
    pronoun = _PRONOUN.search(text) and not _NOUN_FIRST.search(text)
    return bool(pronoun) and not _names(text[1:]) and len(own) <= _LEANING_WORDS


def _replaced(before: str, rest: str) -> str:
    """The earlier question with its last name replaced by that of the ellipsis.

    "" where there is none, or a place would take the place of who acts.
    """
    new, old = _names(rest), [name for name in _names(before) if name.start() > 0]
    if not new or not old:
        return ""
    was, now = _lead(old[-1]), _lead(new[-1])
    if now in _PLACES and was in _GENITIVES:
        return ""
    lead = _led(was, now)
    joint = "" if not lead or lead.endswith("'") else " "
    name = f"{lead}{joint}{new[-1]['name']}"
    return before[: old[-1].start()] + name + before[old[-1].end() :]


def _lead(name: re.Match[str]) -> str:
    return (name["lead"] or "").strip().lower().replace("’", "'")


def _led(was: str, now: str) -> str:
    """What stands before the new name, of the kind that stood there: "la", now "du": "le"."""
    if was in _GENITIVES:
        return _ARTICLES.get(now, now)
    if was in _GENITIVES.values() or was in {"de", "d'"}:
        return _GENITIVES.get(now, now)
    return now if was else ""


def _names(text: str) -> list[re.Match[str]]:
    return list(_NAME.finditer(text))
