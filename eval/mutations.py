"""Answers made wrong by rule, one claim at a time: what a check of support has to catch.

A right sentence marks what can be altered: `{n:10 000}` a figure, `{d:mardi}` a date, `{a:Austin}`
an actor, `{p:Séoul}` a place, `{s:Nord}` a direction, `{v:a signé|n'a pas signé}` what happened and
its denial. Nothing here is shared with what checks.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

KINDS: Final = {
    "n": "figure", "d": "date", "a": "actor", "p": "place", "s": "direction", "v": "negation",
}  # fmt: skip
WORDS: Final = {
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze quatorze seize dix-huit "
    "vingt-six trente quarante-trois soixante mille",
    "en": "two three four five six seven eight nine ten twelve fifteen twenty thirty",
}
DAYS: Final = {
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}
MONTHS: Final = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November December",
}
FRACTIONS: Final = ("un tiers", "un quart", "la moitié", "les deux tiers")
DIRECTIONS: Final = {
    "nord": ("sud", "est"), "sud": ("nord", "est"), "north": ("south", "east"),
    "south": ("north", "west"),
}  # fmt: skip
# Names that may stand for each other: one in the place of the other is not wrong.
SAME: Final = (
    {"Tokyo", "Japon", "Japan"}, {"Canberra", "Australie", "Australia"}, {"Paris", "France"},
    {"Moscou", "Russie", "Russia"}, {"OTAN", "NATO"},
)  # fmt: skip
_THOUSANDS: Final = 3  # digits from which a zero more is written as thousands
_YEAR: Final = 4  # digits of a year
_EVEN: Final = 0.5  # either as often as the other
_MARKED = re.compile(r"\{([ndapsv]):([^}|]*)(?:\|([^}]*))?\}")


@dataclass(frozen=True, slots=True)
class Altered:
    """A sentence with one claim made wrong, or none: then `kind` is "right"."""

    id: str
    split: str
    kind: str
    article: str
    language: str
    sentence: str


def right(rows: Sequence[dict[str, Any]]) -> list[Altered]:
    """The sentences as they are."""
    return [_altered(row, "right", None, "") for row in rows]


def altered(rows: Sequence[dict[str, Any]], seed: int = 0) -> list[Altered]:
    """Each marked claim of each sentence altered once; directions in two ways."""
    chance = random.Random(seed)  # noqa: S311 - sampling is not cryptography
    found = []
    for row in rows:
        for match in _MARKED.finditer(row["sentence"]):
            kind = KINDS[match[1]]
            wrongs = _wrong(match, row, rows, chance)
            found += [_altered(row, kind, match, wrong) for wrong in wrongs]
    return found


def _altered(row: dict[str, Any], kind: str, match: re.Match[str] | None, wrong: str) -> Altered:
    text = row["sentence"]
    if match:
        text = text[: match.start()] + wrong + text[match.end() :]
    plain = _MARKED.sub(lambda m: m[2], text)
    place = f"-{match.start()}" if match else ""
    return Altered(
        f"{row['id']}{place}", row["split"], kind, row["article"], row["language"], plain
    )


def _wrong(
    match: re.Match[str],
    row: dict[str, Any],
    rows: Sequence[dict[str, Any]],
    chance: random.Random,
) -> Iterator[str]:
    kind, words = match[1], match[2]
    language = row["language"]
    if kind == "v":
        yield match[3]
    elif kind == "s":
        for other in DIRECTIONS[words.lower()]:
            yield other.capitalize() if words[0].isupper() else other
    elif kind == "n":
        yield _figure(words, row, rows, chance)
    elif kind == "d":
        yield _date(words, language, chance)
    else:
        yield _other(match, row, rows, chance)


def _figure(
    words: str, row: dict[str, Any], rows: Sequence[dict[str, Any]], chance: random.Random
) -> str:
    """Another figure: one of the same article, one digit changed, ten times as much."""
    if words in FRACTIONS:
        return chance.choice([other for other in FRACTIONS if other != words])
    if not words[0].isdigit():
        among = [w for w in WORDS[row["language"]].split() if w != words.lower()]
        other = chance.choice(among)
        return other.capitalize() if words[0].isupper() else other
    near = [w for w in _marked("n", row, rows) if w[0].isdigit() and w != words]
    ways: list[Callable[[], str]] = [lambda: _digit(words, chance), lambda: _tenfold(words)]
    if near:
        ways.append(lambda: chance.choice(near))
    return chance.choice(ways)()


def _digit(words: str, chance: random.Random) -> str:
    places = [place for place, c in enumerate(words) if c.isdigit()]
    place = chance.choice(places)
    low = 1 if place == 0 else 0
    other = chance.choice([d for d in range(low, 10) if str(d) != words[place]])
    return words[:place] + str(other) + words[place + 1 :]


def _tenfold(words: str) -> str:
    if re.search(r"[.,]\d{1,2}$", words):
        return re.sub(r"[.,]", "", words)
    return words + "0" if len(words) < _THOUSANDS else words + " 000"


def _date(words: str, language: str, chance: random.Random) -> str:
    """Another week day, month, day or year."""
    days, months = DAYS[language].split(), MONTHS[language].split()
    if words in days:
        return chance.choice([day for day in days if day != words])
    month = next((m for m in months if re.search(rf"\b{m}\b", words)), None)
    if month and (not re.search(r"\d", words) or chance.random() < _EVEN):
        return words.replace(month, chance.choice([m for m in months if m != month]))
    figures = re.search(r"\d+", words)
    if figures is None:
        raise ValueError(words)
    value = int(figures[0])
    year = len(figures[0]) == _YEAR
    other = value + chance.choice([-10, -3, -1, 1, 4] if year else [2, 5, 9])
    return words[: figures.start()] + str(other) + words[figures.end() :]


def _other(
    match: re.Match[str],
    row: dict[str, Any],
    rows: Sequence[dict[str, Any]],
    chance: random.Random,
) -> str:
    """Another actor or place: of the same article if it has one, of any other half of the time."""
    same = next((names for names in SAME if match[2] in names), {match[2]})
    own = [w for w in _marked(match[1], row, rows) if w not in same]
    foreign = [
        w[2]
        for other in rows
        if other["language"] == row["language"] and other["article"] != row["article"]
        for w in _MARKED.finditer(other["sentence"])
        if w[1] == match[1] and w[2] not in same
    ]
    return chance.choice(own if own and chance.random() < _EVEN else foreign)


def _marked(kind: str, row: dict[str, Any], rows: Sequence[dict[str, Any]]) -> list[str]:
    """What is marked so in the sentences of the same article and language."""
    return sorted(
        {
            match[2]
            for other in rows
            if (other["article"], other["language"]) == (row["article"], row["language"])
            for match in _MARKED.finditer(other["sentence"])
            if match[1] == kind
        }
    )
