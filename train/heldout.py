"""What training never sees, and the figures measured on it.

Sentence matching: newstest2013 and 1,000 Tatoeba pairs, English-French.
Retrieval: the questions of piaf.dev and of news.dev.
"""

import itertools
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from train.data import Pair, read_documents, read_parallel, read_rows

Vectors = NDArray[np.float32]
Figures = dict[str, NDArray[np.float32]]
"""Name -> the values that the figure is the mean of."""
Encode = Callable[[list[str]], Vectors]
"""Texts -> rows of unit length, (texts, dim)."""

HELD_OUT_NEWS = "newstest2013"
EVERYDAY_PAIRS = 1_000
WINDOW = 5
WINDOW_STEP = 4
COVERED = 0.7
"""A window counts as found when it holds this share of the evidence's characters."""

_SENTENCE_END = re.compile(r"(?<=[.!?…»\"”])\s+(?=[A-ZÀ-ÝŒ0-9«\"“—–-])|\n+|(?<=[。！？])")


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Questions and passages; `right[i]` are the passages that answer question i."""

    questions: list[str]
    passages: list[str]
    right: list[frozenset[int]]
    crosslingual: list[bool]


@dataclass(frozen=True, slots=True)
class HeldOut:
    """All held-out sets, and the texts that block a training pair."""

    news: list[Pair]
    everyday: list[Pair]
    piaf: Retrieval
    newswire: Retrieval
    blocked: frozenset[str]

    def blocks(self, pair: Pair) -> bool:
        """Whether one side of the pair stands in a held-out sentence pair."""
        return key(pair.first) in self.blocked or key(pair.second) in self.blocked


def key(text: str) -> str:
    """A text without what does not make it another text: case and white space."""
    return " ".join(text.casefold().split())


def read_held_out(data: Path, newswire: Path) -> HeldOut:
    """Read all held-out sets; `newswire` is the folder of articles behind news.dev."""
    documents = (line for line in read_documents(data) if line.part == HELD_OUT_NEWS)
    news = distinct([Pair(line.english, line.french, HELD_OUT_NEWS) for line in documents])
    pairs = read_parallel(data / "parallel" / "en-fr.tsv.xz")
    tatoeba = distinct([pair for pair in pairs if pair.source == "tatoeba"])
    everyday = random.Random(2013).sample(tatoeba, min(EVERYDAY_PAIRS, len(tatoeba) // 2))
    blocked = frozenset(key(text) for pair in [*news, *everyday] for text in pair[:2])
    return HeldOut(news, everyday, read_piaf(data), read_newswire(data, newswire), blocked)


def distinct(pairs: list[Pair]) -> list[Pair]:
    """The pairs neither of whose sides has come before."""
    first: set[str] = set()
    second: set[str] = set()
    kept = []
    for pair in pairs:
        if key(pair.first) not in first and key(pair.second) not in second:
            kept.append(pair)
        first.add(key(pair.first))
        second.add(key(pair.second))
    return kept


def read_piaf(data: Path) -> Retrieval:
    """Questions of piaf.dev among its distinct contexts."""
    rows = read_rows(data / "qa" / "piaf.dev.jsonl.xz")
    passages = list(dict.fromkeys(row["context"] for row in rows))
    place = {passage: index for index, passage in enumerate(passages)}
    right = [frozenset([place[row["context"]]]) for row in rows]
    return Retrieval([row["question"] for row in rows], passages, right, [False] * len(rows))


def read_newswire(data: Path, newswire: Path) -> Retrieval:
    """Answerable questions of news.dev among windows of all its articles."""
    texts = {path.stem: path.read_text("utf-8") for path in sorted(newswire.glob("*.txt"))}
    passages: list[str] = []
    places: dict[str, list[tuple[int, int, int]]] = {}
    for name, text in texts.items():
        for start, end in windows(text):
            places.setdefault(name, []).append((len(passages), start, end))
            passages.append(" ".join(text[start:end].split()))
    rows = [row for row in read_rows(data / "qa" / "news.dev.jsonl") if row.get("evidence")]
    right = []
    for row in rows:
        begin = texts[row["article"]].index(row["evidence"])
        stop, needed = begin + len(row["evidence"]), COVERED * len(row["evidence"])
        found = places[row["article"]]
        right.append(frozenset(p for p, s, e in found if min(e, stop) - max(s, begin) >= needed))
    crosslingual = [row["type"] == "crosslingual" for row in rows]
    return Retrieval([row["question"] for row in rows], passages, right, crosslingual)


def sentences(text: str) -> list[tuple[int, int]]:
    """A simple split, good enough to measure with: (start, end) of each sentence."""
    cuts = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    return [(a, b) for a, b in itertools.pairwise(cuts) if text[a:b].strip()]


def windows(text: str) -> list[tuple[int, int]]:
    """Overlapping runs of sentences, (start, end) in characters."""
    spans = sentences(text)
    last = max(len(spans) - WINDOW, 0)
    starts = [*range(0, last, WINDOW_STEP), last]
    return [(spans[s][0], spans[min(s + WINDOW, len(spans)) - 1][1]) for s in starts]


def smaller(held_out: HeldOut, pairs: int = 500, every: int = 4) -> HeldOut:
    """A part of the same sets, for models that are slow: the right passages and some others."""
    full = held_out.newswire
    right = set().union(*full.right)
    kept = [p for p in range(len(full.passages)) if p in right or p % every == 0]
    place = {passage: index for index, passage in enumerate(kept)}
    part = Retrieval(
        full.questions,
        [full.passages[p] for p in kept],
        [frozenset(place[p] for p in found) for found in full.right],
        full.crosslingual,
    )
    news, everyday = held_out.news[:pairs], held_out.everyday[:pairs]
    return HeldOut(news, everyday, held_out.piaf, part, held_out.blocked)


def matched(encode: Encode, pairs: list[Pair]) -> NDArray[np.float32]:
    """1 where a sentence's nearest on the other side is its translation; both directions."""
    first = encode([pair.first for pair in pairs])
    second = encode([pair.second for pair in pairs])
    scores = first @ second.T
    own = np.arange(len(pairs))
    both = [scores.argmax(1) == own, scores.argmax(0) == own]
    return np.concatenate(both).astype(np.float32)


def ranks(encode: Encode, task: Retrieval) -> NDArray[np.int64]:
    """Rank, from 1, of the first right passage for each question."""
    scores = encode(task.questions) @ encode(task.passages).T
    best = [
        max((row[p] for p in right), default=-2.0)
        for row, right in zip(scores, task.right, strict=True)
    ]
    found: NDArray[np.int64] = 1 + (scores > np.asarray(best)[:, None]).sum(1)
    return found


def measure(encode: Encode, held_out: HeldOut) -> Figures:
    """Every held-out figure as the values it is the mean of, one a question or sentence."""
    figures = {
        "everyday": matched(encode, held_out.everyday),
        "news": matched(encode, held_out.news),
    }
    piaf, newswire = ranks(encode, held_out.piaf), ranks(encode, held_out.newswire)
    crosslingual = newswire[np.asarray(held_out.newswire.crosslingual, dtype=bool)]
    for name, found in (("piaf", piaf), ("newswire", newswire), ("crosslingual", crosslingual)):
        for depth in (1, 5):
            figures[f"{name}@{depth}"] = (found <= depth).astype(np.float32)
    return figures


def show(figures: Figures) -> str:
    """The means on one line."""
    return "  ".join(f"{name} {values.mean():.3f}" for name, values in figures.items())


def interval(values: NDArray[np.float32], draws: int = 2_000) -> tuple[float, float]:
    """95 % bootstrap interval of the mean (Efron 1979, percentiles)."""
    rng = np.random.default_rng(0)
    means = [rng.choice(values, len(values)).mean() for _ in range(draws)]
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)
