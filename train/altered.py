"""A question changed so that the passage that answered it no longer does.

A name is exchanged for another of its kind, a direction or a year for another: the pairs that a
reader confuses (Jia & Liang 2017 make their adversarial questions so).
"""

import random
import re
from collections.abc import Iterable

COUNTRIES = [
    "France",
    "Allemagne",
    "Italie",
    "Espagne",
    "Portugal",
    "Belgique",
    "Suisse",
    "Pologne",
    "Hongrie",
    "Autriche",
    "Grèce",
    "Turquie",
    "Russie",
    "Ukraine",
    "Chine",
    "Japon",
    "Inde",
    "Pakistan",
    "Iran",
    "Irak",
    "Syrie",
    "Israël",
    "Égypte",
    "Maroc",
    "Algérie",
    "Tunisie",
    "Sénégal",
    "Mali",
    "Niger",
    "Tchad",
    "Nigeria",
    "Kenya",
    "Brésil",
    "Argentine",
    "Chili",
    "Mexique",
    "Canada",
    "Cuba",
    "Australie",
    "Suède",
    "Norvège",
    "Danemark",
    "Finlande",
    "Irlande",
    "Roumanie",
    "Bulgarie",
    "Serbie",
    "Croatie",
    "Libye",
    "Liban",
    "Taïwan",
]
OPPOSITES = {"nord": "sud", "north": "south", "east": "west", "Est": "Ouest"}
"""Not "est", which is a verb."""
_NAME = re.compile(r"(?<=[\s'’(])[A-ZÀ-ÖØ-Þ][\w-]+(?: [A-ZÀ-ÖØ-Þ][\w-]+)*")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DIRECTION = re.compile(r"\b(?:[Nn]ord|[Ss]ud|[Nn]orth|[Ss]outh|[Ee]ast|[Ww]est|Est|Ouest)\b")
YEARS_APART = 12


class Names:
    """The names of all questions, by language and number of words, to exchange for others."""

    def __init__(self, questions: Iterable[tuple[str, str]]) -> None:
        """Take (question, language) pairs."""
        found = {(lang, name) for text, lang in questions for name in _NAME.findall(text)}
        self.alike: dict[tuple[str, int], list[str]] = {}
        for lang, name in sorted(found):
            self.alike.setdefault((lang, len(name.split())), []).append(name)

    def altered(self, question: str, lang: str, passage: str, rng: random.Random) -> str | None:
        """The question about something else; None when nothing in it can be exchanged.

        Only what stands in the passage is exchanged, and only for what does not.
        """
        lowered = passage.casefold()
        places = [
            found
            for pattern in (_NAME, _YEAR, _DIRECTION)
            for found in pattern.finditer(question)
            if found[0].casefold() in lowered
        ]
        rng.shuffle(places)
        for place in places:
            other = self._other(place[0], lang, rng)
            if other.casefold() not in lowered:
                return question[: place.start()] + other + question[place.end() :]
        return None

    def _other(self, word: str, lang: str, rng: random.Random) -> str:
        """Another of the same kind."""
        if word.isdigit():
            return str(int(word) + rng.choice([-1, 1]) * rng.randint(1, YEARS_APART))
        turned = _TURNED.get(word) or _TURNED.get(word.casefold())
        if turned:
            return turned.capitalize() if word[0].isupper() else turned
        if word in COUNTRIES:
            return rng.choice(COUNTRIES)
        return rng.choice(self.alike.get((lang, len(word.split())), [word]))


_TURNED = OPPOSITES | {other: one for one, other in OPPOSITES.items()}
