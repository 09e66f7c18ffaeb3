"""A question whose pronouns are replaced by what they stand for.

"Où est-il né ?" after "Qui est Hans Geiger ?": "Où Hans Geiger est-il né ?". French and English;
where a rule does not reach, nothing is replaced. Knows nothing of how a pronoun is recognised.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rag.follow_up.antecedents import antecedent, place
from rag.follow_up.ellipsis import inserted, with_de, without_end
from rag.follow_up.mentions import mentions, starts_with_vowel
from rag.follow_up.pronouns import HAS_THERE, pointers

if TYPE_CHECKING:
    from collections.abc import Callable

    from rag.follow_up.mentions import Mention

# What "it" is here is no thing: only the whole question before tells.
_DONE = re.compile(
    r"\b(?:it (?:mean|matter|happen)|(?:do|done|about) (?:it|so|that)|if it)\b", re.IGNORECASE
)
_IS = re.compile(r"(?:est|était|sont|étaient|sera|et) $", re.IGNORECASE)
_APART = re.compile(r"\b(?:de les|de le|à les|à le) ")
_CONTRACTED: Final = {"de les ": "des ", "de le ": "du ", "à les ": "aux ", "à le ": "au "}


def resolved(text: str, before: str, language: str) -> str:
    """The question with what its pronoun stands for; "" where the rules do not reach."""
    found = pointers(text, language)
    step = _STEPS.get(found[0].kind) if found else None
    done = step(found[0].found, text, before, language) if step else ""
    return "" if pointers(done, language) else done


def _verb(found: re.Match[str], text: str, before: str, language: str) -> str:
    """Of "Où est-il né ?" with Ska Keller: "Où Ska Keller est-il né ?"."""
    meant = antecedent(found["pronoun"], before, language)
    if not meant:
        return ""
    start = found.start("little")
    rest = text[start:]
    if start == 0:
        return f"{_capital(meant.phrase)} {rest[:1].lower()}{rest[1:]}"
    return f"{text[:start]}{meant.phrase} {rest}"


def _subject(found: re.Match[str], text: str, before: str, language: str) -> str:
    """Of "Il a quel âge ?", "est-ce qu'il ...": "est-ce que Lou Reed ..."."""
    meant = antecedent(found["pronoun"], before, language)
    if not meant:
        return ""
    that = {"q": "que ", "s": "si ", "l": "lorsque "}.get((found["that"] or " ")[0].lower(), "")
    phrase = meant.phrase if found.start() or that else _capital(meant.phrase)
    return f"{text[: found.start()]}{that}{phrase} {text[found.end() :]}"


def _possessive(found: re.Match[str], text: str, before: str, language: str) -> str:
    """Of "sa mère": "la mère de ..."; nothing for "leur", whose noun's gender is not known."""
    meant = antecedent(found["word"], before, language)
    if not meant or not meant.named or found["word"].lower() == "leur":
        return ""
    article = {"son": "le ", "sa": "la "}.get(found["word"].lower(), "les ")
    if article != "les " and starts_with_vowel(found["noun"]):
        article = "l'"
    end = found.end()
    if _IS.search(text[: found.start()]) or not found.start():  # "Quel est son salaire fixe ?"
        end = max(end, len(without_end(text)))
    thing = article + found["noun"] + text[found.end() : end]
    done = f"{text[: found.start()]}{thing} {with_de(meant.phrase)}{text[end:]}"
    return _APART.sub(lambda apart: _CONTRACTED[apart.group()], done)


def _this(found: re.Match[str], text: str, before: str, language: str) -> str:
    """Of "ce gazoduc": "le gazoduc South Stream"; only what the earlier question made definite."""
    noun = (found["noun"] or "").lower()
    for mention in mentions(before, language):
        indefinite = {"un", "une", "a", "an"} & set(mention.lead)
        if mention.words.split()[0].lower() == noun and mention.article and not indefinite:
            whole = mention.phrase + _tail(before, mention, language)
            return text[: found.start()] + whole + text[found.end() :]
    return ""


def _tail(before: str, mention: Mention, language: str) -> str:
    """What belongs to a mention after it: " sur les médias"."""
    end = mention.end
    for other in mentions(before, language):
        if other.start == end + 1 and (other.genitive or other.place):
            end = other.end
    return before[mention.end : end]


def _there(found: re.Match[str], text: str, before: str, language: str) -> str:
    where = place(before, language)
    if not where:
        return ""
    if HAS_THERE.match(text, found.start()):
        return inserted(text, where)
    if found.group().strip().lower() == "y":
        return inserted(text[: found.start()] + text[found.end() :], where)
    return f"{text[: found.start()]} {where}{text[found.end() :]}"


def _english(found: re.Match[str], text: str, before: str, language: str) -> str:
    meant = None if _DONE.search(text) else antecedent(found.group(), before, language)
    if not meant:
        return ""
    phrase = meant.phrase if found.start() else _capital(meant.phrase)
    if found["owner"]:
        phrase += "'" if meant.article and phrase.endswith("s") else "'s"
    return f"{text[: found.start()]}{phrase}{text[found.end() :]}"


def _capital(phrase: str) -> str:
    return phrase[:1].upper() + phrase[1:]


_STEPS: Final[dict[str, Callable[[re.Match[str], str, str, str], str]]] = {
    "verb": _verb,
    "subject": _subject,
    "possessive": _possessive,
    "this": _this,
    "there": _there,
    "english": _english,
}
