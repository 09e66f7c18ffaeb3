"""Whether an answer that was written down still holds: no model, no index, no question asked.

With the library, each quote is compared with its article, character by character. Without, what
an answer says of itself is: markers, lengths, wording and status. It does not judge whether the
quotes answer the question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol, TypeAlias

from index.errors import UnknownArticleError
from index.numbers import numbers_in
from rag.recorded import Other, recorded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from index.types import Article
    from rag.recorded import Cited, Passage, Quoted, Recorded

Fault: TypeAlias = Literal[
    "forgotten article", "changed article", "altered quote", "altered facts", "missing marker",
    "unknown marker", "wrong place", "unproved words", "wrong status",
]  # fmt: skip
# Likeness from which words that differ from their quote are a copy that was altered, and no
# sentence of a chat model's own. Untested.
COPIED: Final = 0.9
SPOKEN: Final = ("fr", "en")  # in which numbers are read: with comma and with dot, and in words
FACTS: Final = ("title", "source", "url", "published")
_MARKER = re.compile(r"\[(\d{1,9})\]")


class Articles(Protocol):
    """Where articles are read: a Library, or its Database alone."""

    def article(self, article_id: str) -> Article:
        """Raise `UnknownArticleError` when there is none."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold."""

    fault: Fault
    where: str  # "citation 1", "other value 2", "answer"
    message: str


def verify(row: dict[str, Any], library: Articles | None = None) -> list[Finding]:
    """All that does not hold of an answer, empty when all does.

    :param row: an answer as `rag.record` writes it
    :param library: None to check the answer by itself alone
    :raises InputError: the row is no answer
    """
    answer = recorded(row)
    found = [*_status(answer), *_markers(answer), *_wording(answer)]
    for where, quoted in _quotes(answer):
        found += [
            Finding(fault, where, message) for fault, message in _proof(answer, quoted, library)
        ]
    return found


def _quotes(answer: Recorded) -> Iterator[tuple[str, Cited | Other]]:
    for citation in answer.citations:
        yield f"citation {citation.marker}", citation
    for number, other in enumerate(answer.others, 1):
        yield f"other value {number}", other


def _status(answer: Recorded) -> Iterator[Finding]:
    if answer.status == "answered" and not (answer.citations and answer.text.strip()):
        yield Finding("wrong status", "answer", "it is said to be answered, but cites nothing")
    if answer.status != "answered" and answer.citations:
        message = f"it is said to be {answer.status}, but has citations"
        yield Finding("wrong status", "answer", message)


def _markers(answer: Recorded) -> Iterator[Finding]:
    """Markers of the text and of the citations are the same; a quote may hold brackets too."""
    markers = [citation.marker for citation in answer.citations]
    if markers != list(range(1, len(markers) + 1)):
        message = f"citations are numbered {markers}, not from 1 on"
        yield Finding("unknown marker", "answer", message)
    text = answer.text
    for citation in answer.citations:
        if f"[{citation.marker}]" not in text:
            message = f"the text has no marker [{citation.marker}]"
            yield Finding("missing marker", f"citation {citation.marker}", message)
    quotes = "\n".join(citation.quote for citation in answer.citations)
    for bracket in sorted({m[0] for m in _MARKER.finditer(text) if int(m[1]) not in markers}):
        if bracket not in quotes:
            yield Finding("unknown marker", "answer", f"no citation has the marker {bracket}")


def _wording(answer: Recorded) -> Iterator[Finding]:
    """What the text says before a marker stands in the quote of that marker."""
    quotes = {citation.marker: citation.quote for citation in answer.citations}
    if answer.status == "answered" and quotes and answer.short not in "\n".join(quotes.values()):
        message = f"no quote has the words of the short answer, “{answer.short}”"
        yield Finding("unproved words", "answer", message)
    for said, markers in _marked(answer.text, quotes.keys()):
        proof = "\n".join(quotes[marker] for marker in markers)
        if said in proof:
            continue
        where = f"citation {markers[0]}"
        if SequenceMatcher(None, said, proof, autojunk=False).ratio() >= COPIED:
            yield Finding("altered quote", where, f"the text has its words otherwise: “{said}”")
        for figure in _unproved_figures(said, proof):
            yield Finding("unproved words", where, f"its quote does not have the figure {figure}")


def _marked(text: str, known: AbstractSet[int]) -> Iterator[tuple[str, list[int]]]:
    """What stands before each marker, or before several in a row."""
    said, markers, at = "", list[int](), 0
    for match in _MARKER.finditer(text):
        before, marker = text[at : match.start()].strip(), int(match[1])
        if marker not in known:
            continue
        if before and said:
            yield said, markers
            markers = []
        said, at = before or said, match.end()
        markers.append(marker)
    if said:
        yield said, markers


def _unproved_figures(said: str, proof: str) -> list[str]:
    """Numbers written in digits whose value the proof does not have."""
    known = {number.value for lang in SPOKEN for number in numbers_in(proof, lang)}
    figures = {said[n.start : n.end]: n.value for lang in SPOKEN for n in numbers_in(said, lang)}
    values = {figure: value for figure, value in figures.items() if figure[0].isdigit()}
    return sorted(figure for figure, value in values.items() if value not in known)


def _proof(
    answer: Recorded, quoted: Quoted, library: Articles | None
) -> Iterator[tuple[Fault, str]]:
    """What is wrong with the words of an article and their place in it."""
    whole = quoted.start >= 0 and quoted.end - quoted.start == len(quoted.quote)
    if not whole:
        place = f"{quoted.start}-{quoted.end}"
        yield "wrong place", f"a quote of {len(quoted.quote)} characters cannot stand at {place}"
    altered = whole and not all(_agree(quoted, hit) for hit in answer.hits)
    if altered:
        yield "altered quote", f"the passage of {quoted.article} in this answer has other words"
    if isinstance(quoted, Other) and quoted.short not in quoted.quote:
        yield "unproved words", f"its quote does not have “{quoted.short}”"
    if library is not None:
        yield from _against(library, quoted, altered=altered)


def _agree(quoted: Quoted, hit: Passage) -> bool:
    """Whether the passage has the same words where both overlap."""
    start, end = max(quoted.start, hit.start), min(quoted.end, hit.end)
    if quoted.article != hit.article or start >= end:
        return True
    words = quoted.quote[start - quoted.start : end - quoted.start]
    return hit.text[start - hit.start : end - hit.start] == words


def _against(library: Articles, quoted: Quoted, *, altered: bool) -> Iterator[tuple[Fault, str]]:
    try:
        article = library.article(quoted.article)
    except UnknownArticleError:
        yield "forgotten article", f"{quoted.article} is no longer in the library"
        return
    if article.text[max(0, quoted.start) : quoted.end] != quoted.quote:
        now = article.text.find(quoted.quote)
        if now >= 0:
            yield "changed article", f"{quoted.article} has these words at {now} now"
        elif not altered:
            yield "changed article", f"{quoted.article} no longer has these words there"
    for name in FACTS:
        said, is_now = getattr(quoted, name, None), getattr(article, name)
        if hasattr(quoted, name) and said != is_now:
            yield "altered facts", f"{quoted.article} has the {name} {is_now!r}, not {said!r}"
