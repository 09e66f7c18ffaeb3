"""Options that commands share, and what they name: the library, filters, a chat model."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from index.filters import checked
from index.types import Filters

if TYPE_CHECKING:
    from rag.chat import ChatAnswerer

LibraryOption = Annotated[
    Path | None,
    typer.Option("--library", help="The library's folder. [.depeche, or $DEPECHE_LIBRARY]"),
]
EncoderOption = Annotated[
    str | None,
    typer.Option(
        help="depeche-contextual, or a sentence-transformers model by name or folder. [depeche]"
    ),
]
DATE: Final = "2024, 2024-10 or 2024-10-24"
SinceOption = Annotated[
    str | None, typer.Option(metavar="DATE", help=f"Only articles from then on: {DATE}.")
]
UntilOption = Annotated[
    str | None, typer.Option(metavar="DATE", help="Only articles up to then, that day included.")
]
SourceOption = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="Only this source. Several: repeat the option."),
]
LanguageOption = Annotated[
    list[str] | None,
    typer.Option(metavar="CODE", help="Only articles in this language: fr, en. Repeatable."),
]
ArticleOption = Annotated[
    list[str] | None, typer.Option(metavar="ID", help="Only this article. Repeatable.")
]
LlmOption = Annotated[
    str | None,
    typer.Option(
        "--llm",
        metavar="PROVIDER:MODEL",
        help="A chat model that words the answer; only what the articles prove is shown. "
        "[$DEPECHE_LLM, or none]",
    ),
]
LlmUrlOption = Annotated[
    str | None,
    typer.Option("--llm-url", help="Of an OpenAI-compatible or Ollama server. [$DEPECHE_LLM_URL]"),
]
RiskOption = Annotated[
    float | None,
    typer.Option(
        "--max-risk",
        min=0.0,
        max=1.0,
        help="Answer only where the chance of being wrong is at most this. [the usual]",
    ),
]


def filters_of(
    since: str | None,
    until: str | None,
    sources: list[str] | None,
    languages: list[str] | None,
    articles: list[str] | None,
) -> Filters:
    """What the options of these names say.

    :raises InputError: a date or a language cannot be understood
    """
    filters = Filters(
        since, until, tuple(sources or ()), tuple(languages or ()), tuple(articles or ())
    )
    return checked(filters)


def folder_of(library: Path | None) -> Path:
    """The library's folder, named or not."""
    return library or Path(os.environ.get("DEPECHE_LIBRARY") or ".depeche")


def answerer_of(llm: str | None, url: str | None) -> ChatAnswerer | None:
    """Who words the answer, when a chat model is to.

    :raises InputError: the name is none, or what it needs is not installed
    """
    name = llm or os.environ.get("DEPECHE_LLM")
    if not name:
        return None
    from rag.chat import chat_answerer

    return chat_answerer(name, url or os.environ.get("DEPECHE_LLM_URL"))
