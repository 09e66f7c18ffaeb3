"""What a question names: people, places and things, each with its article or preposition.

A light chunker for French and English, without a dictionary: capitals, articles, prepositions and
the order of words. Other languages get the names alone. Knows nothing of conversations.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from rag.follow_up.function_words import (
    BEFORE_NOUN,
    CHARGES,
    DETERMINERS,
    GENITIVES,
    LITTLE,
    LOCATIVES,
    OFFICES,
    PREPOSITIONS,
)

_TOKEN = re.compile(
    r"(?:[cdjlmnst]|qu|jusqu|lorsqu)['’](?=\w)|\w+(?:-\w+)*(?:['’]s(?!\w))?|[^\w\s]",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(
    r"\w+(?:ale?|aux|éen(?:ne)?|ien(?:ne)?|ique|[ao]ise?|aine?|ande?|ême|ive|aire)s?"
)
_CONTRACTED: Final = {"du": "le", "au": "le", "des": "les", "aux": "les"}
_FEMININE: Final = frozenset({"la", "une", "cette"})
_MASCULINE: Final = frozenset({"le", "un", "du", "au", "ce", "cet"})
_PLURAL: Final = frozenset({"les", "des", "aux", "ces"})
_OF_CHARGE: Final = frozenset({"de", "du", "des", "d'", "la", "l'", "à", "of", "the", "for"})
_VOWELS: Final = "aeiouyhâàéèêëîïôûœ"


@dataclass(frozen=True, slots=True)
class Mention:
    """Something named, with what leads to it: `text[start:end]` is lead and words."""

    start: int
    end: int
    lead: tuple[str, ...]  # lower case, straight apostrophes: ("à", "la"), ("du",), ("l'",)
    words: str  # as written
    named: bool  # a name, or a noun with a name
    plural: bool = False  # several things in one: "Publicis et Omnicom"

    @property
    def place(self) -> bool:
        """Whether it stands where places stand."""
        return bool(self.lead) and self.lead[0] in LOCATIVES

    @property
    def genitive(self) -> bool:
        """Whether it belongs to what stands before it."""
        return bool(self.lead) and self.lead[0] in GENITIVES

    @property
    def ends_in_name(self) -> bool:
        """Whether a name of its own may follow a noun or a name: "des voix Enrique Nieto"."""
        before, _, last = self.words.rpartition(" ")
        joint = before.rpartition(" ")[2]
        return last[:1].isupper() and bool(before) and joint not in {"de", "du", "des", "la"}

    @property
    def phrase(self) -> str:
        """As a subject: "du Japon" -> "le Japon", "en Bolivie" -> "la Bolivie"."""
        article = self.article
        if not article:
            return self.words
        return self.words.join((article, "")) if article == "l'" else f"{article} {self.words}"

    @property
    def article(self) -> str:
        """Definite article, "" where there is none."""
        last = self.lead[-1] if self.lead else ""
        last = _CONTRACTED.get(last, last)
        if last == "en" and self.named:
            return "l'" if starts_with_vowel(self.words) else "la"
        if last in {"un", "une"} and starts_with_vowel(self.words):
            return "l'"
        last = {"un": "le", "une": "la", "a": "the", "an": "the"}.get(last, last)
        return last if last in {"l'", "le", "la", "les", "the"} else ""

    @property
    def person(self) -> bool:
        """Whether it looks like someone's name: two capitals, no article."""
        return self.named and not self.article and " " in self.words and not self.plural

    def agrees(self, pronoun: str) -> bool:
        """Whether the pronoun may stand for it, as far as its article tells."""
        lead = set(self.lead)
        if pronoun in {"ils", "elles", "leur", "leurs", "they", "them", "their"}:
            return self.plural or bool(lead & _PLURAL) or self.article == "the"
        if self.plural or lead & _PLURAL:
            return False
        if pronoun in {"he", "she", "him", "her", "his", "hers"}:
            return self.named and self.article != "the"
        if pronoun in {"il", "le"}:
            return not lead & _FEMININE
        if pronoun in {"elle", "la"}:
            return not lead & _MASCULINE
        return True


def mentions(text: str, language: str) -> list[Mention]:
    """What is named, in the order of the text."""
    tokens = list(_TOKEN.finditer(text))
    words = [token.group() for token in tokens]
    found: list[Mention] = []
    at = 0
    while at < len(words):
        head = at
        while head < len(words) and _leads(words[head], language, first=head == 0):
            head += 1
        head = max(at, head if head < len(words) else head - 1)
        end, named = _head_end(words, head, language, words[at:head])
        if end == head:
            at = max(at + 1, head)
            continue
        lead = tuple(_lower(word) for word in words[at:head])
        last = tokens[end - 1]
        possessive = 2 * (last.group()[-2:] in {"'s", "’s"} and language == "en")
        stop = last.end() - possessive
        inner = text[tokens[head].start() : stop]
        found.append(Mention(tokens[at].start(), stop, lead, inner, named))
        at = end
    return found


def joined(found: list[Mention], text: str) -> list[Mention]:
    """With two names between which "et" or "and" stands as one more, in their place."""
    merged: list[Mention] = []
    for mention in found:
        before = merged[-1] if merged else None
        if before and _pair(before, mention, text):
            words = text[before.start : mention.end][len(text[before.start : before.end]) :]
            whole = f"{before.words}{words}"
            merged[-1] = Mention(
                before.start, mention.end, before.lead, whole, named=True, plural=True
            )
        else:
            merged.append(mention)
    return merged


def wholes(found: list[Mention], text: str) -> list[Mention]:
    """With "la mer" and "du Nord", one after the other, as one."""
    merged: list[Mention] = []
    for mention in found:
        before = merged[-1] if merged else None
        if before and mention.genitive and mention.start == before.end + 1 and not before.named:
            words = before.words + text[before.end : mention.end]
            merged[-1] = Mention(before.start, mention.end, before.lead, words, mention.named)
        else:
            merged.append(mention)
    return merged


def starts_with_vowel(word: str) -> bool:
    """Whether French elides before the word."""
    return word[:1].lower() in _VOWELS


def is_name(word: str) -> bool:
    """A capital, or figures with letters: "Omnicom", "777X"."""
    return word[:1].isupper() or (any(map(str.isdigit, word)) and any(map(str.isalpha, word)))


def _pair(one: Mention, other: Mention, text: str) -> bool:
    between = text[one.end : other.start].strip()
    return one.named and other.named and between in {"et", "and", "&"} and not other.genitive


def _leads(word: str, language: str, *, first: bool) -> bool:
    if (len(word) > 1 and word.isupper() and word.isalpha()) or (word[0].isupper() and not first):
        return False  # the UN, Du Bosc
    return _lower(word) in DETERMINERS.get(language, ()) or _lower(word) in PREPOSITIONS


def _head_end(words: list[str], head: int, language: str, lead: list[str]) -> tuple[int, bool]:
    """Where the words that name end, and whether a name is among them; `head` where none begin."""
    if head >= len(words) or not words[head][0].isalnum() or _lower(words[head]) in LITTLE:
        return head, False
    if is_name(words[head]) and not _inverted(words[head]):
        return _name_end(words, head, language), True
    if not lead or _inverted(words[head]):
        return head, False
    end = head + 1
    counted = words[head].isdigit()
    if (counted or words[head] in BEFORE_NOUN) and end < len(words) and words[end].isalpha():
        end += 1
    elif counted:
        return head, False
    while language == "fr" and end < len(words) and _is_adjective(words[end]):
        end += 1
    if words[head].lower() in OFFICES:
        end = _charge_end(words, end)
    definite = _lower(lead[-1]) in DETERMINERS["fr"]
    if definite and end < len(words) and is_name(words[end]) and language == "fr":
        return _name_end(words, end, language), True
    return end, False


def _name_end(words: list[str], head: int, language: str) -> int:
    end = head + 1
    while end < len(words):
        if (is_name(words[end]) and not _inverted(words[end])) or (
            language == "fr" and _is_adjective(words[end])
        ):
            end += 1
        elif end == head + 1 and (reach := _link(words, end)):
            end = reach
        else:
            break
    return end


def _charge_end(words: list[str], at: int) -> int:
    """After "de la Défense" or "des Affaires étrangères" of an office, `at` where none follows."""
    after = at
    while after < len(words) and _lower(words[after]) in _OF_CHARGE:
        after += 1
    if after == at or after >= len(words) or words[after].lower() not in CHARGES:
        return at
    after += 1
    while after < len(words) and (_is_adjective(words[after]) or _lower(words[after]) in CHARGES):
        after += 1
    return after


def _link(words: list[str], at: int) -> int:
    """After "du Nord" in "Corée du Nord"; 0 where the name does not go on so."""
    if _lower(words[at]) not in {"du", "de", "d'", "des", "of"}:
        return 0
    after = at + 1
    if after < len(words) and _lower(words[after]) in {"la", "l'", "the"}:
        after += 1
    return after + 1 if after < len(words) and words[after][0].isupper() else 0


def _is_adjective(word: str) -> bool:
    return word.islower() and word not in LITTLE and _ADJECTIVE.fullmatch(word) is not None


def _inverted(word: str) -> bool:
    return word.rpartition("-")[2] in {"il", "elle", "ils", "elles", "on", "ce", "je", "vous"}


def _lower(word: str) -> str:
    return word.lower().replace("’", "'")
