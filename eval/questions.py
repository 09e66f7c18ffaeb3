"""Questions with their evidence: read from a file, and found again in the articles.

Two kinds of row: those that name an article and quote its evidence, and those that bring their own
context with the answer's place in it.
"""

from __future__ import annotations

import hashlib
import json
import lzma
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.errors import InputError
from index.types import Article

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

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


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a file of JSON lines, compressed (.xz) or not.

    :raises InputError: the file or a line cannot be read
    """
    unpack = lzma.open if path.suffix == ".xz" else open
    try:
        with unpack(path, "rt", encoding="utf-8") as file:
            return [json.loads(line) for line in file if line.strip()]
    except (OSError, lzma.LZMAError, ValueError) as error:
        raise InputError(f"{path} cannot be read as JSON lines: {error}") from error


def label(rows: Iterable[dict[str, Any]], texts: dict[str, str]) -> list[Labelled]:
    """Questions over articles that are in the library.

    :param texts: article id to cleaned text
    :raises InputError: an evidence does not stand in its article
    """
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
        answer = row["answers"][0]
        evidence = Evidence(name, answer["start"], answer["start"] + len(answer["text"]))
        texts = tuple(dict.fromkeys(a["text"] for a in row["answers"]))
        questions.append(
            Labelled(str(number), "factoid", row["lang"], row["question"], texts, evidence)
        )
    return list(articles.values()), questions
