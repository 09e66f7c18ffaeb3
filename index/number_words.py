"""Words that numbers are made of, in seven languages: "dix", "mille", "fünfundzwanzig" in parts.

Knows nothing of figures, and not what several words make together: numbers.py composes them.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate
from typing import Final

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
    "en": "hundred 2 thousand 3 million 6 millions 6 billion 9 billions 9 trillion 12 bn 9 mn 6",
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
HALVES: Final = {
    "fr": "demi demie", "en": "half", "de": "halb halbe halber halben halbes", "es": "medio media",
    "it": "mezzo mezza", "pt": "meio meia", "nl": "half halve",
}  # fmt: skip
WHOLE_AND_HALF: Final = {"de": "anderthalb", "nl": "anderhalf"}  # one and a half
# "And", in numbers and elsewhere.
JOINTS: Final = {"fr": "et", "en": "and", "de": "und", "es": "y", "it": "e", "pt": "e", "nl": "en"}
COMPOUNDS: Final = {"de", "it", "nl"}  # write a number below a million in one word
_LONGEST: Final = 13  # letters of a part; looking further would take time without end


@dataclass(frozen=True, slots=True)
class Atom:
    """Figures, or a word that a number is made of."""

    start: int
    end: int
    kind: str  # "figures", "small", "large", "half", "joint"
    value: Decimal
    word: str


@lru_cache(maxsize=100_000)
def atoms_of(written: str, language: str) -> tuple[Atom, ...]:
    """The atoms of a word, hyphens in it or not, counted from its beginning."""
    parts = written.split("-")
    starts = accumulate((len(part) + 1 for part in parts), initial=0)
    return tuple(
        atom for part, at in zip(parts, starts, strict=False) for atom in _parts(part, at, language)
    )


def _parts(word: str, at: int, language: str) -> list[Atom]:
    """The atoms that a word is made of; none when it is no number."""
    words = number_words(language)
    lowered = unicodedata.normalize("NFC", word.lower())
    if len(lowered) != len(word):
        return []
    if lowered in words:
        return [Atom(at, at + len(word), *words[lowered], lowered)]
    if language not in COMPOUNDS:
        return []
    atoms, begin = [], 0
    while begin < len(lowered):
        furthest = min(len(lowered), begin + _LONGEST)
        end = next((e for e in range(furthest, begin, -1) if lowered[begin:e] in words), None)
        if end is None:
            return []
        atoms.append(Atom(at + begin, at + end, *words[lowered[begin:end]], lowered[begin:end]))
        begin = end
    return atoms if any(a.kind != "joint" for a in atoms) else []


@lru_cache
def number_words(language: str) -> dict[str, tuple[str, Decimal]]:
    """Number words of a language, in lower case -> kind and value."""
    found = {}
    for kind, table in (("small", SMALL), ("small", HUNDREDS), ("large", LARGE)):
        pairs = table.get(language, "").split()
        for word, value in zip(pairs[::2], pairs[1::2], strict=True):
            number = Decimal(10) ** int(value) if kind == "large" else Decimal(value)
            found[word] = (kind, number)
    found |= {word: ("half", Decimal("0.5")) for word in HALVES.get(language, "").split()}
    if language in WHOLE_AND_HALF:
        found[WHOLE_AND_HALF[language]] = ("small", Decimal("1.5"))
    if language in JOINTS:
        found[JOINTS[language]] = ("joint", Decimal(0))
    return found
