"""Questions with passages to read: where the answer stands, and which passages lack it.

Knows the files and the windows; knows nothing about the model.
"""

import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import tiktoken
from numpy.typing import NDArray

from train.data import read_rows
from train.heldout import sentences
from train.vocabulary import prepare
from train.written import read_written

TOKENS = 180
"""Tokens of a window, between the 160 of an article's usual passage and the 240 of the longest."""
LONGEST = 256
TITLE_TOKENS = 32
CONTEXTS = ("piaf.train", "other-languages.train", "covid-qa.en.train")
VARIED = (0.70, 0.12, 0.10, 0.08)
"""How often a question stays, is cut to keywords, loses its accents, loses its mark (untested)."""
QUIZ = "openquizzdb"
WRITTEN = "written"
UNVARIED = frozenset(["ar", "zh"])
SMALL_WORDS = 3
"""A keyword question keeps words longer than this, numbers and names."""


class Span(NamedTuple):
    """An answer's tokens in a passage, first and last, counted in the passage's own tokens."""

    passage: int
    first: int
    last: int


class Passage(NamedTuple):
    """A window of a text: its tokens, those of the title first, and where the text begins."""

    ids: list[int]
    begin: int
    document: str
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A question, the passages that answer it (none when unanswerable), and its own document's."""

    question: str
    lang: str
    source: str
    spans: list[Span]
    own: list[int]
    answer: str


class Reading:
    """All passages and problems of the training files."""

    def __init__(self, data: Path, encoding: tiktoken.Encoding) -> None:
        self.encoding = encoding
        self.bytes = token_bytes(encoding)
        self.passages: list[Passage] = []
        self.problems: list[Problem] = []
        self._windows: dict[str, list[tuple[int, int, int]]] = {}
        for name in CONTEXTS:
            for row in read_rows(data / "qa" / f"{name}.jsonl.xz"):
                self._add(name, row, row["context"], row["title"], row["answers"][0])
        articles = read_rows(data / "qa" / "news.train.articles.jsonl.xz")
        found = {row["id"]: row for row in articles}
        for row in read_rows(data / "qa" / "news.train.jsonl"):
            article = found[row["article"]]
            self._add("news.train", row, article["text"], article["title"], located(row, article))
        for row in read_written(data):
            self._add(WRITTEN, row, row["text"], row["title"], located(row, row))
        for row in read_rows(data / "qa" / f"{QUIZ}.fr.jsonl.xz"):
            answer = told(row)
            if answer is not None:
                self._add(QUIZ, row, row["anecdote"], "", answer)

    def ends(self, passage: Passage) -> list[int]:
        """The tokens of the passage after which its sentences end, those of the title counted."""
        ends = np.cumsum(self.bytes[passage.ids[passage.begin :]])
        sizes = [size(passage.text[:end].rstrip()) for _, end in sentences(passage.text)]
        places = np.searchsorted(ends, sizes[:-1]) + 1  # the last one ends with the passage
        return [passage.begin + int(place) for place in (*places, len(ends)) if place <= len(ends)]

    def passage(self, text: str) -> Passage:
        """A text without a title as one passage."""
        return Passage(self.encoding.encode_ordinary(prepare(text))[:LONGEST], 0, "", text)

    def tokens(self, text: str, begin: int, stop: int) -> tuple[int, int] | None:
        """The first and the last token of a text's characters, None beyond what is read."""
        return self._within(self.passage(text), begin, stop)

    def _within(self, passage: Passage, begin: int, stop: int) -> tuple[int, int] | None:
        """The tokens of a passage's own that hold the characters of its text."""
        ends = np.cumsum(self.bytes[passage.ids[passage.begin :]])
        first = int(np.searchsorted(ends, size(passage.text[:begin]), side="right"))
        last = int(np.searchsorted(ends, size(passage.text[:stop]), side="left"))
        return (first, last) if first <= last < len(ends) else None

    def without(self, passage: Passage, answer: str) -> Passage | None:
        """A passage without the sentences that hold the answer; None if none is left.

        What remains speaks of what was asked and does not tell it.
        """
        wanted = answer.casefold()
        texts = [passage.text[start:end] for start, end in sentences(passage.text)]
        kept = [text for text in texts if wanted not in text.casefold()]
        if not kept or len(kept) == len(texts):
            return None
        text = " ".join(kept)
        ids = self.encoding.encode_ordinary(prepare(text))[:LONGEST]
        return passage._replace(ids=passage.ids[: passage.begin] + ids, text=text)

    def _add(
        self, source: str, row: dict[str, Any], text: str, title: str, answer: dict[str, Any] | None
    ) -> None:
        if text not in self._windows:
            self._windows[text] = list(self._cut(text, title))
        windows = self._windows[text]
        spans = [] if answer is None else list(self._spans(windows, answer))
        if answer is not None and not spans:
            return
        own = [place for place, _, _ in windows]
        wanted = "" if answer is None else answer["text"]
        self.problems.append(Problem(row["question"], row["lang"], source, spans, own, wanted))

    def _cut(self, text: str, title: str) -> Iterator[tuple[int, int, int]]:
        """Windows of whole sentences, each overlapping the one before by a sentence."""
        head = self.encoding.encode_ordinary(prepare(f"{title} ."))[:TITLE_TOKENS] if title else []
        for start, end in packed(text, self.encoding):
            ids = self.encoding.encode_ordinary(prepare(text[start:end]))[:LONGEST]
            self.passages.append(Passage(head + ids, len(head), title, text[start:end]))
            yield len(self.passages) - 1, start, end

    def _spans(self, windows: list[tuple[int, int, int]], answer: dict[str, Any]) -> Iterator[Span]:
        """The answer's tokens in each window that holds all of it."""
        begin, stop = answer["start"], answer["start"] + len(answer["text"])
        for place, start, end in windows:
            if start <= begin and stop <= end:
                found = self._within(self.passages[place], begin - start, stop - start)
                if found:
                    yield Span(place, *found)


def located(row: dict[str, Any], article: dict[str, Any]) -> dict[str, Any] | None:
    """The answer of a news question, or its evidence, with its place in the article."""
    if not row.get("evidence"):
        return None
    answer = row.get("answer") or row["evidence"]
    start = article["text"].find(row["evidence"]) + row["evidence"].find(answer)
    return {"text": answer, "start": start}


def told(row: dict[str, Any]) -> dict[str, Any] | None:
    """The answer of a quiz question where its anecdote repeats it."""
    anecdote, answer = row.get("anecdote") or "", str(row["answer"])
    start = anecdote.lower().find(answer.lower())
    if start < 0 or len(anecdote.lower()) != len(anecdote):
        return None
    return {"text": anecdote[start : start + len(answer)], "start": start}


def packed(text: str, encoding: tiktoken.Encoding) -> Iterator[tuple[int, int]]:
    """Runs of sentences of up to TOKENS tokens, (start, end) in characters."""
    spans = sentences(text)
    sizes = [len(encoding.encode_ordinary(prepare(text[a:b]))) for a, b in spans]
    first = 0
    while first < len(spans):
        last, total = first, sizes[first]
        while last + 1 < len(spans) and total + sizes[last + 1] <= TOKENS:
            last += 1
            total += sizes[last]
        yield spans[first][0], spans[last][1]
        if last + 1 == len(spans):
            return
        first = max(last, first + 1)


def size(text: str) -> int:
    """Bytes of a text as it is cut."""
    return len(prepare(text).encode())


def token_bytes(encoding: tiktoken.Encoding) -> NDArray[np.int64]:
    """Bytes of each token, (entries,)."""
    return np.asarray([len(encoding.decode_single_token_bytes(t)) for t in range(encoding.n_vocab)])


def keywords(question: str) -> str:
    """A question as typed into a search box: small words and the question mark left out."""
    words = re.findall(r"[\w’'-]+", question)
    kept = [
        word for word in words if len(word) > SMALL_WORDS or word[0].isupper() or word.isdigit()
    ]
    return " ".join(kept[1:] if len(kept) > SMALL_WORDS else kept).lower() or question


def bare(question: str) -> str:
    """A question typed without accents."""
    letters = unicodedata.normalize("NFD", question)
    return unicodedata.normalize("NFC", "".join(c for c in letters if not unicodedata.combining(c)))


def unmarked(question: str) -> str:
    """A question without its question mark."""
    return question.rstrip(" ?\u00a0\u202f")


def varied(question: str, lang: str, rng: random.Random) -> str:
    """Mostly the question itself; sometimes keywords, without accents or without its mark."""
    if lang in UNVARIED:
        return question
    changes = (str, keywords, bare, unmarked)
    (change,) = rng.choices(changes, VARIED)
    return change(question)
