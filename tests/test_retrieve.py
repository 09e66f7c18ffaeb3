from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build import add_articles
from index.store import create_library, open_library
from index.types import Article, Hit, Passage
from rag.retrieve import DEPTH, HITS, fuse, retrieve, search_vector, search_words
from rag.understand import understand

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from index.store import Library
    from index.types import Embedder, Vectors

ARTICLE = Article("long", "Long", "mot " * 400, "fr")
LINES = [Passage(ARTICLE, at, at + 3) for at in range(0, 800, 4)]
CORPUS_QUESTION = "Combien de soldats la Corée du Nord a-t-elle envoyés ?"
scores = st.floats(0, 1, width=16)
arm = st.lists(st.tuples(st.sampled_from(LINES), scores), max_size=DEPTH, unique_by=lambda t: t[0])


@pytest.fixture(scope="module")
def library(corpus_library: Path) -> Iterator[Library]:
    opened = open_library(corpus_library)
    yield opened
    opened.close()


def hits(rows: list[tuple[Passage, float]]) -> list[Hit]:
    found = [Hit(passage, score) for passage, score in rows]
    return sorted(found, key=lambda hit: -hit.score)


def test_twenty_passages_are_found_best_first(library: Library, embedder: Embedder) -> None:
    found = retrieve(library, embedder, understand(CORPUS_QUESTION))
    assert len(found) == HITS
    assert len({hit.passage.id for hit in found}) == HITS
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)
    assert found[0].passage.article.id == "2024-10-31-washington-seoul-dissuasion"
    assert retrieve(library, embedder, understand(CORPUS_QUESTION), 3) == found[:3]


def test_what_no_word_finds_is_found_by_its_meaning(library: Library, embedder: Embedder) -> None:
    question = understand("wolf population census")
    assert not search_words(library, question)
    names = [hit.passage.article.id for hit in retrieve(library, embedder, question, 5)]
    assert "2024-07-23-comptage-loups-haute-aune" in names


def test_eight_threads_find_what_one_finds(library: Library, embedder: Embedder) -> None:
    titles = [article.title for article in library.articles()][:25]
    alone = {title: retrieve(library, embedder, understand(title)) for title in titles}
    with ThreadPoolExecutor(8) as pool:
        found = pool.map(lambda t: retrieve(library, embedder, understand(t)), titles * 8)
    for title, hits in zip(titles * 8, found, strict=True):
        assert [hit.passage.id for hit in hits] == [hit.passage.id for hit in alone[title]]


class Speechless:
    """An embedder that knows no token of any question."""

    name = "speechless"
    dim = 256

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return np.zeros((len(texts), self.dim), np.float32)

    def embed_question(self, text: str) -> Vectors:
        return self.embed_passages([text])


def test_a_question_without_a_vector_is_searched_by_words(library: Library) -> None:
    question = understand(CORPUS_QUESTION)
    assert search_vector(library, Speechless(), question) == []
    by_words = search_words(library, question)
    found = retrieve(library, Speechless(), question)
    assert found[0].passage == by_words[0].passage
    assert {hit.passage.id for hit in found} <= {hit.passage.id for hit in by_words}


def test_what_is_searched_is_the_standalone_question(library: Library, embedder: Embedder) -> None:
    question = understand(
        "Et celui du Japon ?", ["Quel est le budget de la défense de la France ?"]
    )
    alone = replace(question, text="something else")
    assert retrieve(library, embedder, question) == retrieve(library, embedder, alone)


def test_a_library_smaller_than_asked_gives_all_it_has(tmp_path: Path, embedder: Embedder) -> None:
    small = create_library(tmp_path)
    articles = [Article(name, name, f"Une dépêche sur {name}.", "fr") for name in ("a", "b")]
    add_articles(small, embedder, articles)
    found = retrieve(small, embedder, understand("Que dit la dépêche ?"))
    assert {hit.passage.article.id for hit in found} == {"a", "b"}
    small.close()


@given(arm, arm)
def test_the_fused_ranking_has_every_passage_once_best_first(
    words: list[tuple[Passage, float]], vectors: list[tuple[Passage, float]]
) -> None:
    fused = fuse(hits(words), hits(vectors))
    ids = [hit.passage.id for hit in fused]
    assert sorted(ids) == sorted({passage.id for passage, _ in (*words, *vectors)})
    assert [(-hit.score, hit.passage.id) for hit in fused] == sorted(
        (-hit.score, hit.passage.id) for hit in fused
    )
    assert all(0 <= hit.score <= 1 for hit in fused)


@given(arm, arm)
def test_better_in_both_arms_is_better_fused(
    words: list[tuple[Passage, float]], vectors: list[tuple[Passage, float]]
) -> None:
    by_words = {passage.id: score for passage, score in words}
    by_vector = {passage.id: score for passage, score in vectors}
    both = [
        (by_words[hit.passage.id], by_vector[hit.passage.id])
        for hit in fuse(hits(words), hits(vectors))
        if hit.passage.id in by_words and hit.passage.id in by_vector
    ]
    for at, (word, vector) in enumerate(both):
        assert not any(w > word and v > vector for w, v in both[at + 1 :])


def test_one_arm_alone_keeps_its_order() -> None:
    found = hits([(LINES[0], 0.2), (LINES[1], 0.9), (LINES[2], 0.5)])
    for fused in (fuse(found, []), fuse([], found)):
        assert [hit.passage for hit in fused] == [LINES[1], LINES[2], LINES[0]]
    assert fuse([], []) == []
