"""Answers and libraries, as a terminal shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.text import Text

from index.store import Library, open_library
from rag.quote import context

if TYPE_CHECKING:
    from pathlib import Path

    from rag.types import Answer, Citation

LISTED = 3  # closest passages, where there is no answer
WORDS = {
    "fr": {
        "searched": "Recherché",
        "others": "Autres valeurs",
        "closest": "Ce que disent les articles",
        "copies": "{count} articles, 1 origine",
    },
    "en": {
        "searched": "Searched",
        "others": "Other values",
        "closest": "What the articles do say",
        "copies": "{count} articles, 1 origin",
    },
}


def show_answer(answer: Answer, library: Library) -> None:
    """The answer, each quote marked within its article, and the values that differ."""
    console = Console(highlight=False, soft_wrap=True)
    words = WORDS.get(answer.question.language, WORDS["en"])
    if answer.question.standalone != answer.question.text:
        console.print(f"[dim]{words['searched']} : {escape(answer.question.standalone)}[/]")
    if answer.status == "answered":
        console.print(Text(answer.short, style="bold"))
    else:
        console.print(Text(answer.text))
    for citation in answer.citations:
        _show_citation(console, citation, library, words["copies"])
    if answer.others:
        console.print(f"\n{words['others']} :")
    for other in answer.others:
        console.print(Text(f"  {other.short} ({other.published or '?'}) {other.article}"))
    if answer.status != "answered" and answer.hits:
        console.print(f"\n{words['closest']} :")
        for hit in answer.hits[:LISTED]:
            console.print(Text(f"  {hit.passage.article.title}", style="bold"))
            console.print(Text(f"    {_line(hit.passage.text)}", style="dim"))


def _show_citation(console: Console, citation: Citation, library: Library, copies: str) -> None:
    facts = [citation.title, citation.source, citation.published, citation.url]
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
    library = open_library(folder)
    made = library.settings
    count, passages = library.database.count()
    languages = ", ".join(f"{lang} {n}" for lang, n in library.database.languages().items())
    console.print(Text(f"library   {folder}"))
    console.print(Text(f"articles  {count:,} ({languages})"))
    console.print(Text(f"passages  {passages:,} of at most {made.passage_tokens} tokens"))
    console.print(Text(f"encoder   {made.encoder}, {made.dim} dimensions"))
    if articles:
        for article in library.articles():
            console.print(Text(f"{article.id}  {article.published or '-':10}  {article.title}"))
