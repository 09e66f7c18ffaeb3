"""An evaluation as files, for other people's tools and for looking into: TREC, BEIR, JSON lines."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from eval.beir import write_beir
from eval.benchmark import article_of
from eval.rows import write_rows
from eval.trec import write_qrels, write_run
from rag.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from eval.asking import Asked
    from eval.benchmark import Benchmark
    from eval.figures import Scored
    from eval.measures import Run
    from eval.misses import Miss
    from index.store import Library

_UNSAFE = re.compile(r"[^\w.-]+")


def write_runs(  # noqa: PLR0913, PLR0917 - all that an evaluation knows
    folder: Path,
    benchmark: Benchmark,
    runs: Mapping[str, Run],
    asked: Sequence[Asked],
    scored: Sequence[Scored],
    misses: Iterable[Miss],
    library: Library,
) -> None:
    """run.ARM.txt for each arm, qrels.txt, answers.jsonl, misses.jsonl, and beir/."""
    folder.mkdir(parents=True, exist_ok=True)
    for arm, run in runs.items():
        name = _UNSAFE.sub("-", arm).strip("-")
        write_run(folder / f"run.{name}.txt", run, f"depeche-{name}")
    write_qrels(folder / "qrels.txt", benchmark.relevant)
    write_rows(
        folder / "answers.jsonl",
        (_row(each, row) for each, row in zip(asked, scored, strict=True)),
    )
    write_rows(folder / "misses.jsonl", map(asdict, misses))
    write_beir(folder / "beir", library.articles(), benchmark.questions, _of_articles(benchmark))


def _row(asked: Asked, scored: Scored) -> dict[str, Any]:
    """The answer as everywhere, with what it is worth."""
    row = record(asked.answer, sum(asked.seconds.values()), asked.question.id)
    values = {"type": asked.question.type, "values": scored.answer, "arms": scored.arms}
    return row | values | {"stages": asked.seconds}


def _of_articles(benchmark: Benchmark) -> dict[str, dict[str, int]]:
    """The judgements, of whole articles."""
    if benchmark.whole_articles:
        return {question: dict(grades) for question, grades in benchmark.relevant.items()}
    return {
        question: {article_of(passage): grade for passage, grade in grades.items()}
        for question, grades in benchmark.relevant.items()
    }
