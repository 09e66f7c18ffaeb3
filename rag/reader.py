"""Finds the words that answer: the best sentence of the passages, and in it the value asked for.

A first reader, by words and static vectors; it knows the kind of value that a question asks for
(a number, a date, a name), not what the sentence says.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from index.sentences import sentences
from index.words import terms, word_groups
from rag.types import Span
from rag.values import find_value, kind_asked

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from index.types import Article, Embedder, Hit, Passage
    from rag.types import Question

# Weights of a sentence's score: a softmax over the sentences of 20 passages, fitted on 1,200
# questions of news.train and scaled to a sum of 1.
OVERLAP_WEIGHT: Final = 0.29  # the question's words that it has, by their rarity
MEANING_WEIGHT: Final = 0.33  # its vector beside the question's
FOUND_WEIGHT: Final = 0.31  # its passage's score beside the best one's
KIND_WEIGHT: Final = 0.07  # a value of the kind asked for; as much is taken where it is missing
EXACT_WEIGHT: Final = 0.12  # that value counts the very thing asked for


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage, before it is known whether it answers."""

    passage: Passage
    start: int
    end: int
    found: float  # its passage's score as a share of the best one's

    @property
    def text(self) -> str:
        return self.passage.article.text[self.start : self.end]


class SentenceReader:
    """Scores each sentence by its words, its vector, its passage's score and its kind of value."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Span]:
        """A span for each sentence of the passages, best first; scores lie in about 0..1."""
        found = _sentences(hits)
        if not found:
            return []
        texts = [sentence.text for sentence in found]
        overlaps = _overlaps(question, texts, [s.passage.article.language for s in found])
        meanings = self._meanings(question, texts)
        spans = [
            _span(question, sentence, overlap, meaning)
            for sentence, overlap, meaning in zip(found, overlaps, meanings, strict=True)
        ]
        return sorted(spans, key=lambda span: (-span.score, span.passage.id, span.start))

    def _meanings(self, question: Question, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = self._embedder.embed_passages(texts)
        cosines: NDArray[np.float32] = (
            vectors @ self._embedder.embed_question(question.standalone)[0]
        )
        return cosines


@lru_cache(maxsize=512)
def article_sentences(article: Article) -> tuple[tuple[int, int], ...]:
    """Spans of the article's sentences, in order."""
    return tuple(sentences(article.text, article.language))


def sentence_at(article: Article, start: int) -> tuple[int, int]:
    """The sentence that holds this offset."""
    for span in article_sentences(article):
        if span[0] <= start < span[1]:
            return span
    return start, start


def _sentences(hits: Sequence[Hit]) -> list[Sentence]:
    """The sentences of the passages, each once, though passages overlap."""
    best = max((hit.score for hit in hits), default=0.0) or 1.0
    found: dict[tuple[str, int], Sentence] = {}
    for hit in hits:
        passage = hit.passage
        for start, end in article_sentences(passage.article):
            if passage.start <= start and end <= passage.end:
                key = (passage.article.id, start)
                found.setdefault(key, Sentence(passage, start, end, hit.score / best))
    return list(found.values())


def _overlaps(question: Question, texts: Sequence[str], languages: Sequence[str]) -> list[float]:
    """For each sentence, the share of the question's words that it has, weighted by rarity here."""
    others = tuple(sorted(set(languages) - {question.language}))
    groups = word_groups(question.standalone, question.language, others)
    having = [set(terms(text, lang)) for text, lang in zip(texts, languages, strict=True)]
    counts = [sum(not have.isdisjoint(group) for have in having) for group in groups]
    weights = [math.log(1 + (len(texts) - n + 0.5) / (n + 0.5)) for n in counts]
    total = sum(weights) or 1.0
    return [
        sum(w for g, w in zip(groups, weights, strict=True) if not have.isdisjoint(g)) / total
        for have in having
    ]


def _span(question: Question, sentence: Sentence, overlap: float, meaning: float) -> Span:
    kind = kind_asked(question)
    language = sentence.passage.article.language
    value = find_value(question, kind, sentence.text, language) if kind else None
    start, end = (value.start, value.end) if value else (0, len(sentence.text))
    score = (
        OVERLAP_WEIGHT * overlap
        + MEANING_WEIGHT * max(0.0, float(meaning))
        + FOUND_WEIGHT * sentence.found
        + KIND_WEIGHT * ((value is not None) - (kind is not None and value is None))
        + EXACT_WEIGHT * (value is not None and value.exact)
    )
    return Span(sentence.passage, sentence.start + start, sentence.start + end, score)
