"""Questions that this project has written over the texts of news.train and piaf.train.

`written/*.tsv` hold a line each: text, type, language, where the sentence that answers begins and
ends in it, where the answer does (characters; empty where nothing answers), the question. No words
of the texts are in them.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from train.data import read_rows

FOLDER = Path(__file__).with_name("written")
HELD_OUT = "heldout"
"""The file of questions over articles of which no other written question is learnt from."""


def read_written(data: Path) -> Iterator[dict[str, Any]]:
    """The questions to learn from, in a fixed order, as rows like those of news.train.

    Each has beside that its `text` and `title`.
    """
    known = documents(data)
    for path in sorted(FOLDER.glob("*.tsv")):
        if path.stem != HELD_OUT:
            yield from rows_of(path, known)


def documents(data: Path) -> dict[str, dict[str, Any]]:
    """The texts with their titles: articles by their id, contexts of piaf.train by their number."""
    articles = read_rows(data / "qa" / "news.train.articles.jsonl.xz")
    asked = read_rows(data / "qa" / "piaf.train.jsonl.xz")
    contexts = {row["context"]: row["title"] for row in reversed(asked)}  # each one's first title
    order = dict.fromkeys(row["context"] for row in asked)
    numbered = {
        f"piaf-{number:04d}": {"text": text, "title": contexts[text]}
        for number, text in enumerate(order)
    }
    return {row["id"]: row for row in articles} | numbered


def rows_of(path: Path, known: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The questions of one file over the texts that are there, in the texts' own words."""
    with path.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if line["text"] in known:
                text = known[line["text"]]["text"]
                yield {
                    "type": line["type"],
                    "lang": line["language"],
                    "question": line["question"],
                    "article": line["text"],
                    "evidence": _words(text, line["evidence"]),
                    "answer": _words(text, line["answer"]),
                    "text": text,
                    "title": known[line["text"]]["title"],
                }


def _words(text: str, place: str) -> str:
    """The characters `begin:end` of a text, none of an empty place."""
    begin, _, end = place.partition(":")
    return text[int(begin) : int(end)] if place else ""
