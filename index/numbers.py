"""Numbers as articles write them -> their value: "10 000", "10.000", "dix mille", "2,5 milliards".

Knows figures, multipliers and number words of seven languages. Knows nothing of units and dates.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

# Below a hundred, as written in full; compounds such as "fünfundzwanzig" are made of these.
SMALL: Final = {
    "fr": "zéro 0 deux 2 trois 3 quatre 4 cinq 5 six 6 sept 7 huit 8 neuf 9 dix 10 onze 11 "
    "douze 12 treize 13 quatorze 14 quinze 15 seize 16 vingt 20 vingts 20 trente 30 quarante 40 "
    "cinquante 50 soixante 60 septante 70 huitante 80 nonante 90 un 1 une 1",
    "en": "zero 0 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 ten 10 eleven 11 "
    "twelve 12 thirteen 13 fourteen 14 fifteen 15 sixteen 16 seventeen 17 eighteen 18 nineteen 19 "
    "twenty 20 thirty 30 forty 40 fifty 50 sixty 60 seventy 70 eighty 80 ninety 90 one 1 a 1",
    "de": "null 0 zwei 2 drei 3 vier 4 fünf 5 sechs 6 sieben 7 acht 8 neun 9 zehn 10 elf 11 "
    "zwölf 12 dreizehn 13 vierzehn 14 fünfzehn 15 sechzehn 16 siebzehn 17 achtzehn 18 neunzehn 19 "
    "zwanzig 20 dreißig 30 vierzig 40 fünfzig 50 sechzig 60 siebzig 70 achtzig 80 neunzig 90 "
    "ein 1 eine 1",
    "es": "cero 0 dos 2 tres 3 cuatro 4 cinco 5 seis 6 siete 7 ocho 8 nueve 9 diez 10 once 11 "
    "doce 12 trece 13 catorce 14 quince 15 dieciséis 16 diecisiete 17 dieciocho 18 diecinueve 19 "
    "veinte 20 veintiuno 21 veintidós 22 veintitrés 23 veinticuatro 24 veinticinco 25 "
    "veintiséis 26 veintisiete 27 veintiocho 28 veintinueve 29 treinta 30 cuarenta 40 cincuenta 50 "
    "sesenta 60 setenta 70 ochenta 80 noventa 90 un 1 una 1",
    "it": "zero 0 due 2 tre 3 quattro 4 cinque 5 sei 6 sette 7 otto 8 nove 9 dieci 10 undici 11 "
    "dodici 12 tredici 13 quattordici 14 quindici 15 sedici 16 diciassette 17 diciotto 18 "
    "diciannove 19 venti 20 ventun 21 ventuno 21 ventotto 28 trenta 30 trentuno 31 trentotto 38 "
    "quaranta 40 cinquanta 50 sessanta 60 settanta 70 ottanta 80 novanta 90 un 1 una 1",
    "pt": "zero 0 dois 2 duas 2 três 3 quatro 4 cinco 5 seis 6 sete 7 oito 8 nove 9 dez 10 onze 11 "
    "doze 12 treze 13 catorze 14 quatorze 14 quinze 15 dezesseis 16 dezasseis 16 dezessete 17 "
    "dezassete 17 dezoito 18 dezenove 19 dezanove 19 vinte 20 trinta 30 quarenta 40 cinquenta 50 "
    "sessenta 60 setenta 70 oitenta 80 noventa 90 um 1 uma 1",
    "nl": "nul 0 twee 2 drie 3 vier 4 vijf 5 zes 6 zeven 7 acht 8 negen 9 tien 10 elf 11 twaalf 12 "
    "dertien 13 veertien 14 vijftien 15 zestien 16 zeventien 17 achttien 18 negentien 19 "
    "twintig 20 dertig 30 veertig 40 vijftig 50 zestig 60 zeventig 70 tachtig 80 negentig 90 een 1",
}
# What multiplies the number before it, or stands alone as one.
LARGE: Final = {
    "fr": "cent 2 cents 2 mille 3 milliers 3 million 6 millions 6 milliard 9 milliards 9 md 9 "
    "mds 9",
    "en": "hundred 2 thousand 3 million 6 millions 6 billion 9 billions 9 trillion 12 bn 9",
    "de": "hundert 2 tausend 3 million 6 millionen 6 mio 6 milliarde 9 milliarden 9 mrd 9",
    "es": "cien 2 ciento 2 mil 3 millón 6 millones 6",
    "it": "cento 2 mille 3 mila 3 milione 6 milioni 6 miliardo 9 miliardi 9",
    "pt": "cem 2 cento 2 mil 3 milhão 6 milhões 6 bilhão 9 bilhões 9",
    "nl": "honderd 2 duizend 3 miljoen 6 miljard 9",
}
HUNDREDS: Final = {
    "es": "doscientos 200 doscientas 200 trescientos 300 cuatrocientos 400 quinientos 500 "
    "seiscientos 600 setecientos 700 ochocientos 800 novecientos 900",
    "pt": "duzentos 200 duzentas 200 trezentos 300 quatrocentos 400 quinhentos 500 seiscentos 600 "
    "setecentos 700 oitocentos 800 novecentos 900",
}
JOINTS: Final = {"fr": "et", "en": "and", "de": "und", "es": "y", "it": "e", "pt": "e", "nl": "en"}
COMPOUNDS: Final = {"de", "it", "nl"}  # write a number below a million in one word
# Words that are articles, or mean something else, as often as a number: only before a multiplier,
# and "neuf", which also means new, before a plural.
_ARTICLES: Final = frozenset(["un", "une", "a", "one", "ein", "eine", "una", "um", "uma", "een"])
_NEW: Final = "neuf"
_FIGURES = (
    r"(?<![\w.,])(?<![^\W\d_]-)(?P<figures>\d{1,3}(?:[\u0020\u00a0\u2009\u202f'’]\d{3})+(?!\d)(?:[.,]\d{1,3}(?!\d))?"
    r"|\d{1,3}(?:\.\d{3}){2,}(?!\d)(?:,\d+)?|\d{1,3}(?:,\d{3}){2,}(?!\d)(?:\.\d+)?"
    r"|\d{1,3}\.\d{3},\d{1,2}(?!\d)|\d{1,3},\d{3}\.\d{1,2}(?!\d)"
    r"|\d+(?:[.,]\d+)?)(?P<short>[kK](?!\w))?"
)
_LONGEST: Final = 28  # characters of figures: no amount has more, and Decimal counts so many exactly
_TOKEN = re.compile(rf"{_FIGURES}|(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*)")
_GROUPED = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_BETWEEN = re.compile(r"[\u0020\u00a0\u2009\u202f-]{1,2}")


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text; `text[start:end]` writes it."""

    start: int
    end: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class _Atom:
    """Figures, or a word that a number is made of."""

    start: int
    end: int
    kind: str  # "figures", "small", "large", "joint"
    value: Decimal
    word: str


def numbers_in(text: str, language: str) -> list[Number]:
    """The numbers of a text, in order.

    >>> [str(n.value) for n in numbers_in("dix mille hommes, 2,5 milliards et 10.000 francs", "fr")]
    ['10000', '2500000000', '10000']
    """
    return [
        number
        for run in _runs(text, language)
        for number in _composed(run)
        if not _is_article(text, number)
    ]


def _runs(text: str, language: str) -> Iterator[list[_Atom]]:
    """Atoms that follow each other with nothing but a space or hyphen between."""
    run: list[_Atom] = []
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


def _atoms(text: str, language: str) -> Iterator[_Atom]:
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "word":
            at = match.start()
            for atom in _hyphenated(match[0], language):
                yield replace(atom, start=at + atom.start, end=at + atom.end)
            continue
        if len(match["figures"]) > _LONGEST:
            continue
        value = _value(match["figures"], language, text, match.end())
        shift = 1000 if match["short"] else 1
        yield _Atom(match.start(), match.end(), "figures", value * shift, match[0])


@lru_cache(maxsize=100_000)
def _hyphenated(written: str, language: str) -> tuple[_Atom, ...]:
    """The atoms of a word, hyphens in it or not, counted from its beginning."""
    parts = written.split("-")
    starts = accumulate((len(part) + 1 for part in parts), initial=0)
    return tuple(
        atom for part, at in zip(parts, starts, strict=False) for atom in _parts(part, at, language)
    )


def _parts(word: str, at: int, language: str) -> list[_Atom]:
    """The atoms that a word is made of; none when it is no number."""
    words = _words(language)
    lowered = unicodedata.normalize("NFC", word.lower())
    if len(lowered) != len(word):
        return []
    if lowered in words:
        return [_Atom(at, at + len(word), *words[lowered], lowered)]
    if language not in COMPOUNDS:
        return []
    atoms, begin = [], 0
    while begin < len(lowered):
        end = next((e for e in range(len(lowered), begin, -1) if lowered[begin:e] in words), None)
        if end is None:
            return []
        atoms.append(_Atom(at + begin, at + end, *words[lowered[begin:end]], lowered[begin:end]))
        begin = end
    return atoms if any(a.kind != "joint" for a in atoms) else []


@lru_cache
def _words(language: str) -> dict[str, tuple[str, Decimal]]:
    """Number words of a language, in lower case -> kind and value."""
    found = {}
    for kind, table in (("small", SMALL), ("small", HUNDREDS), ("large", LARGE)):
        pairs = table.get(language, "").split()
        for word, value in zip(pairs[::2], pairs[1::2], strict=True):
            number = Decimal(10) ** int(value) if kind == "large" else Decimal(value)
            found[word] = (kind, number)
    if language in JOINTS:
        found[JOINTS[language]] = ("joint", Decimal(0))
    return found


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
    kind, _ = _words(language).get(following[1].lower() if following else "", ("", 0))
    return kind == "large"


def _composed(run: list[_Atom]) -> Iterator[Number]:
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
    last: _Atom

    def takes(self, atom: _Atom, *, joint: bool) -> bool:
        if atom.kind == "figures" or (joint and self.last.kind == "figures"):
            return False
        if atom.kind == "large":
            return not joint and self._multiplies(atom)
        return self._adds(atom, joint=joint)

    def _multiplies(self, atom: _Atom) -> bool:
        if self.last.kind == "large" and atom.value <= self.last.value:
            return bool(atom.value == 100 and self.open == 0)  # "mille cent"
        return True

    def _adds(self, atom: _Atom, *, joint: bool) -> bool:
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

    def grown(self, atom: _Atom) -> _Sum:
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
