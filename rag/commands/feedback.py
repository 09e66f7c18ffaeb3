"""What readers said of answers, listed, and as questions that `depeche eval` reads.

An answer found right becomes a question with its evidence, or one that the articles do not answer;
those found wrong stand apart, marked, since nobody said what would have been right.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from index.errors import InputError, UnknownArticleError
from index.feedback import all_given
from index.store import open_library

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from index.feedback import Given
    from index.store import Library

TYPE: Final = "feedback"  # of these questions, among those of a benchmark
QUESTIONS: Final = "questions.jsonl"
WRONG: Final = "wrong.jsonl"
ARTICLES: Final = "articles.jsonl"


def show_feedback(folder: Path, export: Path | None) -> None:
    """List what readers said, or write it into a folder as questions with their articles."""
    library = open_library(folder)
    try:
        given = all_given(library.database)
        if export is None:
            sys.stdout.writelines(f"{_line(each)}\n" for each in given)
        else:
            _export(library, given, export)
    finally:
        library.close()


def right_questions(library: Library, given: Iterable[Given]) -> Iterator[dict[str, Any]]:
    """The rows of an evaluation set: answers found right, whose evidence still stands."""
    known: set[tuple[str, str | None]] = set()
    for each in given:
        row = _question(library, each) if each.row["verdict"] == "up" else None
        if row and (key := (row["question"], row["evidence"])) not in known:
            known.add(key)
            yield row


def wrong_answers(given: Iterable[Given]) -> Iterator[dict[str, Any]]:
    """The answers found wrong, each marked as such."""
    for each in given:
        if each.row["verdict"] == "down":
            yield {"id": _id(each), "type": TYPE, "lang": each.row["language"]} | each.row


def _question(library: Library, given: Given) -> dict[str, Any] | None:
    """None when the article changed, and no longer has the words."""
    row = given.row
    asked = {"id": _id(given), "type": TYPE, "lang": row["language"], "question": row["standalone"]}
    nothing: dict[str, Any] = {"article": None, "evidence": None, "answer": None, "aliases": []}
    if row["status"] != "answered":
        return asked | nothing | {"note": row["note"]}
    first = row["citations"][0]
    try:
        text = library.article(first["article"]).text
    except UnknownArticleError:
        return None
    if first["quote"] not in text:
        return None
    proof = {"article": first["article"], "evidence": first["quote"]}
    return asked | proof | {"answer": row["short"] or None, "aliases": [], "note": row["note"]}


def _export(library: Library, given: Sequence[Given], folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file; name a folder")
    folder.mkdir(parents=True, exist_ok=True)
    right = _write(folder / QUESTIONS, right_questions(library, given))
    wrong = _write(folder / WRONG, wrong_answers(given))
    _write(folder / ARTICLES, (asdict(article) for article in library.articles()))
    sys.stdout.write(
        f"{right} questions, {wrong} answers found wrong, {len(given) - right - wrong} left out\n"
        f"depeche eval {folder / QUESTIONS} {folder / ARTICLES}\n"
    )


def _write(file: Path, rows: Iterable[dict[str, Any]]) -> int:
    """How many."""
    count = 0
    with file.open("w", encoding="utf-8") as opened:
        for row in rows:
            opened.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    return count


def _id(given: Given) -> str:
    return f"{TYPE}-{given.number}"


def _line(given: Given) -> str:
    row = given.row
    parts = (given.at, row["verdict"], row["status"], row["standalone"], row["short"], row["note"])
    return "\t".join(" ".join(str(part).split()) for part in parts)
