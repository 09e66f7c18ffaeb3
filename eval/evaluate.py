"""From a benchmark and a chain to its figures, in one pass over the questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eval.answers import measure_answer
from eval.asking import ARMS, Asked, Interview
from eval.citations import measure_citations
from eval.figures import (
    Figures,
    Scored,
    answer_figures,
    language_figures,
    retrieval_figures,
)
from eval.measures import measure
from eval.misses import miss_of
from eval.refusal import measure_refusal
from eval.timing import stage_times

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from eval.benchmark import Benchmark
    from eval.bootstrap import Score
    from eval.measures import Run
    from index.store import Library
    from rag.chain import Chain


def ask_all(chain: Chain, benchmark: Benchmark) -> Iterator[Asked]:
    """Each question once."""
    interview = Interview(chain)
    for question in benchmark.questions:
        yield interview.ask(question)


def runs_of(asked: Sequence[Asked], benchmark: Benchmark) -> dict[str, Run]:
    """Arm -> question -> ranking, of passages or, where relevance is theirs, of whole articles."""
    return {
        arm: {a.question.id: benchmark.documents(a.rankings[arm]) for a in asked} for arm in ARMS
    }


def score(
    library: Library, benchmark: Benchmark, asked: Sequence[Asked], runs: Mapping[str, Run]
) -> list[Scored]:
    """Every question's values.

    :param runs: arms to be scored, ours and those of peers
    """
    arms = {arm: measure(benchmark.relevant, run) for arm, run in runs.items()}
    return [
        Scored(
            each.question,
            {arm: v[each.question.id] for arm, v in arms.items() if each.question.id in v},
            {}
            if benchmark.whole_articles
            else measure_answer(each) | measure_citations(each, library.article),
        )
        for each in asked
    ]


def figures_of(
    library: Library,
    benchmark: Benchmark,
    asked: Sequence[Asked],
    scored: Sequence[Scored],
    conversations: Mapping[str, dict[str, Score]],
) -> Figures:
    """All figures, and what went wrong."""
    times = stage_times([each.seconds for each in asked])
    found = retrieval_figures(scored)
    if benchmark.whole_articles:
        return Figures(benchmark.about, found, {}, None, (), times, dict(conversations), ())
    misses = [
        miss_of(each, benchmark.relevant.get(each.question.id, {}), library.article)
        for each in asked
    ]
    return Figures(
        benchmark.about,
        found,
        answer_figures(scored),
        measure_refusal(
            [each.answer.confidence for each in asked],
            [row.answer.get("evidence@1", 0.0) for row in scored],
        ),
        language_figures(scored, {a.id: a.language for a in library.articles()}),
        times,
        dict(conversations),
        tuple(miss for miss in misses if miss),
    )
