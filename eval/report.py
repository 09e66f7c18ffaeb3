"""The figures as a table or as JSON, from questions and articles on disk to what is printed."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from eval import retrieval
from eval.answers import ARM, MEASURES, score_answers
from eval.questions import contexts, label, read_rows
from eval.retrieval import ARMS, Score, Scored, groups, mean, score
from index.build import add_articles, build
from index.embed import EMBEDDED, open_encoder
from index.errors import InputError
from index.store import create_library
from rag.chain import chain_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eval.questions import Labelled
    from index.store import Library
    from index.types import Embedder


def show_evaluation(
    questions: Path, articles: Path | None, encoder: str | None, *, as_json: bool
) -> None:
    """Index the articles into a library of the moment, ask, and print the figures.

    :param articles: None when the questions bring their own contexts
    """
    embedder = open_encoder(encoder or EMBEDDED)
    with _library(questions, articles, embedder) as (library, asked):
        found = figures(score(library, embedder, asked), ARMS, retrieval.MEASURES)
        said = figures(score_answers(chain_of(library, embedder), asked), [ARM], MEASURES)
    if as_json:
        whole = {"retrieval": found, "answers": said}
        sys.stdout.write(json.dumps(whole, indent=2, default=asdict) + "\n")
    else:
        show(f"{questions.name}: passages found, 95 % intervals", found)
        show(f"{questions.name}: answers", said)


def figures(
    scored: Sequence[Scored], arms: Sequence[str], measures: Sequence[str]
) -> dict[str, dict[str, dict[str, Score]]]:
    """Group -> arm -> measure -> mean and interval over the questions that have the measure."""
    return {
        name: {
            arm: {
                measure: mean(
                    [r.values[measure] for r in rows if r.arm == arm and measure in r.values]
                )
                for measure in measures
            }
            for arm in arms
        }
        for name, rows in groups(scored).items()
    }


def show(title: str, found: dict[str, dict[str, dict[str, Score]]]) -> None:
    """One line for each group and arm."""
    measures = next(iter(next(iter(found.values())).values())) if found else {}
    table = Table("questions", "n", "arm", *measures, title=title)
    for name, arms in found.items():
        for arm, scores in arms.items():
            cells = [
                f"{s.mean:.3f} [{s.low:.2f}-{s.high:.2f}]" if s.count else ""
                for s in scores.values()
            ]
            table.add_row(name, str(max(s.count for s in scores.values())), arm, *cells)
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
