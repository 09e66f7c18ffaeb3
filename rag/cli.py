"""The `depeche` command: reads the command line, calls, prints. Heavy imports stand where used."""

from __future__ import annotations

import os
import sys
import time
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from index.errors import DepecheError
from index.types import ALL
from rag.commands.exits import NOT_ANSWERED, fail
from rag.commands.keeping import backup, doctor, forget, restore, status, verify
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
        fail(str(error))
    except KeyboardInterrupt:
        fail("interrupted; what was acknowledged is kept")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except UnicodeError as error:
        fail(f"what was given is not text in UTF-8: {error}")
    except OSError as error:
        fail(f"{error.filename or 'the system'}: {error.strerror or error}")


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
        fail("name the files or folders to index: depeche index PATH...")
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
        fail('ask one question, depeche ask "...", or many: --batch IN.jsonl --out OUT.jsonl')
    if batch and out and batch.resolve() == out.resolve():
        fail(f"--out would overwrite the questions in {batch}; name another file")
    filters = filters_of(since, until, source, language, article)
    if batch and (after or filters != ALL):
        fail('a batch has these in its rows: "history": ["..."], "filters": {"since": "2024-10"}')
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
        fail("give questions, depeche eval QUESTIONS [ARTICLES]; or --run RUN --qrels QRELS")
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


for command in (status, forget, verify, doctor, backup, restore, serve, mcp, token, feedback):
    app.command()(command)
