"""`depeche eval`: asks once, then prints the figures and writes what was asked for.

Progress goes to standard error.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import track
from rich.table import Table

from eval.benchmark import open_benchmark
from eval.bootstrap import mean
from eval.conversations import conversation_figures, score_conversations
from eval.evaluate import ask_all, figures_of, runs_of, score
from eval.html import write_html
from eval.measures import MEASURES, measure
from eval.runs import write_runs
from eval.tables import Grid, cell, grids, title_of
from eval.trec import read_qrels, read_run
from index.embed import EMBEDDED, open_encoder
from rag.chain import chain_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from eval.benchmark import Benchmark
    from eval.figures import Figures
    from eval.measures import Run
    from index.store import Library

WIDE = 170  # columns, where the output is not a terminal


def evaluate(  # noqa: PLR0913 - what there is to choose
    questions: Path,
    articles: Path | None = None,
    encoder: str | None = None,
    *,
    qrels: Path | None = None,
    conversations: Path | None = None,
    peers: bool = False,
    runs: Path | None = None,
) -> Figures:
    """Index the articles into a library of the moment, ask each question once, and score.

    :param articles: None when the questions bring their own contexts, or are a BEIR folder
    :param conversations: follow-ups over the same articles
    :param runs: where rankings, judgements, answers and misses are written
    :raises InputError: a file cannot be used, or a peer is not installed
    """
    if peers:
        from eval.peers import check_peers

        check_peers()
    embedder = open_encoder(encoder or EMBEDDED, may_fetch=encoder is not None)
    with open_benchmark(questions, articles, embedder, qrels) as (library, benchmark):
        chain = chain_of(library, embedder)
        steps = ask_all(chain, benchmark)
        asked = list(_followed(steps, "asking", len(benchmark.questions)))
        ranked = runs_of(asked, benchmark) | (_peers(library, benchmark) if peers else {})
        followed = {}
        if conversations:
            followed = conversation_figures(score_conversations(conversations, chain))
        scored = score(library, benchmark, asked, ranked)
        figures = figures_of(library, benchmark, asked, scored, followed)
        if runs:
            write_runs(runs, benchmark, ranked, asked, scored, figures.misses, library)
    return figures


def _peers(library: Library, benchmark: Benchmark) -> dict[str, Run]:
    """Rankings of other people's search over the same passages."""
    from eval.peers import peer_runs

    passages = [p for a in library.articles() for p in library.passages(a.id)]
    return {
        peer: {question: benchmark.documents(found) for question, found in run.items()}
        for peer, run in peer_runs(passages, benchmark.questions).items()
    }


def show_evaluation(figures: Figures, *, every: bool, as_json: bool, html: Path | None) -> None:
    """Print the figures, as tables or as JSON; a report beside, where asked for."""
    found = plain(figures)
    if html:
        write_html(html, found)
    if as_json:
        sys.stdout.write(json.dumps(without_texts(found), indent=1) + "\n")
    else:
        _print(title_of(found["about"]), grids(found, every=every))


def show_run(run: Path, qrels: Path, *, as_json: bool) -> None:
    """Score a TREC run against judgements; neither need be ours.

    :raises InputError: a line of one cannot be used
    """
    values = list(measure(read_qrels(qrels), read_run(run), as_ranked=False).values())
    scores = {name: asdict(mean([row[name] for row in values])) for name in MEASURES}
    if as_json:
        sys.stdout.write(json.dumps({"retrieval": scores}, indent=1) + "\n")
        return
    rows = tuple((name, cell(scored)) for name, scored in scores.items())
    _print(f"{run.name}: {len(values):,} questions judged", [Grid("", ("measure", "value"), rows)])


def plain(figures: Figures) -> dict[str, Any]:
    """The figures as JSON has them, to four digits."""
    rounded: dict[str, Any] = json.loads(json.dumps(asdict(figures)), parse_float=_rounded)
    return rounded


def without_texts(found: dict[str, Any]) -> dict[str, Any]:
    """The figures alone: what went wrong is for the report and the files of a run."""
    return {name: value for name, value in found.items() if name != "misses"}


def _rounded(digits: str) -> float:
    return round(float(digits), 4)


def _print(title: str, found: Sequence[Grid]) -> None:
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=WIDE)
    console.print(title, style="bold", markup=False)
    for grid in found:
        table = Table(
            title=grid.title or None, title_justify="left", box=SIMPLE_HEAD, pad_edge=False
        )
        for number, column in enumerate(grid.columns):
            table.add_column(
                column, justify="left" if number < grid.labels else "right", overflow="fold"
            )
        before = ""
        for row in grid.rows:
            if before and row[0] != before and grid.labels > 2:  # noqa: PLR2004 - groups of arms
                table.add_section()
            before = row[0]
            table.add_row(*row)
        console.print(table)


def _followed(steps: Any, what: str, total: int) -> Any:  # noqa: ANN401 - whatever is followed
    console = Console(stderr=True)
    return track(
        steps, what, total, console=console, transient=True, disable=not console.is_terminal
    )
