"""The nouns of the question's side, and the contracts of the two parts that can be exchanged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.types import Hit, Passage

Status: TypeAlias = Literal["answered", "unsupported", "refused"]
Relation: TypeAlias = Literal["superseded", "disagrees"]


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is searched: `standalone` makes sense without the conversation."""

    text: str
    language: str  # ISO 639-1
    standalone: str
    # Periods named in the question, ISO 8601 with the precision given: "2024-10", "2021/..",
    # "2024-10-14/2024-10-20"; relative ones ("la semaine dernière") are counted from today.
    dates: tuple[str, ...] = ()
    history: tuple[str, ...] = ()  # earlier questions, oldest first


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of an article: `article.text[start:end] == quote`, on every transport."""

    marker: int  # stands in the answer's text as [marker]
    article: str
    title: str
    source: str | None
    url: str | None
    published: str | None
    start: int
    end: int
    quote: str
    copies: tuple[str, ...] = ()  # articles of the same origin (agency copy), by id
    page: int | None = None  # on which the quote begins, from 1; None where there are no pages


@dataclass(frozen=True, slots=True)
class OtherValue:
    """Another value that the articles give for the same question, in an article's exact words.

    `superseded`: older than the answer. `disagrees`: of the same time, or nobody can tell.
    """

    short: str
    article: str
    title: str
    source: str | None
    published: str | None
    start: int
    end: int
    quote: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown, sent and scored: the markers in `text` are those of `citations`.

    `answered`: proved by the citations. `unsupported`: the articles touch on it, nothing proves
    an answer. `refused`: the articles do not speak of it.
    """

    question: Question
    text: str
    short: str
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]
    status: Status
    confidence: float  # 0..1
    as_of: str | None = None  # date that the answer holds for
    others: tuple[OtherValue, ...] = ()
    origins: int = 0  # independent origins whose articles give this answer; copies count once
    dated: str | None = None  # the date that `short` means where it says "mardi"
    withheld: int = 0  # sentences of a chat model's draft that nothing proved
    note: str | None = None  # why a chat model did not write it, or not all of it


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a passage that answer, offsets into the article's text; a higher score is better."""

    passage: Passage
    start: int
    end: int
    score: float
    # The logit that its sentence answers, read with no more than the one before; of those not read
    # so, the least of the others.
    alone: float = 0.0


class Reader(Protocol):
    """Finds in each passage the words that answer, best first."""

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Span]: ...

    def confidence(self, question: Question, spans: Sequence[Span]) -> float:
        """How probable it is that the best span answers, 0..1; 0 when there is none."""


class Answerer(Protocol):
    """Writes the draft of an answer from what was read, piece by piece."""

    def write(self, question: Question, spans: Sequence[Span]) -> Iterator[str]: ...
