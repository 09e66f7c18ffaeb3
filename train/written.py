"""Questions that this project has written over the articles of news.train, as rows like its own.

`written/*.tsv` hold a line each: article, type, language, where the sentence that answers begins
and ends in the article's text, where the answer does (characters; empty where nothing answers),
the question. None of the articles' text is in them.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("written")
HELD_OUT = "heldout"
"""The file of questions over articles of which no other written question is learnt from."""


def read_written(articles: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The questions to learn from, in a fixed order, of those articles that are there.

    :param articles: id -> article with its `text`
    """
    for path in sorted(FOLDER.glob("*.tsv")):
        if path.stem != HELD_OUT:
            yield from rows_of(path, articles)


def rows_of(path: Path, articles: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The questions of one file, evidence and answer in the articles' own words."""
    with path.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            article = articles.get(line["article"])
            if article is not None:
                yield {
                    "type": line["type"],
                    "lang": line["language"],
                    "question": line["question"],
                    "article": line["article"],
                    "evidence": _words(article["text"], line["evidence"]),
                    "answer": _words(article["text"], line["answer"]),
                }


def _words(text: str, place: str) -> str:
    """The characters `begin:end` of a text, none of an empty place."""
    begin, _, end = place.partition(":")
    return text[int(begin) : int(end)] if place else ""
