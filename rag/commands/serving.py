"""The commands around a server: `serve`, `mcp`, `token`, `feedback`. Heavy imports where used."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from rag.commands.options import (
    LibraryOption,
    LlmOption,
    LlmUrlOption,
    RiskOption,
    answerer_of,
    folder_of,
)


def serve(
    library: LibraryOption = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=0, max=65535)] = 7860,
    token_required: Annotated[
        bool, typer.Option("--token-required", help="Ask for a token on 127.0.0.1 too.")
    ] = False,
    allow_origin: Annotated[
        list[str] | None,
        typer.Option(help="Another site, https://desk.example, whose pages may call. Repeatable."),
    ] = None,
    rate: Annotated[
        int, typer.Option(help="Questions a minute of one client; 0: any number.", min=0)
    ] = 60,
    max_risk: RiskOption = None,
    llm: LlmOption = None,
    llm_url: LlmUrlOption = None,
) -> None:
    """Open the chat page, and the doors for other tools: REST, OpenAI's, MCP."""
    import app as page

    page.serve(
        folder_of(library),
        host,
        port,
        token_required=token_required,
        origins=allow_origin or (),
        rate=rate,
        answerer=answerer_of(llm, llm_url),
        max_risk=max_risk,
    )


def mcp(library: LibraryOption = None) -> None:
    """Answer an MCP client on standard input and output."""
    from rag.chain import open_chain
    from rag.doors.mcp_server import run_on_standard_streams

    run_on_standard_streams(open_chain(folder_of(library)))


def token(
    action: Annotated[Literal["add", "list", "revoke"], typer.Argument(help="What to do.")],
    name: Annotated[str, typer.Argument(help="Whose token it is.")] = "",
    library: LibraryOption = None,
    editor: Annotated[
        bool, typer.Option("--editor", help="May add and delete articles too.")
    ] = False,
) -> None:
    """Make, list or revoke the tokens that a server asks for; a new one is shown this once."""
    from rag.doors.tokens import open_tokens

    tokens = open_tokens(folder_of(library))
    if action == "add":
        sys.stdout.write(tokens.add(name, "editor" if editor else "reader") + "\n")
    elif action == "revoke":
        tokens.revoke(name)
        sys.stdout.write(f"{name} revoked\n")
    else:
        sys.stdout.writelines(f"{t.name}\t{t.right}\t{t.made}\n" for t in tokens.all())


def feedback(
    library: LibraryOption = None,
    export: Annotated[
        Path | None,
        typer.Option(help="A folder for questions, articles, and answers found wrong."),
    ] = None,
) -> None:
    """List what readers said of answers, or make an evaluation set of it."""
    from rag.commands.feedback import show_feedback

    show_feedback(folder_of(library), export)
