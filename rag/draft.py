"""A chat model's stream of tokens -> the plain sentences of its draft, one by one.

Markers, links, images, markup and lists are taken out: what is cited is decided elsewhere. A bare
address stays, since no sentence with one is ever proved (rag/proof/claims.py).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from index.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST: Final = 600  # characters of a sentence; a longer one is given up
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_LINKS: Final = (
    re.compile(r"!\[[^\]]{0,300}()\]\([^)]{0,300}\)"),  # images
    re.compile(r"\[([^\]]{0,300})\]\([^)]{0,300}\)"),
)
_OPEN = re.compile(r"\[[^\]]{0,300}$|\[[^\]]{0,300}\]\([^)]{0,300}$|<[^>]{0,100}$")  # not yet whole
_ITEM = re.compile(r"^[^\S\n]*(?:[-*•–—]|#{1,6}|>|\d{1,2}[.)])\s+", re.MULTILINE)  # or heading
_STRIPPED: Final = (
    *((pattern, r"\1") for pattern in _LINKS),
    (re.compile(r"\[[^\[\]]*\]:\s*\S+"), ""),  # link definitions
    (re.compile(r"<(?!\w+:)[^<>]*>"), ""),  # tags
    (re.compile(r"\[\^?\d[\d\s,;–-]*\]|【[^】]*】|[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+"), ""),
    (_ITEM, ""),
    (re.compile(r"\*\*|__|`+|~~|(?<!\w)[*_]|[*_](?!\w)"), ""),  # emphasis
)
_SPACES = re.compile(r"\s+")
_SPACE_BEFORE = re.compile(r"(?<!\s)\s+([.,…])")


def sentences_of(tokens: Iterable[str], language: str) -> Iterator[str]:
    """Each sentence as soon as the next has begun; plain, on one line."""
    pending = ""
    for token in tokens:
        pending += token
        pending = _THOUGHT.sub("", pending) if "</think>" in pending else pending
        for link in _LINKS:
            pending = link.sub(r"\1", pending)
        if "<think>" in pending or (len(pending) < LONGEST and _OPEN.search(pending)):
            continue
        *whole, pending = _cut(pending, language)
        yield from filter(None, map(plain, whole))
    yield from filter(None, map(plain, _cut(_THOUGHT.sub("", pending) + "\n \n", language)))


def plain(sentence: str) -> str:
    """The words of a sentence, without markers, links or markup."""
    for pattern, instead in _STRIPPED:
        sentence = pattern.sub(instead, sentence)
    return _SPACE_BEFORE.sub(r"\1", _SPACES.sub(" ", sentence)).strip()


def _cut(pending: str, language: str) -> list[str]:
    """Whole sentences, then what is not yet one: a sentence ends when a word follows it."""
    lines = pending.split("\n")
    cut = []
    for line in lines[:-1]:
        cut += [line[start:end] for start, end in sentences(line, language)]
    last = lines[-1]
    spans = list(sentences(last, language))
    begun = spans[-1][0] if spans else 0
    if len(spans) > 1 and re.search(r"\s", last[begun:]):
        cut += [last[start:end] for start, end in spans[:-1]]
        last = last[begun:]
    if len(last) > LONGEST:
        return [*cut, last, ""]
    return [*cut, last]
