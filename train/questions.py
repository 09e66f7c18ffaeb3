"""Questions and the passages that answer them, for contrastive training.

Knows which files may be trained on; nothing here reads piaf.dev, news.dev or articles/newswire.
"""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from train.data import read_documents, read_rows
from train.heldout import HELD_OUT_NEWS, key, sentences
from train.written import read_written

WINDOW_CHARACTERS = 900
"""A long context is cut to about this much around its answer: the size of a passage."""
NEIGHBOURS = 3
"""Most sentences taken on either side of the evidence."""
TITLE_SENTENCES = (3, 6)


class Asked(NamedTuple):
    """A question and a passage that answers it."""

    question: str
    passage: str
    source: str


def read_asked(data: Path) -> list[Asked]:
    """All question-passage pairs, in a fixed order."""
    rng = random.Random(5)
    qa = data / "qa"
    contexts = ("piaf.train", "other-languages.train", "covid-qa.en.train")
    asked = [
        Asked(row["question"], around(row, rng), name)
        for name in contexts
        for row in read_rows(qa / f"{name}.jsonl.xz")
    ]
    for row in read_rows(qa / "openquizzdb.fr.jsonl.xz"):
        passage = f"{row['answer']}. {row['anecdote']}" if row["anecdote"] else row["answer"]
        asked.append(Asked(row["question"], passage, "openquizzdb"))
    articles = {row["id"]: row for row in read_rows(qa / "news.train.articles.jsonl.xz")}
    return [*asked, *read_news(qa, articles, english_lines(data), rng), *titles(articles, rng)]


def around(row: dict[str, Any], rng: random.Random) -> str:
    """The context, or for a long one a window of it that holds the first answer."""
    context: str = row["context"]
    if len(context) <= WINDOW_CHARACTERS or not row["answers"]:
        return context
    answer = row["answers"][0]
    slack = max(WINDOW_CHARACTERS - len(answer["text"]), 0)
    start = max(0, min(answer["start"] - rng.randint(0, slack), len(context) - WINDOW_CHARACTERS))
    return context[start : max(start + WINDOW_CHARACTERS, answer["start"] + len(answer["text"]))]


def english_lines(data: Path) -> dict[str, str]:
    """French sentence -> its English original, without the held-out year."""
    lines = (line for line in read_documents(data) if line.part != HELD_OUT_NEWS)
    return {key(line.french): line.english for line in lines}


def read_news(
    qa: Path, articles: dict[str, dict[str, Any]], english: dict[str, str], rng: random.Random
) -> Iterator[Asked]:
    """Each answerable question with sentences around its evidence, in French and in English."""
    for row in (*read_rows(qa / "news.train.jsonl"), *read_written(qa.parent)):
        text = row.get("text") or articles[row["article"]]["text"]
        if not row.get("evidence") or row["evidence"] not in text:
            continue
        spans = sentences(text)
        begin = text.index(row["evidence"])
        stop = begin + len(row["evidence"])
        inside = [i for i, (a, b) in enumerate(spans) if a < stop and b > begin]
        first = max(inside[0] - rng.randint(0, NEIGHBOURS), 0)
        chosen = [
            text[a:b].strip() for a, b in spans[first : inside[-1] + 1 + rng.randint(0, NEIGHBOURS)]
        ]
        yield Asked(row["question"], " ".join(chosen), "news.train")
        if key(row["evidence"]) in english:
            translated = [english[key(sentence)] for sentence in chosen if key(sentence) in english]
            yield Asked(row["question"], " ".join(translated), "news.train-english")


def titles(articles: dict[str, dict[str, Any]], rng: random.Random) -> Iterator[Asked]:
    """An article's title with a few neighbouring sentences of its body."""
    for article in articles.values():
        spans = sentences(article["text"])
        count = min(rng.randint(*TITLE_SENTENCES), len(spans))
        first = rng.randint(0, max(len(spans) // 2 - count, 0))
        body = article["text"][spans[first][0] : spans[first + count - 1][1]]
        yield Asked(article["title"], " ".join(body.split()), "title")
