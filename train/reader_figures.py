"""What the reader is measured on: piaf.dev answers, and the right sentence on news.dev."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import tiktoken
import torch
from numpy.typing import NDArray
from torch import Tensor

from eval.answers import f1, words
from train.data import read_rows
from train.heldout import sentences
from train.reader_model import Input, put_together
from train.reading import TITLE_TOKENS, packed, size, token_bytes
from train.vocabulary import prepare

ReadAll = Callable[[Sequence[Input]], Iterator[tuple[Tensor, float]]]
"""Inputs -> for each (span logits (length, 2), relevance logit)."""

ANSWER_TOKENS = 30
"""Longest answer looked for."""


class Window(NamedTuple):
    """A passage to read, and its text."""

    ids: list[int]
    begin: int
    text: str


class Sought(NamedTuple):
    """A question over the windows of its article, and the sentence it should find."""

    question: list[int]
    windows: list[Window]
    evidence: str
    crosslingual: bool


class Figures:
    """The held-out questions, ready to be read; `part` takes every n-th of them."""

    def __init__(
        self, data: Path, newswire: Path, encoding: tiktoken.Encoding, part: int = 3
    ) -> None:
        self.encoding = encoding
        self.bytes = token_bytes(encoding)
        self.piaf = read_rows(data / "qa" / "piaf.dev.jsonl.xz")[::part]
        rows = read_rows(data / "qa" / "news.dev.jsonl")
        rows = [row for row in rows if row.get("evidence")]
        self.news = [self._sought(row, newswire) for row in rows[:: max(part - 1, 1)]]

    def _sought(self, row: dict[str, str], newswire: Path) -> Sought:
        text = (newswire / f"{row['article']}.txt").read_text("utf-8")
        title, _, text = text.partition("\n")
        windows = [self._window(title, text[a:b]) for a, b in packed(text, self.encoding)]
        question = self._cut(row["question"])
        return Sought(question, windows, row["evidence"], row["type"] == "crosslingual")

    def _window(self, title: str, text: str) -> Window:
        head = self._cut(f"{title} .")[:TITLE_TOKENS] if title else []
        return Window(head + self._cut(text), len(head), text)

    def _cut(self, text: str) -> list[int]:
        return self.encoding.encode_ordinary(prepare(text))

    def measure(self, read_all: ReadAll) -> dict[str, NDArray[np.float32]]:
        """Each figure as the values it is the mean of."""
        exact, overlap = self._answers(read_all)
        found = self._evidence(read_all)
        across = [hit for hit, one in zip(found, self.news, strict=True) if one.crosslingual]
        named = {"piaf EM": exact, "piaf F1": overlap, "evidence@1": found, "crosslingual": across}
        return {name: np.asarray(values, np.float32) for name, values in named.items()}

    def show(self, read_all: ReadAll) -> str:
        """The means on one line."""
        figures = self.measure(read_all)
        return "  ".join(f"{name} {values.mean():.3f}" for name, values in figures.items())

    def _answers(self, read_all: ReadAll) -> tuple[list[float], list[float]]:
        windows = [self._window(row["title"], row["context"]) for row in self.piaf]
        inputs = [
            put_together(self._cut(row["question"]), window.ids, window.begin)
            for row, window in zip(self.piaf, windows, strict=True)
        ]
        exact, overlap = [], []
        for row, one, (spans, _) in zip(self.piaf, inputs, read_all(inputs), strict=True):
            first, last, _ = best_span(spans)
            said = self.encoding.decode([int(token) for token in one.ids[first : last + 1]])
            wanted = [answer["text"] for answer in row["answers"]]
            exact.append(max(float(words(said) == words(text)) for text in wanted))
            overlap.append(max(f1(words(said), words(text)) for text in wanted))
        return exact, overlap

    def _evidence(self, read_all: ReadAll) -> list[float]:
        inputs = [
            put_together(one.question, window.ids, window.begin)
            for one in self.news
            for window in one.windows
        ]
        reading, place = list(read_all(inputs)), 0
        hits = []
        for one in self.news:
            here = slice(place, place + len(one.windows))
            scored = [
                (relevance, window, made, spans)
                for window, made, (spans, relevance) in zip(
                    one.windows, inputs[here], reading[here], strict=True
                )
            ]
            _, window, made, spans = max(scored, key=lambda entry: entry[0])
            first, last, _ = best_span(spans)
            sentence = self._sentence(window, first - made.begin, last - made.begin)
            hits.append(float(agrees(sentence, one.evidence)))
            place += len(one.windows)
        return hits

    def _sentence(self, window: Window, first: int, last: int) -> str:
        """The sentence of the window in which the middle of a span of its tokens stands."""
        ends = np.cumsum(self.bytes[window.ids[window.begin :]])
        middle = ends[(first + last) // 2]
        for start, end in sentences(window.text):
            if size(window.text[:end]) >= middle:
                return window.text[start:end]
        return window.text


def best_span(logits: Tensor) -> tuple[int, int, float]:
    """(first, last, score) of the likeliest answer, from (length, 2) logits."""
    first, last = logits.unbind(1)
    score = first[:, None] + last[None, :]
    near = torch.ones_like(score).triu() - torch.ones_like(score).triu(ANSWER_TOKENS)
    score = score.masked_fill(near == 0, -torch.inf)
    place = int(score.argmax())
    return place // len(first), place % len(first), float(score.max())


def agrees(sentence: str, evidence: str) -> bool:
    """Whether a found sentence is the evidence, or the greater part of it, or holds it."""
    found, wanted = " ".join(sentence.split()), " ".join(evidence.split())
    return wanted in found or (found in wanted and len(found) > len(wanted) / 2)
