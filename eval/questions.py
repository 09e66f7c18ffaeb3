"""Questions with their evidence: read from a file, and found again in the articles.

Two kinds of row: those that name an article and quote its evidence, and those that bring their own
context with the answer's place in it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.errors import InputError
from index.types import Article

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.types import Passage


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where an article answers: offsets into its text."""

    article: str
    start: int
    end: int

    def is_held_by(self, passage: Passage) -> bool:
        """Whether the passage has the evidence, or at least the larger half of it."""
        shared = min(self.end, passage.end) - max(self.start, passage.start)
        return passage.article.id == self.article and 2 * shared > self.end - self.start


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question and what is known of its answer."""

    id: str
    type: str
    language: str
    text: str
    answers: tuple[str, ...]
    evidence: Evidence | None  # None: the articles do not answer
    twins: tuple[Evidence, ...] = ()  # where other articles say the same in nearly the same words

    @property
    def places(self) -> tuple[Evidence, ...]:
        """Wherever the articles answer; none when they do not."""
        return (self.evidence, *self.twins) if self.evidence else ()


def label(rows: Iterable[dict[str, Any]], texts: dict[str, str]) -> list[Labelled]:
    """Questions over articles that are in the library.

    :param texts: article id to cleaned text
    :raises InputError: an evidence does not stand in its article, or an answer was found wrong
    """
    rows = list(rows)
    if any(row.get("verdict") == "down" for row in rows):
        raise InputError("these answers were found wrong, what is right is not known; correct them")
    return [
        Labelled(
            str(row["id"]),
            row["type"],
            row["lang"],
            row["question"],
            tuple(a for a in (row.get("answer"), *row.get("aliases", ())) if a),
            _locate(row, texts) if row.get("evidence") else None,
        )
        for row in rows
    ]


def _locate(row: dict[str, Any], texts: dict[str, str]) -> Evidence:
    """Where the evidence stands, whatever cleaning did to white space."""
    text = texts.get(row["article"])
    if text is None:
        raise InputError(f"question {row['id']}: no article {row['article']!r} in the library")
    places = [i for i, c in enumerate(text) if not c.isspace()]
    bare = "".join(text[i] for i in places)
    wanted = "".join(row["evidence"].split())
    at = bare.find(wanted)
    if at < 0:
        raise InputError(f"question {row['id']}: its evidence is not in {row['article']!r}")
    return Evidence(row["article"], places[at], places[at + len(wanted) - 1] + 1)


def contexts(rows: Iterable[dict[str, Any]]) -> tuple[list[Article], list[Labelled]]:
    """Rows with contexts of their own: each context an article, each row a question about it."""
    articles: dict[str, Article] = {}
    questions = []
    for number, row in enumerate(rows, 1):
        name = hashlib.sha256(row["context"].encode()).hexdigest()[:16]
        articles[name] = Article(name, row["title"], row["context"], row["lang"])
        answer = _first_answer(row, number)
        evidence = Evidence(name, answer["start"], answer["start"] + len(answer["text"]))
        texts = tuple(dict.fromkeys(a["text"] for a in row["answers"]))
        questions.append(
            Labelled(str(number), "factoid", row["lang"], row["question"], texts, evidence)
        )
    return list(articles.values()), questions


def _first_answer(row: dict[str, Any], number: int) -> dict[str, Any]:
    """The answer whose place is known.

    :raises InputError: there is none, or its words do not stand there
    """
    answers = row.get("answers")
    if not isinstance(answers, list) or not answers or not all("text" in a for a in answers):
        raise InputError(f'question {number}: "answers" is no list of {{"text", "start"}}')
    first: dict[str, Any] = answers[0]
    start, text = first.get("start"), first["text"]
    if not isinstance(start, int) or row["context"][start : start + len(text)] != text:
        raise InputError(f"question {number}: its answer {text!r} is not at {start} of its context")
    return first
