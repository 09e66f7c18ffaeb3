"""Sentences of news text, as spans: where a reader would say that one ends.

Rules, no model (the library sentencex 1.0.32 cuts "M. Dupont", "art. 5" and "J.-P. Martin"): a
candidate is a run of terminators with what closes after it, then the words around it decide.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from index.abbreviations import Words, words

if TYPE_CHECKING:
    from collections.abc import Iterator

Span: TypeAlias = tuple[int, int]

# A line this long may have been wrapped; headings and items of lists are mostly shorter.
WRAPPED = range(55, 101)
# Characters read before a full stop, to see what it ends.
LOOK_BACK = 32
# A full stop before a small letter ends a sentence after a word of so many letters.
SHORTEST_WORD = 4

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
# Each repetition is followed by what it may not stop before, as a possessive one would; those lose
# the groups around them in CPython 3.11.0 to 3.11.3.
_MARKS = r"[.!?…‥]"
_MORE = r"\s{1,2}[.!?…]+(?!\w|[.!?…])"
_CLOSER = r"""(?:[)\]}"'’”»›〉》」』】）］CLOSERS] | [“«](?![\w\s]) | “(?=\s|$) | \[\d{1,3}\]
    | \s{1,2}[»›”](?!\w))"""
_CANDIDATE = rf"""
    (?: (?P<own>[。！？｡؟۔।॥։።]+)(?![。！？｡؟۔।॥։።])  # with or without a space after it
      | (?<!{_MARKS})(?P<run>{_MARKS}+(?!{_MARKS})(?:{_MORE})*)(?!{_MORE}) )
    (?P<closers>{_CLOSER}*)(?!{_CLOSER})
    (?(own) | (?: (?=\s|$) | (?<=[a-zß-ÿ]{{2}}[.!?])(?=[A-ZÀ-Þ][a-zß-ÿ]*[\s'’]) ) )
"""
_LATIN = re.compile(_CANDIDATE.replace("CLOSERS", ""), re.VERBOSE)
_GERMAN = re.compile(_CANDIDATE.replace("CLOSERS", "«‹"), re.VERBOSE)
_NEXT = re.compile(r"""[\s\-–—«»‹›"'“”„‘’(\[¿¡•*]{0,8}(?P<word>\w+['’]?)?""")
_TOKEN = re.compile(r"""[^\s«»"“”„‚(\[/’'‘,;:]*$""")
_DOTTED = re.compile(r"[^\W\d_]{1,2}(?:(?:\.-?|-)[^\W\d_]{1,2})*\.-?[^\W\d_]{1,2}")
# "1. " at the start of a sentence, or after "dispose : ".
_ITEM = re.compile(r"^\d{1,3}$|[:;]\s\d{1,2}$")
_CLOCK = {"a.m", "p.m"}
# "100 m", "CD's": a letter, but no abbreviation.
_UNIT = re.compile(r"(?:\d\s?|['’])[a-z]$")
# "z. B", "u. a", "i. d. R": letters with spaces between, the first a small one.
_SPACED = re.compile(r"(?<![\w.])[a-zà-ÿ]\.\s(?:[^\W\d_]\.\s)*[^\W\d_]$")
_CONSONANTS = re.compile(r"[B-DF-HJ-NP-TV-XZ][bcdfghjklmnpqrstvwxz]{1,4}")
_ORDINAL = re.compile(r"\d{1,2}|[IVXL]+")
_ROMAN = re.compile(r"[IVXLCDM]+")


def sentences(text: str, language: str) -> list[Span]:
    """Return where each sentence starts and ends, in order, without white space around it.

    Every character that is not white space is in exactly one. Time grows with the length alone.
    """
    rules = words(language.partition("-")[0].lower())
    candidate = _GERMAN if rules.german else _LATIN
    spans: list[Span] = []
    for start, end in _blocks(text):
        begin = start
        for match in candidate.finditer(text, start, end):
            if match.end() < end and _ends(text, match, begin, end, rules):
                spans.append((begin, match.end()))
                begin = match.end()
                while text[begin].isspace():
                    begin += 1
        spans.append((begin, end))
    return spans


def _blocks(text: str) -> Iterator[Span]:
    """Yield paragraphs, headings and items; lines that were wrapped make one block."""
    lines = [(*match.span(), match.group()) for match in _LINE.finditer(text)]
    spans = [
        (end - len(line.lstrip()), start + len(line.rstrip()))
        for start, end, line in lines
        if not line.isspace()
    ]
    begin = 0
    for at, (start, end) in enumerate(spans):
        if at + 1 < len(spans) and _wrapped(text, spans[begin][0], (start, end), spans[at + 1]):
            continue
        yield spans[begin][0], end
        begin = at + 1


def _wrapped(text: str, begin: int, line: Span, following: Span) -> bool:
    """Tell whether a line break only fills the column; `begin` is where the paragraph does."""
    start, end = line
    if end - start not in WRAPPED or text[end : following[0]].strip(" \t") not in {"\n", "\r\n"}:
        return False
    if text[end - 1] in '.!?…:;。！？»”"':
        return False
    first = re.compile(r"[^\s]+").match(text, *following)
    width = following[1] - following[0]
    full = first is not None and end - start + 1 + len(first.group()) > width
    return full and (text[following[0]].islower() or begin < start)


def _ends(text: str, match: re.Match[str], begin: int, end: int, rules: Words) -> bool:
    """Decide whether a candidate ends the sentence that starts at `begin`."""
    following = _NEXT.match(text, match.end(), end)
    word = following["word"] if following else None
    if word is None:
        return bool(following and following.end() < end and text[following.end()] not in ",;:")
    small = word[0].islower()
    if match["own"]:
        return not (match["closers"] and word[0] in "とって")
    if match["run"] != "." or (match["closers"] and small):
        return not small
    token = _token(text, begin, match.start())
    if not text[match.end()].isspace():  # "la maison.Il": a space is missing
        return token.isalpha() and token.islower()
    if _ITEM.search(text[max(begin, match.start() - 5) : match.start()]):
        return False
    return _stop_ends(token, word, rules)


def _token(text: str, begin: int, stop: int) -> str:
    """Return what a full stop stands after: a word, an abbreviation, initials."""
    before = text[max(begin, stop - LOOK_BACK) : stop]
    spaced = _SPACED.search(before)
    if spaced:
        return "".join(spaced.group().split())
    unit = _UNIT.search(before)
    token = unit or _TOKEN.search(before)
    return token.group() if token else ""


def _stop_ends(token: str, word: str, rules: Words) -> bool:
    """Decide what a full stop does between a token and the word that follows it."""
    small = word[0].islower()
    starts = word.replace("’", "'") in rules.starters
    if token in rules.titles:
        return False
    if (token if len(token) == 1 else token.lower()) in rules.numbered:
        figure = word[0].isdigit() or len(word) == 1 or _ROMAN.fullmatch(word)
        return starts or not (small or figure)
    if small:
        return len(token) >= SHORTEST_WORD and token.isalpha()
    if _DOTTED.fullmatch(token):
        return starts and (not token[0].islower() or token in _CLOCK)
    ordinal = rules.german and _ORDINAL.fullmatch(token)
    initial = len(token) == 1 and token.isalpha()
    street = token.endswith("str")  # "Hauptstr. 5"
    known = token in rules.either or _CONSONANTS.fullmatch(token)
    return starts or not (initial or ordinal or street or known)
