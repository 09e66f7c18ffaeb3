"""Passages for a question: by words, by vectors, and both in one ranking.

Knows nothing of answers; what it ranks is measured by `depeche eval`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from index.types import ALL, Hit
from rag.in_period import narrowed, prefer
from rag.origins import collapse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Embedder, Filters, Store
    from rag.types import Question

DEPTH: Final = 100  # passages taken from each arm
DEEPER: Final = 4  # times as many, where copies leave too few
HITS: Final = 20  # passages in an answer
# Share of the words' score in the fused one. Success@5 on news.dev, piaf.dev and the sample corpus
# was .848, .952, .892 with 0.8, .860, .944, .904 with 0.9, .836, .944, .904 with 0.7; by words
# alone .836, .934, .867.
WORDS_WEIGHT: Final = 0.8


def retrieve(
    store: Store,
    embedder: Embedder,
    question: Question,
    limit: int = HITS,
    filters: Filters = ALL,
) -> list[Hit]:
    """The passages that may answer, best first, one for all copies; scores lie in about 0..1.

    Those of a period that the question names come before others as good.
    """
    depth = DEPTH
    while True:
        by_words = search_words(store, question, depth, filters)
        by_vector = search_vector(store, embedder, question, depth, filters)
        for within in narrowed(filters, question.dates):
            by_words += search_words(store, question, limit, within)
            by_vector += search_vector(store, embedder, question, limit, within)
        found = collapse(store, prefer(fuse(by_words, by_vector), question.dates))
        if len(found) >= limit or max(len(by_words), len(by_vector)) < depth:
            return found[:limit]
        depth *= DEEPER


def search_words(
    store: Store, question: Question, limit: int = DEPTH, filters: Filters = ALL
) -> list[Hit]:
    """The lexical arm alone."""
    return store.search_words(question.standalone, question.language, limit, filters)


def search_vector(
    store: Store,
    embedder: Embedder,
    question: Question,
    limit: int = DEPTH,
    filters: Filters = ALL,
) -> list[Hit]:
    """The dense arm alone."""
    vector = embedder.embed_question(question.standalone)
    return store.search_vector(vector, limit, filters) if vector.any() else []


def fuse(by_words: Sequence[Hit], by_vector: Sequence[Hit]) -> list[Hit]:
    """One ranking: the weighted sum of both scores (convex combination, Bruch et al. 2023).

    Both scores mean the same from question to question (see `LexicalIndex.search`; the other is a
    cosine), so no ranking is stretched: where few words match, as across languages, vectors lead.
    A passage that one arm did not find has that arm's lowest score.
    """
    passages = {hit.passage.id: hit.passage for hit in (*by_words, *by_vector)}
    words = {hit.passage.id: hit.score for hit in by_words}
    vectors = {hit.passage.id: hit.score for hit in by_vector}
    least_words = min(words.values(), default=0.0) if len(words) >= DEPTH else 0.0
    least_vector = min(vectors.values(), default=0.0)
    fused = [
        Hit(
            passage,
            WORDS_WEIGHT * words.get(key, least_words)
            + (1 - WORDS_WEIGHT) * vectors.get(key, least_vector),
        )
        for key, passage in passages.items()
    ]
    return sorted(fused, key=lambda hit: (-hit.score, hit.passage.id))
