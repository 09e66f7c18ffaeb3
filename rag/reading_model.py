"""A small multilingual model that reads a question beside passages (rag/models/reader, its card).

It runs in onnxruntime on the processor; torch is not needed. Knows nothing of retrieval.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from index import models, vocabulary
from index.rows import word_rows
from rag.quote import article_sentences
from rag.windows import window

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from index.types import Passage
    from rag.windows import Window

    Logits = NDArray[np.float32]

FOLDER: Final = Path(__file__).parent / "models" / "reader"
ANSWER_TOKENS: Final = 30  # of the longest span, as in training


@dataclass(frozen=True, slots=True)
class SentenceRead:
    """A sentence, or its part in the passage; offsets into the article's text."""

    passage: Passage
    start: int
    end: int
    answer: tuple[int, int]  # its words that answer best
    span_logit: float  # log-probability that the passage's answer lies in it
    relevance: float  # logit that the passage answers; compares across passages


class ReadingModel:
    """Threads may share it.

    :raises DamagedModelError: its files are not what was shipped
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        models.verify(folder)
        self._rows = word_rows()
        self._session = models.session(folder / "reader.int8.onnx")

    def read(self, question: str, passage: Passage) -> list[SentenceRead]:
        """The whole sentences of the passage, in order."""
        w = window(vocabulary.encode(question), passage)
        given = {"rows": self._rows.of(w.ids), "types": w.types}
        spans, relevance = self._session.run(None, given)
        return list(_sentences(w, passage, spans[0], float(relevance[0])))


def _sentences(
    w: Window, passage: Passage, logits: Logits, relevance: float
) -> Iterator[SentenceRead]:
    """The sentences of one passage.

    :param logits: of being the answer's first and last token, shape (tokens of the window, 2)
    """
    firsts, lasts = logits[w.begin : w.begin + len(w.bounds)].T
    whole = np.logaddexp.reduce(firsts) + np.logaddexp.reduce(lasts)
    bounds = np.array(w.bounds) + passage.start
    for sentence in article_sentences(passage.article):
        # One that is longer than a passage is read in parts.
        start, end = max(sentence[0], passage.start), min(sentence[1], passage.end)
        if start >= end:
            continue
        begin = int(np.searchsorted(bounds, start, side="right"))
        stop = int(np.searchsorted(bounds, end, side="left")) + 1
        if begin < min(stop, len(bounds)):
            sums = _pairs(firsts[begin:stop], lasts[begin:stop])
            first, last = np.unravel_index(sums.argmax(), sums.shape)
            words = w.characters(begin + int(first), begin + int(last))
            answer = _trimmed(passage, *words)
            logit = float(np.logaddexp.reduce(sums, axis=None) - whole)
            yield SentenceRead(passage, start, end, answer, logit, relevance)


def _pairs(firsts: Logits, lasts: Logits) -> Logits:
    """Logits of the spans from each token (row) to each (column), -inf where there is none."""
    count = len(firsts)
    ahead = np.arange(count)[None, :] - np.arange(count)[:, None]
    possible = (ahead >= 0) & (ahead < ANSWER_TOKENS)
    return np.where(possible, firsts[:, None] + lasts[None, :], np.float32(-np.inf))


def _trimmed(passage: Passage, start: int, end: int) -> tuple[int, int]:
    """Offsets into the article's text, without white space or a closing comma at the edges."""
    text = passage.text[start:end]
    words = text.strip(" \u00a0\u202f\n\t,;:«»") or text
    begin = passage.start + start + text.index(words)
    return begin, begin + len(words)
