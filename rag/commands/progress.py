"""Long commands, as a terminal shows them: a bar with rate and time left, then what happened.

All of it goes to standard error.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from index.address import is_address
from index.build import Gone, Stored, Unchanged, build, build_again
from index.embed import EMBEDDED, open_encoder, unversioned
from index.errors import InputError
from index.files import check_paths, count_files
from index.loaded import Problem, Skipped
from index.store import create_library, open_library
from index.web import load_addresses
from rag.commands.batch import answer_all, read_questions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.address import Place
    from index.build import Step
    from index.store import Library
    from index.types import Embedder
    from rag.chain import Chain

_console = Console(stderr=True, highlight=False, soft_wrap=True)


class _Rate(ProgressColumn):
    """How many a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.0f}/s" if task.speed else "-/s")


def show_indexing(
    written: Sequence[str], folder: Path, encoder: str | None, *, sync: bool, again: bool
) -> None:
    """Index, telling of each file that is passed over, and of the problems at the end.

    :param written: paths and addresses
    """
    addresses = [word for word in written if is_address(word)]
    paths = [Path(word) for word in written if not is_address(word)]
    check_paths(paths)
    library = open_library(folder) if again else create_library(folder)
    try:
        if again:
            embedder = _encoder(encoder, unversioned(library.settings.encoder))
            with _console.status("cutting and embedding anew"):
                count = build_again(library, embedder)
            say(f"{count:,} articles made again with {embedder.name}")
        if written:
            made = library.database.manifest.settings
            embedder = _encoder(encoder, made.encoder if made else EMBEDDED)
            others = load_addresses(addresses, library) if addresses else ()
            steps = build(library, embedder, paths, others=others, sync=sync)
            report(_followed(steps, paths), library)
    finally:
        library.close()


def _encoder(named: str | None, known: str) -> Embedder:
    """The one that the user names, from wherever it is; else the library's, from this machine."""
    return open_encoder(named, may_fetch=True) if named else open_encoder(known)


def show_batch(chain: Chain, batch: Path, out: Path) -> None:
    """Answer a file of questions."""
    asked = read_questions(batch)
    with _bar() as bar:
        for _ in bar.track(answer_all(chain, asked, out), len(asked), description="answering"):
            pass


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(elapsed_when_finished=True),
        console=_console,
    )


def _followed(steps: Iterator[Step], paths: Sequence[Path]) -> list[Step]:
    """Take the steps, showing how far the files are."""
    taken: list[Step] = []
    files: set[Place] = set()
    with _bar() as bar:
        task = bar.add_task("indexing", total=count_files(paths))
        for step in steps:
            taken.append(step)
            if isinstance(step, Stored | Unchanged):
                files.add(step.loaded.path)
            elif isinstance(step, Problem):
                files.add(step.path)
            bar.update(task, completed=len(files))
    return taken


def report(steps: list[Step], library: Library, *, briefly: bool = False) -> None:
    """What was passed over, what is gone, what failed; then the sum, last, where it is seen.

    :param briefly: without what is passed over, as it is each time
    """
    for skipped in (step for step in steps if isinstance(step, Skipped) and not briefly):
        say(f"skipped  {skipped.path}: {skipped.reason}", "dim")
    for step in steps:
        if isinstance(step, Stored | Unchanged):
            for note in step.loaded.notes:
                say(f"note     {step.loaded.path}: {note}", "yellow")
    for gone in (step for step in steps if isinstance(step, Gone)):
        what = "removed" if gone.removed else "its file is gone; --sync removes it"
        say(f"gone     {gone.article} ({gone.path}): {what}", "yellow")
    for problem in (step for step in steps if isinstance(step, Problem)):
        say(f"problem  {problem.path}: {problem.message}", "red")
    counts = Counter(type(step) for step in steps)
    if counts[Problem] and not counts[Stored] + counts[Unchanged]:
        raise InputError("nothing could be indexed; the lines above say why")
    articles, passages = library.database.count()
    say(
        f"{counts[Stored]:,} articles stored, {counts[Unchanged]:,} unchanged, "
        f"{counts[Problem]:,} problems; the library has {articles:,} articles, "
        f"{passages:,} passages ({library.folder})"
    )


def say(line: str, style: str = "") -> None:
    """One line on standard error."""
    _console.print(Text(line, style=style))
