"""Numbers as articles write them -> their value: "10 000", "10.000", "dix mille", "2,5 milliards".

Composes figures and number words (number_words.py). Knows nothing of units and dates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from index.halves import halved
from index.number_words import Atom, atoms_of, number_words

if TYPE_CHECKING:
    from collections.abc import Iterator

# Words that are articles, or mean something else, as often as a number: only before a multiplier,
# and "neuf", which also means new, before a plural.
_ARTICLES: Final = frozenset(["un", "une", "a", "one", "ein", "eine", "una", "um", "uma", "een"])
_NEW: Final = "neuf"
_FIGURES = (
    r"(?<![\w.,])(?<![^\W\d_]-)(?P<figures>\d{1,3}(?:[\u0020\u00a0\u2009\u202f'’]\d{3})+(?!\d)(?:[.,]\d{1,3}(?!\d))?"
    r"|\d{1,3}(?:\.\d{3}){2,}(?!\d)(?:,\d+)?|\d{1,3}(?:,\d{3}){2,}(?!\d)(?:\.\d+)?"
    r"|\d{1,3}\.\d{3},\d{1,2}(?!\d)|\d{1,3},\d{3}\.\d{1,2}(?!\d)"
    r"|\d+(?:[.,]\d+)?)(?P<short>[kKM](?!\w)|[\u0020\u00a0\u202f]?[kKM](?=[€$£])"
    r"|[\u0020\u00a0\u202f]M(?=[\u0020\u00a0\u202f](?:[€$£]|d['’]euros\b|de dollars\b))"
    r"|(?<=[$£€]\d)m(?!\w)|(?<=[$£€]\d\d)m(?!\w)|(?<=[$£€]\d\d\d)m(?!\w)"
    r"|(?<=[$£€]\d\.\d)m(?!\w)|(?<=[$£€]\d\d\.\d)m(?!\w)|(?<=[$£€]\d\d\d\.\d)m(?!\w))?"
)
_SHORT: Final = {"k": 1000, "m": 1_000_000}  # "10k", "2,5 M€", "$3.2m"; "5 m" are metres
_LONGEST: Final = 28  # characters; no amount has more, and Decimal counts so many exactly
_TOKEN = re.compile(rf"{_FIGURES}|(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*)")
_GROUPED = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_BETWEEN = re.compile(r"[\u0020\u00a0\u2009\u202f-]{1,2}")


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text; `text[start:end]` writes it."""

    start: int
    end: int
    value: Decimal


def numbers_in(text: str, language: str) -> list[Number]:
    """The numbers of a text, in order.

    >>> [str(n.value) for n in numbers_in("dix mille hommes, 2,5 milliards et 10.000 francs", "fr")]
    ['10000', '2500000000', '10000']
    """
    return [
        number
        for run in _runs(text, language)
        for number in _composed(halved(run))
        if not _is_article(text, number)
    ]


def _runs(text: str, language: str) -> Iterator[list[Atom]]:
    """Atoms that follow each other with nothing but a space or hyphen between."""
    run: list[Atom] = []
    for atom in _atoms(text, language):
        if (
            run
            and atom.start > run[-1].end
            and not _BETWEEN.fullmatch(text, run[-1].end, atom.start)
        ):
            yield run
            run = []
        run.append(atom)
    if run:
        yield run


def _atoms(text: str, language: str) -> Iterator[Atom]:
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "word":
            at = match.start()
            for atom in atoms_of(match[0], language):
                yield replace(atom, start=at + atom.start, end=at + atom.end)
            continue
        if len(match["figures"]) > _LONGEST:
            continue
        value = _value(match["figures"], language, text, match.end())
        shift = _SHORT[match["short"].strip().lower()] if match["short"] else 1
        yield Atom(match.start(), match.end(), "figures", value * shift, match[0])


def _value(figures: str, language: str, text: str, end: int) -> Decimal:
    """What figures are worth; three after a lone mark are thousands, but "2.125 million"."""
    plain = re.sub(r"[\s'’]", "", figures)
    marks = re.findall(r"[.,]", plain)
    if len(marks) > 1:
        last = marks[-1]
        if len(set(marks)) == 1:
            return Decimal(plain.replace(last, ""))
        whole, _, rest = plain.rpartition(last)
        return Decimal(f"{re.sub('[.,]', '', whole)}.{rest}")
    own = marks == [_decimal_mark(language)] and _multiplied(text, end, language)
    if _GROUPED.fullmatch(plain) and plain == figures and not own:
        return Decimal(re.sub("[.,]", "", plain))
    return Decimal(plain.replace(",", "."))


def _decimal_mark(language: str) -> str:
    return "." if language == "en" else ","


def _multiplied(text: str, end: int, language: str) -> bool:
    following = re.compile(r"\s?([^\W\d_]+)").match(text, end)
    kind, _ = number_words(language).get(following[1].lower() if following else "", ("", 0))
    return kind == "large"


def _composed(run: list[Atom]) -> Iterator[Number]:
    """The numbers that a run of atoms makes: "deux cent mille" is one, "deux trois" are two."""
    begun: _Sum | None = None
    joint = False
    for atom in run:
        if atom.kind == "joint":
            joint = True
            continue
        if begun and begun.takes(atom, joint=joint):
            begun = begun.grown(atom)
        else:
            if begun:
                yield begun.number()
            begun = _Sum(atom.start, atom.end, Decimal(0), Decimal(0), atom).grown(atom)
        joint = False
    if begun:
        yield begun.number()


@dataclass(frozen=True, slots=True)
class _Sum:
    """A number being read: what is closed by a multiplier, and what is not yet."""

    start: int
    end: int
    closed: Decimal
    open: Decimal
    last: Atom

    def takes(self, atom: Atom, *, joint: bool) -> bool:
        if atom.kind == "figures" or (joint and self.last.kind == "figures"):
            return False
        if atom.kind == "large":
            return not joint and self._multiplies(atom)
        return self._adds(atom, joint=joint)

    def _multiplies(self, atom: Atom) -> bool:
        if self.last.kind == "large" and atom.value <= self.last.value:
            return bool(atom.value == 100 and self.open == 0)  # "mille cent"
        return True

    def _adds(self, atom: Atom, *, joint: bool) -> bool:
        below = self.open % 100
        if self.last.kind == "figures":
            return False
        if self.last.word == "quatre" and atom.value == 20:  # "quatre-vingt"
            return True
        if below == 0:
            return self.last.kind == "large" or self.open >= 100
        if joint and below < 10 and atom.value % 10 == 0:  # "fünfundzwanzig"
            return 20 <= atom.value < 100
        if self.last.word == "dix":  # "dix-huit", "soixante-dix-huit"
            return atom.value in {7, 8, 9}
        return below % 10 == 0 and below >= 20 and atom.value < (20 if below in {60, 80} else 10)

    def grown(self, atom: Atom) -> _Sum:
        closed, still = self.closed, self.open
        if atom.kind == "large":
            still = (still or Decimal(1)) * atom.value
            if atom.value > 100:
                whole = (closed + self.open) * atom.value  # "sept mille neuf cents milliards"
                closed = whole if 0 < closed < atom.value else closed + still
                still = Decimal(0)
        elif self.last.word == "quatre" and atom.value == 20 and still % 100 == 4:
            still += 76
        else:
            still += atom.value
        return replace(self, end=atom.end, closed=closed, open=still, last=atom)

    def number(self) -> Number:
        value = self.closed + self.open
        whole = int(value)
        return Number(self.start, self.end, Decimal(whole) if value == whole else value)


def _is_article(text: str, number: Number) -> bool:
    """Whether the word is no number here: "un pont", "un pont neuf"."""
    word = text[number.start : number.end].lower()
    if word == _NEW:
        return not re.compile(r"\s[^\W\d_]+[sx]\b").match(text, number.end)
    return word in _ARTICLES
