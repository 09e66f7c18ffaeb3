"""The `depeche` command: reads the command line, calls, prints. Heavy imports stand where used."""

from __future__ import annotations

import os
import sys
import time
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Final, NoReturn

import typer

from index.errors import DepecheError
from index.types import ALL
from rag.commands.options import (
    ArticleOption,
    EncoderOption,
    LanguageOption,
    LibraryOption,
    LlmOption,
    LlmUrlOption,
    RiskOption,
    SinceOption,
    SourceOption,
    UntilOption,
    answerer_of,
    filters_of,
    folder_of,
)
from rag.commands.serving import feedback, mcp, serve, token

NOT_ANSWERED: Final = 3
FAILED: Final = 2

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="Answers questions over news articles, with the articles' exact words as proof.",
)


def main() -> None:
    """Run the command; what a user can get wrong is one line and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal may lack a letter of an article
    try:
        app()
    except DepecheError as error:
        _fail(str(error))
    except KeyboardInterrupt:
        _fail("interrupted; what was acknowledged is kept")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except UnicodeError as error:
        _fail(f"what was given is not text in UTF-8: {error}")
    except OSError as error:
        _fail(f"{error.filename or 'the system'}: {error.strerror or error}")


@app.command()
def index(
    paths: Annotated[list[str] | None, typer.Argument(help="Files, folders, addresses.")] = None,
    library: LibraryOption = None,
    encoder: EncoderOption = None,
    sync: Annotated[
        bool, typer.Option("--sync", help="Remove articles whose file is gone.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Cut and embed what is in the library anew.")
    ] = False,
) -> None:
    """Add articles to the library, or update them."""
    if not paths and not again:
        _fail("name the files or folders to index: depeche index PATH...")
    from rag.commands.progress import show_indexing

    show_indexing(paths or [], folder_of(library), encoder, sync=sync, again=again)


@app.command()
def watch(
    folders: Annotated[list[Path], typer.Argument(help="Folders.")], library: LibraryOption = None
) -> None:
    """Keep folders indexed: what changes there is read, what is gone is removed."""
    from rag.commands.watching import show_watching

    show_watching(folders, folder_of(library))


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="What you want to know.")] = None,
    library: LibraryOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="The whole answer as JSON.")] = False,
    batch: Annotated[Path | None, typer.Option(help="Questions, as JSON lines.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where the batch's answers go.")] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    source: SourceOption = None,
    language: LanguageOption = None,
    article: ArticleOption = None,
    after: Annotated[
        list[str] | None,
        typer.Option(help="An earlier question that this one may lean on; give several in order."),
    ] = None,
    max_risk: RiskOption = None,
    llm: LlmOption = None,
    llm_url: LlmUrlOption = None,
) -> None:
    """Answer a question: exit code 0 answered, 3 the articles do not say, 2 an error."""
    if (question is None) == (batch is None) or (batch is None) != (out is None):
        _fail('ask one question, depeche ask "...", or many: --batch IN.jsonl --out OUT.jsonl')
    if batch and out and batch.resolve() == out.resolve():
        _fail(f"--out would overwrite the questions in {batch}; name another file")
    filters = filters_of(since, until, source, language, article)
    if batch and (after or filters != ALL):
        _fail('a batch has these in its rows: "history": ["..."], "filters": {"since": "2024-10"}')
    from rag.chain import open_chain

    chain = open_chain(folder_of(library), answerer_of(llm, llm_url), max_risk)
    if batch and out:
        from rag.commands.progress import show_batch

        show_batch(chain, batch, out)
        return
    began = time.perf_counter()
    answer = chain.ask(question or "", after or (), filters=filters)
    from rag.commands.terminal import show_answer, write_json
    from rag.record import record

    if as_json:
        write_json(record(answer, time.perf_counter() - began), answer.note)
    else:
        show_answer(answer, chain.library)
    raise typer.Exit(0 if answer.status == "answered" else NOT_ANSWERED)


@app.command()
def explain(
    question: Annotated[str, typer.Argument(help="What you want to know.")],
    library: LibraryOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    since: SinceOption = None,
    until: UntilOption = None,
    source: SourceOption = None,
    language: LanguageOption = None,
    article: ArticleOption = None,
) -> None:
    """Show what was searched for a question, what was found and read, and what was dropped."""
    filters = filters_of(since, until, source, language, article)
    from rag.chain import open_chain
    from rag.commands.terminal import write_json
    from rag.explain import explain as explained
    from rag.explain import explanation_row

    found = explained(open_chain(folder_of(library)), question, filters=filters)
    if as_json:
        write_json(explanation_row(found))
    else:
        from rag.commands.explanation import show_explanation

        show_explanation(found)


@app.command()
def status(
    library: LibraryOption = None,
    articles: Annotated[bool, typer.Option("--articles", help="List them.")] = False,
) -> None:
    """Say what the library holds."""
    from rag.commands.terminal import show_status

    show_status(folder_of(library), articles=articles)


@app.command()
def forget(
    ids: Annotated[list[str], typer.Argument(metavar="ARTICLE...", help="Articles' ids.")],
    library: LibraryOption = None,
) -> None:
    """Remove articles for good: none of their words in a row is left in any file."""
    from rag.commands.upkeep import show_forgotten

    if not show_forgotten(folder_of(library), ids):
        raise typer.Exit(FAILED)


@app.command()
def verify(
    answers: Annotated[Path, typer.Argument(help="Of `depeche ask --json`, or of a batch.")],
    library: Annotated[
        Path | None, typer.Option("--library", help="Compare with the articles in this folder.")
    ] = None,
) -> None:
    """Check answers written down: exit code 0 all holds, 3 something does not, 2 an error."""
    from rag.verify import show_verified

    if not show_verified(answers, library):
        raise typer.Exit(NOT_ANSWERED)


@app.command()
def doctor(
    library: LibraryOption = None,
    repair: Annotated[
        bool, typer.Option("--repair", help="Make anew what follows from the articles.")
    ] = False,
) -> None:
    """Look for what is wrong with the library: exit code 0 nothing, 3 something."""
    from rag.commands.upkeep import show_examined

    if not show_examined(folder_of(library), repair=repair):
        raise typer.Exit(NOT_ANSWERED)


@app.command()
def backup(
    to: Annotated[Path, typer.Argument(help="A file, or a folder that exists.")],
    library: LibraryOption = None,
) -> None:
    """Copy the library into one file, also while it is used."""
    from rag.commands.upkeep import show_backup

    show_backup(folder_of(library), to)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="What `depeche backup` made.")],
    library: LibraryOption = None,
) -> None:
    """Put a backup in the place of the library."""
    from rag.commands.upkeep import show_restored

    show_restored(folder_of(library), file)


@app.command(name="eval")
def evaluate(
    questions: Annotated[
        Path | None,
        typer.Argument(help="Questions with their evidence, JSON lines; or a BEIR folder."),
    ] = None,
    articles: Annotated[
        Path | None, typer.Argument(help="The articles they are about. [the questions' own]")
    ] = None,
    encoder: Annotated[str | None, typer.Option(help="Another encoder.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Each arm, type and language.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Figures as JSON.")] = False,
    html: Annotated[Path | None, typer.Option(help="A report with plots and misses.")] = None,
    runs: Annotated[
        Path | None, typer.Option(help="A folder for TREC runs, judgements, answers, BEIR files.")
    ] = None,
    peers: Annotated[bool, typer.Option("--peers", help="Beside BM25 and MiniLM.")] = False,
    conversations: Annotated[
        Path | None, typer.Option(help="Follow-ups over the same articles, JSON lines.")
    ] = None,
    run: Annotated[Path | None, typer.Option(help="Score this TREC run, by --qrels.")] = None,
    qrels: Annotated[
        Path | None, typer.Option(help="Judgements, TREC or BEIR. [qrels/test.tsv of the folder]")
    ] = None,
) -> None:
    """Score what is found, read, cited and refused; or a TREC run by its judgements."""
    from eval import report

    if run and qrels and not questions:
        report.show_run(run, qrels, as_json=as_json)
        return
    if run or not questions:
        _fail("give questions, depeche eval QUESTIONS [ARTICLES]; or --run RUN --qrels QRELS")
    figures = report.evaluate(
        questions,
        articles,
        encoder,
        qrels=qrels,
        conversations=conversations,
        peers=peers,
        runs=runs,
    )
    report.show_evaluation(figures, every=every, as_json=as_json, html=html)


for command in (serve, mcp, token, feedback):
    app.command()(command)


def _fail(message: str) -> NoReturn:
    sys.stderr.write(f"depeche: {message}\n")
    raise SystemExit(FAILED)
