"""The figures as a table or as JSON, from questions and articles on disk to what is printed."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from eval.questions import contexts, label, read_rows
from eval.retrieval import ARMS, MEASURES, Scored, groups, mean, score
from index.build import add_articles, build
from index.embed import EMBEDDED, open_encoder
from index.errors import InputError
from index.store import create_library

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eval.questions import Labelled
    from index.store import Library
    from index.types import Embedder


def show_retrieval(
    questions: Path, articles: Path | None, encoder: str | None, *, as_json: bool
) -> None:
    """Index the articles into a library of the moment, ask, and print the figures.

    :param articles: None when the questions bring their own contexts
    """
    embedder = open_encoder(encoder or EMBEDDED)
    with _library(questions, articles, embedder) as (library, asked):
        scored = score(library, embedder, asked)
    if as_json:
        sys.stdout.write(json.dumps(figures(scored), indent=2) + "\n")
    else:
        show(questions, scored)


def figures(scored: Sequence[Scored]) -> dict[str, Any]:
    """Group -> arm -> measure -> mean and interval."""
    return {
        name: {
            arm: {
                measure: asdict(mean([row.values[measure] for row in rows if row.arm == arm]))
                for measure in MEASURES
            }
            for arm in ARMS
        }
        for name, rows in groups(scored).items()
    }


def show(questions: Path, scored: Sequence[Scored]) -> None:
    """One line for each group and arm."""
    table = Table("questions", "n", "arm", *MEASURES, title=f"{questions.name}, 95 % intervals")
    for name, arms in figures(scored).items():
        for arm in ARMS:
            cells = [
                f"{s['mean']:.3f} [{s['low']:.2f}-{s['high']:.2f}]" for s in arms[arm].values()
            ]
            table.add_row(name, str(arms[arm][MEASURES[0]]["count"]), arm, *cells)
        table.add_section()
    Console(width=160).print(table)


@contextmanager
def _library(
    questions: Path, articles: Path | None, embedder: Embedder
) -> Iterator[tuple[Library, list[Labelled]]]:
    rows = read_rows(questions)
    if articles is None and not all("context" in row for row in rows):
        raise InputError(f"{questions} names articles; give their folder as the second argument")
    with TemporaryDirectory(prefix="depeche-eval-") as folder:
        library = create_library(Path(folder))
        if articles is None:
            own, asked = contexts(rows)
            add_articles(library, embedder, own)
        else:
            for _ in build(library, embedder, [articles]):
                pass
            asked = label(rows, {article.id: article.text for article in library.articles()})
        yield library, asked
        library.close()
