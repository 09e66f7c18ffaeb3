"""Files as tests of loading write them, and the articles that are read of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.load import load
from index.loaded import LoadedArticle

if TYPE_CHECKING:
    from pathlib import Path

BODY = "Le conseil a voté la loi mardi soir, a annoncé le ministre à la presse."


def write(path: Path, content: str | bytes = BODY) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def articles(*paths: Path) -> dict[str, LoadedArticle]:
    """By id."""
    return {item.article.id: item for item in load(paths) if isinstance(item, LoadedArticle)}
