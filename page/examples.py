"""The questions that an empty page proposes: such as this library has something on."""

from __future__ import annotations

import logging
import threading
from itertools import islice
from typing import TYPE_CHECKING, Final

from index.errors import DepecheError, UnknownArticleError
from index.holdings import articles_named
from rag.askable import Askable, askable, how_many

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.store import Library
    from index.types import Article
    from page.texts import Texts
    from rag.chain import Chain

LOOKED_AT: Final = 20  # of the newest articles, some of which may have no title
ASKED: Final = 8  # questions that are tried; of 14 over newspapers' articles 12 were answered
CORPUS: Final = (  # for the sample corpus: the article that answers, and the question
    (
        "2024-10-31-washington-seoul-dissuasion",
        "Combien de soldats la Corée du Nord a-t-elle envoyés ?",
    ),
    ("2024-11-21-pont-brissagne-ferme", "Pourquoi le pont de Brissagne est-il fermé ?"),
    (
        "2024-10-08-budgets-defense-france-japon-allemagne",
        "Quel est le budget de la défense de la France ?",
    ),
    ("2024-11-04-harbour-post-north-korean-troops", "How many troops are in the Kursk region?"),
)
MOST: Final = len(CORPUS)
_LOG: Final = logging.getLogger(__name__)


class Examples:
    """What is proposed over a library that may change. Threads may share it."""

    def __init__(self, chain: Chain) -> None:
        self._chain = chain
        self._lock = threading.Lock()
        self._sequence: int | None = None  # of the library when it was looked through last
        self._answered: tuple[Askable, ...] = ()

    def look(self) -> None:
        """Try questions over the library as it is now, in a thread of its own, if it changed."""
        library = self._chain.library
        sequence = library.database.manifest.sequence
        with self._lock:
            if sequence == self._sequence:
                return
            self._sequence = sequence
        if not _known(library):
            threading.Thread(target=self._try, name="trying examples").start()

    def proposed(self, texts: Texts) -> list[str]:
        """Those that were found to be answered, as far as the looking has come."""
        return examples(self._chain.library, texts, self._answered)

    def _try(self) -> None:
        try:
            found = askable(self._chain, islice(_promising(self._chain.library), ASKED))
            self._answered = tuple(islice(found, MOST))
        except DepecheError as error:
            _LOG.warning("no examples were tried: %s", error)


def examples(library: Library, texts: Texts, answered: Sequence[Askable] = ()) -> list[str]:
    """At most `MOST` questions: answered ones, else about the newest articles.

    :param answered: what was tried, some of which may be of articles that are gone
    """
    if known := _known(library):
        return known
    asked = [each.question for each in answered if _holds(library, each.article)]
    newest, _ = articles_named(library.database, "", 0, LOOKED_AT)
    titles = [article.title for article in newest if article.title]
    return [*asked, *(texts.about.format(title=title) for title in titles)][:MOST]


def _known(library: Library) -> list[str]:
    """Those of the sample corpus."""
    return [question for article, question in CORPUS if _holds(library, article)]


def _promising(library: Library) -> Iterator[Article]:
    """The newest articles that a question can be made of, until the server is stopped."""
    newest, _ = articles_named(library.database, "", 0, LOOKED_AT)
    for listed in newest:
        article = library.article(listed.id) if _holds(library, listed.id) else None
        if not threading.main_thread().is_alive():
            return
        if article and how_many(article)[0]:
            yield article


def _holds(library: Library, article_id: str) -> bool:
    try:
        library.article(article_id)
    except UnknownArticleError:
        return False
    return True
