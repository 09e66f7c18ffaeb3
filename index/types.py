"""The nouns of the article's side, and the two contracts that parts are plugged into.

Every offset counts code points of `Article.text`, the cleaned text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    # Shape (count, dim); each row is of unit length, or all zeros for a text without any token.
    Vectors: TypeAlias = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Article:
    """A news article as it is cited: `text` is cleaned, `id` is stable from run to run.

    `published` keeps the precision it was found with: "2024-10-24", "2024-10" or "2024".
    """

    id: str
    title: str
    text: str
    language: str  # ISO 639-1, "fr"
    source: str | None = None
    url: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one article."""

    article: Article
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]

    @property
    def id(self) -> str:
        return f"{self.article.id}:{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found; a higher score is better, whatever found it."""

    passage: Passage
    score: float
    copies: tuple[str, ...] = ()  # articles of the same origin that this one stands for, by id


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles may be found; each field that is set narrows, an empty one does not.

    `since` and `until` are ISO 8601 with any precision ("2024", "2024-10", "2024-10-24"), both
    included; an article without a date is outside every period.
    """

    since: str | None = None
    until: str | None = None
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()


ALL: Final = Filters()  # every article


class Embedder(Protocol):
    """Turns text into unit vectors that lie close when the texts mean the same."""

    @property
    def name(self) -> str:
        """What the manifest records, and what makes the same embedder again."""

    @property
    def dim(self) -> int: ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Shape (len(texts), dim)."""

    def embed_question(self, text: str) -> Vectors:
        """Shape (1, dim)."""


class Store(Protocol):
    """Keeps articles and their passages, and finds passages by words or by vector."""

    def add(self, article: Article, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Add or replace an article; durable when this returns."""

    def remove(self, article_id: str) -> None: ...

    def article(self, article_id: str) -> Article:
        """Raise `UnknownArticleError` when there is none."""

    def articles(self) -> Iterable[Article]: ...

    def copies(self, article_ids: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """The other articles of each one's origin (agency copy), by id; left out without any."""

    def passages(self, article_id: str) -> Sequence[Passage]:
        """Those of one article, in order."""

    def search_words(
        self, text: str, language: str, limit: int, filters: Filters = ALL
    ) -> list[Hit]:
        """Best first; `language` is that of `text`."""

    def search_vector(self, vector: Vectors, limit: int, filters: Filters = ALL) -> list[Hit]:
        """Best first, by inner product; `vector` has shape (1, dim)."""
