"""The page's own files, each named once: what is served, let through and put into Gradio's page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDER: Final = Path(__file__).parent
CHAT_STYLES: Final = ("page.css", "article.css", "tools.css")
CHAT_SCRIPTS: Final = ("page.js", "history.js", "aloud.js", "feedback.js", "reach.js", "away.js")
PLAIN_STYLES: Final = (*CHAT_STYLES, "plain.css")
LIBRARY_SCRIPT: Final = "library.js"
REACH_SCRIPT: Final = "reach.js"
ICON: Final = "page.svg"
ASSETS: Final = (*PLAIN_STYLES, *CHAT_SCRIPTS, LIBRARY_SCRIPT, ICON)


def head(styles: Iterable[str], scripts: Iterable[str]) -> str:
    """What a page's head loads."""
    linked = (f'<link rel="stylesheet" href="/{name}">' for name in styles)
    loaded = (f'<script src="/{name}" defer></script>' for name in scripts)
    return "".join([f'<link rel="icon" href="/{ICON}">', *linked, *loaded])
