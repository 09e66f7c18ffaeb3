"""Passages ranked by what was read in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.types import Article, Hit, Passage
from rag.rank import ranked
from rag.types import Span

ARTICLES = [Article(str(n), f"Titre {n}", "Un texte. Un autre.", "fr") for n in range(6)]
PASSAGES = [Passage(article, 0, 9) for article in ARTICLES]
scores = st.floats(-5, 15, width=16)


def span(place: int, score: float) -> Span:
    return Span(PASSAGES[place], 0, 8, score)


@given(st.lists(st.tuples(st.integers(0, 5), scores), max_size=12), st.permutations(range(6)))
def test_each_passage_once_read_ones_first_scores_falling(
    read: list[tuple[int, float]], order: list[int]
) -> None:
    hits = [Hit(PASSAGES[place], 1 - rank / 10) for rank, place in enumerate(order)]
    spans = sorted((span(place, score) for place, score in read), key=lambda s: -s.score)
    found = ranked(hits, spans)
    assert sorted(h.passage.id for h in found) == sorted(h.passage.id for h in hits)
    assert [h.score for h in found] == sorted((h.score for h in found), reverse=True)
    assert all(0 <= h.score <= 1 for h in found)
    best = list(dict.fromkeys(s.passage.id for s in spans))
    assert {h.passage.id for h in found[: len(best)]} == set(best)
    unread = [h.passage for h in hits if h.passage.id not in best]
    assert [h.passage for h in found[len(best) :]] == unread


def test_the_best_sentence_leads() -> None:
    hits = [Hit(PASSAGES[0], 0.9), Hit(PASSAGES[1], 0.8), Hit(PASSAGES[2], 0.7)]
    found = ranked(hits, [span(1, 12.0), span(0, 5.0)])
    assert [h.passage.article.id for h in found] == ["1", "0", "2"]
