"""Whether the right passage is found: success, recall, MRR and nDCG, with confidence intervals.

The measures are those of `ir_measures`; a question for which nothing is found scores zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import ir_measures
import numpy as np

from rag.retrieve import DEPTH, HITS, fuse, search_vector, search_words
from rag.understand import understand

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from eval.questions import Labelled
    from index.types import Embedder, Hit, Store

# Success@k: a right passage is among the first k. Recall differs from it where two overlapping
# passages hold the evidence.
MEASURES: Final = ("Success@1", "Success@5", "Success@20", "R@5", "RR@20", "nDCG@10")
ARMS: Final = ("lexical", "dense", "fused")
RESAMPLES: Final = 2_000


@dataclass(frozen=True, slots=True)
class Score:
    """A mean over questions, with its 95 % bootstrap interval (Efron 1979)."""

    mean: float
    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class Scored:
    """For one question and one arm, the value of each measure."""

    question: Labelled
    arm: str
    values: dict[str, float]


def score(store: Store, embedder: Embedder, questions: Sequence[Labelled]) -> list[Scored]:
    """Every answerable question, by each arm."""
    asked = [question for question in questions if question.evidence]
    ranked = {question.id: rankings(store, embedder, question) for question in asked}
    qrels = [qrel for question in asked for qrel in _relevant(store, question)]
    scored: list[Scored] = []
    for arm in ARMS:
        values = _measure(asked, qrels, {key: arms[arm] for key, arms in ranked.items()})
        scored += [Scored(question, arm, values[question.id]) for question in asked]
    return scored


def rankings(store: Store, embedder: Embedder, question: Labelled) -> dict[str, list[Hit]]:
    """The first `HITS` passages of each arm."""
    asked = understand(question.text)
    words = search_words(store, asked, DEPTH)
    vectors = search_vector(store, embedder, asked, DEPTH)
    return {
        "lexical": words[:HITS],
        "dense": vectors[:HITS],
        "fused": fuse(words, vectors)[:HITS],
    }


def _relevant(store: Store, question: Labelled) -> list[ir_measures.Qrel]:
    """The passages that hold the evidence: two, where they overlap in it."""
    evidence = question.evidence
    if evidence is None:
        return []
    held = [p for p in store.passages(evidence.article) if evidence.is_held_by(p)]
    return [ir_measures.Qrel(question.id, passage.id, 1) for passage in held]


def _measure(
    questions: Sequence[Labelled], qrels: list[ir_measures.Qrel], ranked: dict[str, list[Hit]]
) -> dict[str, dict[str, float]]:
    """Question id -> measure -> value."""
    run = [
        ir_measures.ScoredDoc(question.id, hit.passage.id, float(-rank))
        for question in questions
        for rank, hit in enumerate(ranked[question.id])
    ]
    values = {question.id: dict.fromkeys(MEASURES, 0.0) for question in questions}
    for metric in ir_measures.iter_calc(map(ir_measures.parse_measure, MEASURES), qrels, run):
        values[metric.query_id][str(metric.measure)] = float(metric.value)
    return values


def mean(values: Sequence[float]) -> Score:
    """The mean with its 95 % interval, by resampling the questions."""
    data = np.asarray(values, dtype=np.float64)
    if not len(data):
        return Score(0.0, 0.0, 0.0, 0)
    picks = np.random.default_rng(0).integers(0, len(data), (RESAMPLES, len(data)))
    low, high = np.percentile(data[picks].mean(axis=1), (2.5, 97.5))
    return Score(float(data.mean()), float(low), float(high), len(data))


def groups(scored: Sequence[Scored]) -> dict[str, list[Scored]]:
    """All questions, then those of each type and of each language."""
    kinds: list[tuple[str, Callable[[Scored], str]]] = [
        ("type", lambda row: row.question.type),
        ("language", lambda row: row.question.language),
    ]
    found = {"all": list(scored)}
    for kind, key in kinds:
        names = sorted({key(row) for row in scored})
        for name in names if len(names) > 1 else ():
            found[f"{kind} {name}"] = [row for row in scored if key(row) == name]
    return found
