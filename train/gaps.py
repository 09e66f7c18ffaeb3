"""What of a sentence can be asked for: a name, a number, a phrase, or a reason; French and English.

Knows nothing of questions and passages.
"""

import random
import re
from typing import NamedTuple

_NUMBER = r"\d+(?:[ \u00a0.,]\d{3})*(?:,\d+)?"
_NAME = r"(?<=[\s'’(])[A-ZÀ-ÖØ-Þ][\w-]+(?: [A-ZÀ-ÖØ-Þ][\w-]+)*"
_FIRST = {
    "fr": r"(?:les?|la|une?|des|du|aux?|par|pour|en|dans|de|d['’]|l['’])",
    "en": r"(?:the|an?|by|for|in|to|of|with|because|his|her|their)",
}
_PHRASE = {
    lang: rf"(?<=\s){word}\b\s?(?:[^\s,.;:!?()«»\"]+\s?){{1,6}}(?=[,.;:!?)»\"]|\s[(«])"
    for lang, word in _FIRST.items()
}
_CAUSE = {
    "fr": r"\b(?:car|parce (?:que\b|qu['’])|puisqu(?:e\b|['’])|en raison d(?:e\b|u\b|es\b|['’])"
    r"|à cause d(?:e\b|u\b|es\b|['’])|grâce (?:à|aux?)\b|faute d(?:e\b|['’])|afin d(?:e\b|['’])"
    r"|pour (?:que\b|qu['’]))\s?([^.;!?]{15,})",
    "en": r"\b(?:because(?: of)?|since|due to|thanks to|owing to|so that|in order to)\b\s"
    r"([^.;!?]{15,})",
}
_CAUSES = {lang: re.compile(pattern) for lang, pattern in _CAUSE.items()}
"""What tells why, in its group; what goes before is what it explains."""
EXPLAINED_WORDS = 4
"""A question why keeps at least so many words."""
KINDS = ("number", "name", "phrase")
_PATTERNS = {
    (lang, kind): re.compile(pattern)
    for lang in _FIRST
    for kind, pattern in zip(KINDS, (_NUMBER, _NAME, _PHRASE[lang]), strict=True)
}


class Gap(NamedTuple):
    """What is left out of a sentence: its kind, its place there, and its place where it is told."""

    kind: str
    asked: tuple[int, int]
    told: tuple[int, int]


def left_out(asked: str, told: str, sides: tuple[str, str], rng: random.Random) -> Gap | None:
    """Something of the question's sentence that the other tells in the same letters, once."""
    same = sides[0] == sides[1]
    for kind in rng.sample(KINDS if same else KINDS[:2], 3 if same else 2):
        places = [found.span() for found in _PATTERNS[sides[0], kind].finditer(asked)]
        rng.shuffle(places)
        for start, end in places:
            said = asked[start:end]
            if end - start > 1 and told.count(said) == 1:
                at = told.index(said)
                return Gap(kind, (start, end), (at, at + end - start))
    return None


def cause(asked: str, told: str, sides: tuple[str, str]) -> Gap | None:
    """What one sentence gives as the reason of the rest, and the other too."""
    here, there = _CAUSES[sides[0]].search(asked), _CAUSES[sides[1]].search(told)
    if not here or not there or len(asked[: here.start()].split()) < EXPLAINED_WORDS:
        return None
    return Gap("cause", (here.start(), len(asked)), there.span(1))


def tells_why(text: str, lang: str) -> bool:
    """Whether a sentence may give a reason."""
    return _CAUSES[lang].search(text) is not None
