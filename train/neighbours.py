"""Passages that look like an answer and are none: the nearest by words and by vectors."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from train.corpus import encode
from train.encoder_folder import embed
from train.reading import Reading

DEPTH = 12
"""Neighbours kept of each kind."""
K1, B = 1.2, 0.75
"""Robertson & Zaragoza 2009, the usual values."""
CHUNK = 512


class Words:
    """BM25 over token ids: good enough to find what shares rare words with a question."""

    def __init__(self, texts: Sequence[Sequence[int]], entries: int) -> None:
        lengths = np.asarray([len(text) for text in texts])
        owner = np.repeat(np.arange(len(texts)), lengths)
        flat = np.concatenate([np.asarray(text, np.int64) for text in texts])
        pairs, counts = np.unique(flat * len(texts) + owner, return_counts=True)
        token, self.owner = pairs // len(texts), pairs % len(texts)
        self.starts = np.searchsorted(token, np.arange(entries + 1))
        seen = np.diff(self.starts)
        rarity = np.log(1 + (len(texts) - seen + 0.5) / (seen + 0.5))
        fill = K1 * (1 - B + B * lengths / lengths.mean())
        self.weight = (rarity[token] * counts * (K1 + 1) / (counts + fill[self.owner])).astype(
            np.float32
        )
        self.size = len(texts)

    def best(self, question: Sequence[int], depth: int) -> NDArray[np.int64]:
        """The passages that score highest, in no order."""
        scores = np.zeros(self.size, np.float32)
        for token in set(question):
            span = slice(self.starts[token], self.starts[token + 1])
            scores[self.owner[span]] += self.weight[span]
        return np.argpartition(-scores, depth)[:depth]


def known_neighbours(reading: Reading, encoder: Path, folder: Path) -> list[list[int]]:
    """`neighbours`, kept in `folder` until there are more problems or fewer."""
    path = folder / "neighbours.json"
    known: list[list[int]] = json.loads(path.read_text("ascii")) if path.exists() else []
    if len(known) != len(reading.problems):
        known = list(neighbours(reading, encoder))
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(known), "ascii")
    return known


def neighbours(reading: Reading, encoder: Path) -> Iterator[list[int]]:
    """For each problem the passages near its question that do not hold its answer.

    Those of its own document come twice: they are the hardest.
    """
    encoding = reading.encoding
    words = Words([passage.ids for passage in reading.passages], encoding.n_vocab)
    passages = embed(encoder, encoding, [passage.text for passage in reading.passages])
    lowered = [passage.text.casefold() for passage in reading.passages]
    for start in range(0, len(reading.problems), CHUNK):
        problems = reading.problems[start : start + CHUNK]
        questions = [problem.question for problem in problems]
        scores = embed(encoder, encoding, questions) @ passages.T
        near = np.argpartition(-scores, DEPTH, axis=1)[:, :DEPTH]
        cut = encode(encoding, questions)
        for place, problem in enumerate(problems):
            lexical = words.best([int(token) for token in cut[place]], DEPTH)
            answering = {span.passage for span in problem.spans}
            wanted = problem.answer.casefold()
            candidates = [*near[place], *lexical, *problem.own, *problem.own]
            yield [
                int(p)
                for p in candidates
                if p not in answering and not (wanted and wanted in lowered[p])
            ]
