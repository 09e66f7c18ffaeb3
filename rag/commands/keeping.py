"""The commands that look after a library: what it holds, what leaves it, whether it is whole.

Heavy imports where used.
"""

from pathlib import Path
from typing import Annotated

import typer

from rag.commands.exits import FAILED, NOT_ANSWERED
from rag.commands.options import LibraryOption, folder_of


def status(
    library: LibraryOption = None,
    articles: Annotated[bool, typer.Option("--articles", help="List them.")] = False,
) -> None:
    """Say what the library holds."""
    from rag.commands.terminal import show_status

    show_status(folder_of(library), articles=articles)


def forget(
    ids: Annotated[list[str], typer.Argument(metavar="ARTICLE...", help="Articles' ids.")],
    library: LibraryOption = None,
) -> None:
    """Remove articles for good: none of their words in a row is left in any file."""
    from rag.commands.upkeep import show_forgotten

    if not show_forgotten(folder_of(library), ids):
        raise typer.Exit(FAILED)


def verify(
    answers: Annotated[Path, typer.Argument(help="Of `depeche ask --json`, or of a batch.")],
    library: Annotated[
        Path | None, typer.Option("--library", help="Compare with the articles in this folder.")
    ] = None,
) -> None:
    """Check answers written down: exit code 0 all holds, 3 something does not, 2 an error."""
    from rag.commands.verification import show_verified

    if not show_verified(answers, library):
        raise typer.Exit(NOT_ANSWERED)


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


def backup(
    to: Annotated[Path, typer.Argument(help="A file, or a folder that exists.")],
    library: LibraryOption = None,
) -> None:
    """Copy the library into one file, also while it is used."""
    from rag.commands.upkeep import show_backup

    show_backup(folder_of(library), to)


def restore(
    file: Annotated[Path, typer.Argument(help="What `depeche backup` made.")],
    library: LibraryOption = None,
) -> None:
    """Put a backup in the place of the library."""
    from rag.commands.upkeep import show_restored

    show_restored(folder_of(library), file)
