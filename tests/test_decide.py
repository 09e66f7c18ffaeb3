"""How probable it is that the best sentence answers, and what that is worth saying."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.chunk import chunk
from index.types import Article, Hit, Passage
from rag.chain import open_chain
from rag.decide import chance, confidence, status_of
from rag.types import Span
from rag.understand import understand

if TYPE_CHECKING:
    from pathlib import Path

SIGNED = Article("accord", "Un accord", "Le port a embauché 340 dockers. Le maire est venu.", "fr")
REPEATED = Article("bilan", "Un bilan", "Trois cent quarante dockers ont été embauchés.", "fr")
OTHER = Article("autre", "Un autre bilan", "Neuf cent vingt dockers ont été embauchés.", "fr")
DOCKERS = understand("Combien de dockers ont été embauchés ?")
scores = st.floats(-5, 15, width=16)


def span(score: float, alone: float = 0.0) -> Span:
    return Span(Passage(SIGNED, 0, 31), 19, 22, score, alone)


@given(scores, scores)
def test_a_better_score_is_never_less_probable(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= chance(span(low)) <= chance(span(high)) <= 1


@given(st.lists(scores, min_size=1, max_size=9), scores, scores)
def test_rivals_and_doubts_never_make_an_answer_surer(
    rivals: list[float], one: float, other: float
) -> None:
    low, high = (span(max(rivals), alone) for alone in sorted((one, other)))
    beside = [span(score) for score in rivals]
    assert 0 <= confidence(low, beside) <= confidence(high, beside) <= 1
    assert confidence(low, beside) <= confidence(low, beside[1:])
    assert confidence(low, beside, elsewhere=True) <= confidence(low, beside)


def test_an_article_that_says_the_same_speaks_for_the_answer(corpus_library: Path) -> None:
    reader = open_chain(corpus_library).reader

    def sure(*articles: Article) -> float:
        hits = [Hit(passage, 1.0) for article in articles for passage in chunk(article)]
        return reader.confidence(DOCKERS, reader.read(DOCKERS, hits))

    assert sure(SIGNED, REPEATED) > sure(SIGNED, OTHER)


@pytest.mark.parametrize("sure", [0.0, 0.3, 0.8, 0.97])
def test_the_risk_is_the_users(sure: float) -> None:
    assert (status_of(sure, 0.05) == "answered") == (sure >= 0.95)
    assert status_of(sure, 1.0) == "answered"
