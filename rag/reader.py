"""Finds the words that answer: the best sentence of the passages found, and in it the best span.

The reading model says how well each passage answers and where; what retrieval knows (the passage's
score, the question's words, the sentence's vector) is added to it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from index.words import terms, word_groups
from rag.types import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from index.types import Embedder, Hit
    from rag.reading_model import ReadingModel, SentenceRead
    from rag.types import Question

# Passages are read in the order found, at least the first four, then on until one answers with this
# logit: with an early state of the model 8 passages on average, 4 at the median, and the right
# sentence of news.dev first as often as when all 16 were read (45.6 and 44.8 %).
READ_AT_LEAST: Final = 4
READ_AT_MOST: Final = 16
ANSWERS: Final = 1.0
# Weights beside the model's own two logits; the best of a dozen on news.dev, with an early state of
# the model: found 40.4 %, all three 44.8 %; the next ones differed by a point.
FOUND_WEIGHT: Final = 6.0  # the passage's score as a share of the best one's
OVERLAP_WEIGHT: Final = 3.0  # the question's words in the sentence, by their rarity here
MEANING_WEIGHT: Final = 4.0  # the sentence's vector beside the question's


class EmbeddedReader:
    """Reads with the shipped model; threads may share it."""

    def __init__(self, embedder: Embedder, model: ReadingModel) -> None:
        self._embedder = embedder
        self._model = model

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Span]:
        """A span for each sentence of the passages read, best first; scores are logits."""
        found = {hit.passage.id: hit.score for hit in hits}
        best = max(found.values(), default=0.0) or 1.0
        read = self._read(question, hits)
        once: dict[tuple[str, int], SentenceRead] = {}  # passages overlap
        for sentence in sorted(read, key=lambda s: -s.relevance):
            once.setdefault((sentence.passage.article.id, sentence.start), sentence)
        sentences = list(once.values())
        meanings = self._meanings(question, sentences)
        overlaps = _overlaps(question, sentences)
        spans = [
            Span(
                s.passage,
                s.answer[0],
                s.answer[1],
                s.relevance
                + s.span_logit
                + FOUND_WEIGHT * found[s.passage.id] / best
                + OVERLAP_WEIGHT * overlap
                + MEANING_WEIGHT * float(meaning),
            )
            for s, meaning, overlap in zip(sentences, meanings, overlaps, strict=True)
        ]
        return sorted(spans, key=lambda span: (-span.score, span.passage.id, span.start))

    def _read(self, question: Question, hits: Sequence[Hit]) -> list[SentenceRead]:
        """The sentences of the passages worth reading."""
        read: list[SentenceRead] = []
        for rank, hit in enumerate(hits[:READ_AT_MOST]):
            if (
                rank >= READ_AT_LEAST
                and max((s.relevance for s in read), default=-math.inf) >= ANSWERS
            ):
                break
            read += self._model.read(question.standalone, hit.passage)
        return read

    def _meanings(
        self, question: Question, sentences: Sequence[SentenceRead]
    ) -> NDArray[np.float32]:
        """Cosines of the sentences' vectors and the question's."""
        asked = self._embedder.embed_question(question.standalone)[0]
        cosines: NDArray[np.float32] = self._embedder.embed_passages(_texts(sentences)) @ asked
        return cosines


def _overlaps(question: Question, sentences: Sequence[SentenceRead]) -> list[float]:
    """For each sentence, the share of the question's words that it has, weighted by rarity here."""
    languages = [s.passage.article.language for s in sentences]
    others = tuple(sorted(set(languages) - {question.language}))
    groups = word_groups(question.standalone, question.language, others)
    texts = _texts(sentences)
    having = [set(terms(text, lang)) for text, lang in zip(texts, languages, strict=True)]
    counts = [sum(not have.isdisjoint(group) for have in having) for group in groups]
    weights = [math.log(1 + (len(texts) - n + 0.5) / (n + 0.5)) for n in counts]
    total = sum(weights) or 1.0
    return [
        sum(w for g, w in zip(groups, weights, strict=True) if not have.isdisjoint(g)) / total
        for have in having
    ]


def _texts(sentences: Sequence[SentenceRead]) -> list[str]:
    return [s.passage.article.text[s.start : s.end] for s in sentences]
