"""The questions that an empty page proposes: such as this library has something on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from index.errors import UnknownArticleError
from index.holdings import articles_named

if TYPE_CHECKING:
    from index.store import Library
    from page.texts import Texts

LOOKED_AT: Final = 20  # of the newest articles, some of which may have no title
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


def examples(library: Library, texts: Texts) -> list[str]:
    """At most `MOST` questions; about the newest articles where it is not the sample corpus."""
    known = [question for article, question in CORPUS if _holds(library, article)]
    if known:
        return known
    newest, _ = articles_named(library.database, "", 0, LOOKED_AT)
    titles = [article.title for article in newest if article.title]
    return [texts.about.format(title=title) for title in titles[:MOST]]


def _holds(library: Library, article_id: str) -> bool:
    try:
        library.article(article_id)
    except UnknownArticleError:
        return False
    return True
