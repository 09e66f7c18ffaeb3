"""What comes of the files, folders and addresses that are indexed: articles, and why not others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.address import Place
    from index.readers.raw import Origin
    from index.types import Article


@dataclass(frozen=True, slots=True)
class LoadedArticle:
    """An article and where it came from; `root` is the folder or file that was asked for.

    Both paths are absolute. `notes` tell what was wrong with it but did not stop it.
    """

    article: Article
    path: Place
    root: Place
    origins: Mapping[str, Origin]  # of title, language, and those of published, source, url it has
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A file, or one article of it, that should have been indexed and was not."""

    path: Place
    message: str  # one line, with the remedy


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something in a folder that is no article."""

    path: Place
    reason: str


Loaded: TypeAlias = LoadedArticle | Problem | Skipped
