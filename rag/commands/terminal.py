"""Answers and libraries, as a terminal shows them."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from index.store import Library, open_library
from rag.cite import paragraphs
from rag.dates.written import written_at, written_date, written_period
from rag.quote import context

if TYPE_CHECKING:
    from pathlib import Path

    from rag.types import Answer, Citation, OtherValue

LISTED = 3  # closest passages, where there is no answer
WORDS = {
    "fr": {
        "colon": " :",
        "searched": "Recherché",
        "period": "Période",
        "origins": "dit par {count} origines indépendantes",
        "withheld": "phrases non prouvées, retenues : {count}",
        "others": "Autres valeurs",
        "superseded": "valeur antérieure",
        "disagrees": "en désaccord",
        "undated": "sans date",
        "closest": "Ce que disent les articles",
        "copies": "{count} articles, 1 origine",
    },
    "en": {
        "colon": ":",
        "searched": "Searched",
        "period": "Period",
        "origins": "told by {count} independent origins",
        "withheld": "sentences not proved, withheld: {count}",
        "others": "Other values",
        "superseded": "earlier value",
        "disagrees": "disagrees",
        "undated": "undated",
        "closest": "What the articles do say",
        "copies": "{count} articles, 1 origin",
    },
}


def show_answer(answer: Answer, library: Library) -> None:
    """The answer, each quote marked within its article, and the values that differ."""
    console = Console(highlight=False, soft_wrap=True)
    words = WORDS.get(answer.question.language, WORDS["en"])
    _show_note(answer.note)
    if answer.question.standalone != answer.question.text:
        _show_understood(console, words, "searched", answer.question.standalone)
    if answer.question.dates:
        periods = (written_period(each, answer.question.language) for each in answer.question.dates)
        _show_understood(console, words, "period", ", ".join(periods))
    if answer.status == "answered":
        _show_short(console, answer, words)
    else:
        console.print(Text(answer.text))
    for citation in answer.citations:
        _show_citation(console, citation, library, words["copies"])
    if answer.others:
        console.print(f"\n{words['others']}{words['colon']}")
    for other in answer.others:
        _show_other(console, other, answer.question.language)
    if answer.status != "answered" and answer.hits:
        console.print(f"\n{words['closest']}{words['colon']}")
        for hit in answer.hits[:LISTED]:
            console.print(Text(f"  {hit.passage.article.title}", style="bold"))
            console.print(Text(f"    {_line(hit.passage.text)}", style="dim"))


def _show_understood(console: Console, words: dict[str, str], name: str, value: str) -> None:
    """What was made of the question."""
    console.print(Text(f"{words[name]}{words['colon']} {value}", style="dim"))


def _show_short(console: Console, answer: Answer, words: dict[str, str]) -> None:
    """The words that answer, the date they mean, then what they hold for and how many tell it."""
    language = answer.question.language
    short = Text(_said(answer), style="bold")
    if answer.dated:
        short.append(f" ({written_period(answer.dated, language)})", style="not bold")
    console.print(short)
    facts = [written_at(answer.as_of, language)] if answer.as_of else []
    if answer.origins > 1:
        facts.append(words["origins"].format(count=answer.origins))
    if answer.withheld:
        facts.append(words["withheld"].format(count=answer.withheld))
    if facts:
        console.print(Text(" · ".join(facts), style="dim"))


def _show_other(console: Console, other: OtherValue, language: str) -> None:
    words = WORDS.get(language, WORDS["en"])
    date = written_date(other.published, language) if other.published else words["undated"]
    facts = [fact for fact in (other.source, date, words[other.relation]) if fact]
    console.print(
        Text(f"  {other.short}", style="bold").append(f" · {' · '.join(facts)}", "not bold")
    )
    console.print(Text(f"    {_line(other.quote)}", style="dim"))


def _show_note(note: str | None) -> None:
    """Why a chat model did not write what is shown, or not all of it."""
    if note:
        sys.stderr.write(f"depeche: {note}\n")


def _said(answer: Answer) -> str:
    """The short answer; where a chat model worded it, its sentences."""
    quotes = [citation.quote for citation in answer.citations]
    own = all(any(words in quote for quote in quotes) for words, _ in paragraphs(answer.text))
    return answer.short if own else answer.text.replace("\n\n", "\n")


def _show_citation(console: Console, citation: Citation, library: Library, copies: str) -> None:
    facts = [citation.title, citation.source, citation.published, citation.url]
    if citation.page:
        facts.append(f"p. {citation.page}")
    if citation.copies:
        facts.append(copies.format(count=1 + len(citation.copies)))
    before, after = context(library.article(citation.article).text, citation.start, citation.end)
    console.print(Text(f"\n[{citation.marker}] {' · '.join(f for f in facts if f)}", style="cyan"))
    for text, sign, style in (
        (before, "   ", "dim"),
        (citation.quote, "  »", "bold yellow"),
        (after, "   ", "dim"),
    ):
        if text.strip():
            console.print(Text(f"{sign} {_line(text)}", style=style))


def _line(text: str) -> str:
    """A text on one line; its spaces of other kinds than line breaks stay."""
    return " ".join(part.strip() for part in text.splitlines() if part.strip())


def show_status(folder: Path, *, articles: bool) -> None:
    """What a library holds and how it was made."""
    console = Console(highlight=False, soft_wrap=True)
    with closing(open_library(folder)) as library:
        made = library.settings
        count, passages = library.database.count()
        languages = ", ".join(f"{lang} {n}" for lang, n in library.database.languages().items())
        console.print(Text(f"library   {folder}"))
        console.print(Text(f"articles  {count:,} ({languages})"))
        console.print(Text(f"passages  {passages:,} of at most {made.passage_tokens} tokens"))
        console.print(Text(f"encoder   {made.encoder}, {made.dim} dimensions"))
        for article in library.articles() if articles else ():
            console.print(Text(f"{article.id}  {article.published or '-':10}  {article.title}"))


def write_json(row: dict[str, Any], note: str | None = None) -> None:
    """A row to stdout, with letters that it lacks escaped."""
    _show_note(note)
    plain = sys.stdout.encoding.lower() not in {"utf-8", "utf8"}
    sys.stdout.write(json.dumps(row, ensure_ascii=plain, indent=2) + "\n")
