"""A question as it was typed -> a question that makes sense alone.

Knows nothing of the library: only the question and the questions before it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from index.errors import InputError
from index.language import question_language
from index.words import words
from rag.types import Question

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_QUESTION: Final = 4_000  # characters
# "Et celui du Japon ?": a follow-up opens so, and names what takes the place of a name before.
_ELLIPSIS = re.compile(r"(?:et|and|und|y|e|en)\s+(?P<rest>\S.*?)\s*[?？]*\s*$", re.IGNORECASE)
_LEAD = r"(?P<lead>[ld]['’]|(?:du|de la|de|la|le|les|des|aux|au|en|à|the|in|of|for)\s+)?"
_NAME = re.compile(
    rf"\b{_LEAD}(?P<name>[A-ZÀ-ÖØ-Þ][\w-]*(?:(?:\s+|\s+d[ue]\s+)[A-ZÀ-ÖØ-Þ][\w-]*)*)"
)
_ARTICLES: Final = {"du": "le", "au": "le", "des": "les", "aux": "les", "de la": "la", "en": "la"}
_PRONOUN = re.compile(
    r"\b(?:il|elle|ils|elles|celui|celle|ceux|celles|ça|cela|leur|leurs|y|"
    r"he|she|it|they|them|his|her|their|that|this|those)\b",
    re.IGNORECASE,
)
_LEANING_WORDS: Final = 6  # a question with more words of its own stands alone


def understand(text: str, history: Sequence[str] = ()) -> Question:
    """The question with its language, and as it is searched.

    :param history: earlier questions of the conversation, oldest first
    :raises InputError: nothing is asked, or more than `MAX_QUESTION` characters
    """
    text = " ".join(text.split())
    if not text:
        raise InputError("the question is empty; type what you want to know")
    if len(text) > MAX_QUESTION:
        raise InputError(f"a question has at most {MAX_QUESTION:,} characters, not {len(text):,}")
    standalone = text
    for earlier in history[-1:]:
        standalone = _standalone(text, _alone(history[:-1], earlier))
    return Question(text, question_language(standalone), standalone, history=tuple(history))


def _alone(history: Sequence[str], text: str) -> str:
    """An earlier question as it was searched."""
    return understand(text, history).standalone if text.strip() else ""


def _standalone(text: str, before: str) -> str:
    """The question completed from the one before, where it leans on it."""
    if not before:
        return text
    if ellipsis := _ELLIPSIS.match(text):
        return _replaced(before, ellipsis["rest"]) or f"{before} {text}"
    leans = _PRONOUN.search(text) and not _names(text[1:])
    return f"{before} {text}" if leans and len(words(text, "fr")) <= _LEANING_WORDS else text


def _replaced(before: str, rest: str) -> str:
    """The earlier question with its last name replaced by that of the ellipsis; "" if none."""
    new, old = _names(rest), [name for name in _names(before) if name.start() > 0]
    if not new or not old:
        return ""
    name = _led(old[-1]["lead"] or "", new[-1]["lead"] or "", new[-1]["name"])
    return before[: old[-1].start()] + name + before[old[-1].end() :]


def _led(old: str, new: str, name: str) -> str:
    """The name behind the kind of article that stood there: "la Corée", "du Japon": "le Japon"."""
    if old.strip().lower() in {"le", "la", "les", "l'", "l’"}:
        article = _ARTICLES.get(new.strip().lower())
        return f"{article} {name}" if article else new + name
    return new + name if old else name


def _names(text: str) -> list[re.Match[str]]:
    return list(_NAME.finditer(text))
