"""What speaks for a sentence as the answer, beside the reading model: one number a signal.

Knows the question, the sentences read and how they were found; weighs nothing.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from index.words import terms, word_groups

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from index.types import Embedder
    from rag.reading_model import SentenceRead
    from rag.types import Question

SIGNALS: Final = (
    "relevance",  # the model's logit that the passage answers
    "span",  # its log-probability that the answer lies in this sentence
    "found",  # the passage's score in the search, as a share of the best one's
    "article",  # the same of the best passage of its article
    "overlap",  # the question's words in the sentence, by their rarity here
    "meaning",  # cosine of the sentence's vector and the question's
)


def signals(
    question: Question,
    sentences: Sequence[SentenceRead],
    found: Mapping[str, float],
    embedder: Embedder,
) -> NDArray[np.float64]:
    """One row a sentence, one column a signal: shape (sentences, len(SIGNALS)).

    :param found: passage id -> score in the search
    """
    best = max(found.values(), default=0.0) or 1.0
    texts = [s.passage.article.text[s.start : s.end] for s in sentences]
    languages = [s.passage.article.language for s in sentences]
    asked = embedder.embed_question(question.standalone)[0]
    articles: dict[str, float] = {}
    for s in sentences:
        article, score = s.passage.article.id, found[s.passage.id]
        articles[article] = max(score, articles.get(article, score))
    columns = (
        [s.relevance for s in sentences],
        [s.span_logit for s in sentences],
        [found[s.passage.id] / best for s in sentences],
        [articles[s.passage.article.id] / best for s in sentences],
        overlaps(question, texts, languages),
        embedder.embed_passages(texts) @ asked,
    )
    return np.stack([np.asarray(column, np.float64) for column in columns], axis=1)


def overlaps(question: Question, texts: Sequence[str], languages: Sequence[str]) -> list[float]:
    """For each text, the share of the question's words that it has, weighted by rarity here."""
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
