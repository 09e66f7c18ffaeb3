"""The measures of the field, as `ir_measures` computes them; knows nothing of passages.

A question for which nothing is found scores zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import ir_measures

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    # Question -> document -> grade.
    Relevant: TypeAlias = Mapping[str, Mapping[str, int]]
    # Question -> documents and scores, best first.
    Run: TypeAlias = Mapping[str, Sequence[tuple[str, float]]]

# Success@k: something right is among the first k. Recall differs from it where several passages
# are right: those that overlap in the evidence, and those of copies.
MEASURES: Final = (
    "Success@1", "Success@5", "Success@10", "Success@20", "R@5", "R@10", "R@20", "RR@20", "nDCG@10",
)  # fmt: skip
SHOWN: Final = ("Success@1", "Success@5", "Success@10", "Success@20", "R@5", "RR@20", "nDCG@10")


def measure(relevant: Relevant, run: Run, *, as_ranked: bool = True) -> dict[str, dict[str, float]]:
    """Question -> measure -> value, for each question that has something relevant.

    :param as_ranked: keep the order given; else sort by score, as trec_eval does
    """
    judged = [question for question, grades in relevant.items() if max(grades.values(), default=0)]
    qrels = [
        ir_measures.Qrel(question, document, grade)
        for question in judged
        for document, grade in relevant[question].items()
    ]
    values = {question: dict.fromkeys(MEASURES, 0.0) for question in judged}
    metrics = map(ir_measures.parse_measure, MEASURES)
    scored = _scored({q: run.get(q, ()) for q in judged}, as_ranked=as_ranked)
    for metric in ir_measures.iter_calc(metrics, qrels, scored):
        values[metric.query_id][str(metric.measure)] = float(metric.value)
    return values


def _scored(run: Run, *, as_ranked: bool) -> Iterable[ir_measures.ScoredDoc]:
    return [
        ir_measures.ScoredDoc(question, document, float(-rank) if as_ranked else score)
        for question, found in run.items()
        for rank, (document, score) in enumerate(found)
    ]
