from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.answers import f1, score_answers, words
from eval.questions import Labelled, label
from rag.chain import open_chain

QUESTIONS = Path(__file__).parent / "data" / "corpus-questions.jsonl"


@pytest.mark.parametrize(
    ("said", "wanted", "score"),
    [
        ("La ville de Genève", "ville Genève", 1.0),
        ("10 000 soldats", "10 000", 0.8),
        ("Paris", "Genève", 0.0),
        ("", "Genève", 0.0),
    ],
)
def test_words_that_an_answer_shares(said: str, wanted: str, score: float) -> None:
    assert f1(words(said), words(wanted)) == pytest.approx(score)


def test_answers_are_scored_by_their_evidence_and_refusals_by_theirs(
    corpus_library: Path,
) -> None:
    chain = open_chain(corpus_library)
    [row] = [
        json.loads(line)
        for line in QUESTIONS.read_text(encoding="utf-8").splitlines()
        if '"c001"' in line
    ]
    texts = {article.id: article.text for article in chain.library.articles()}
    [known] = label([row], texts)
    assert known.evidence
    elsewhere = replace(known, id="2", evidence=replace(known.evidence, article="another"))
    nothing = Labelled("3", "unanswerable", "fr", "Zxq vlorp brindezingue ?", (), None)
    scored = score_answers(chain, [known, elsewhere, nothing])
    right = {"evidence@1": 1.0, "exact": 1.0, "F1": 1.0, "answered": 1.0, "right": 1.0}
    assert scored[0].values == right
    assert scored[1].values == right | {"evidence@1": 0.0, "right": 0.0}
    assert scored[2].values == {"refused": 1.0}
