"""Questions that a library's own articles answer, for those who do not know yet what is in it.

An article's "11 minutes" makes "Combien de minutes, selon « its title » ?". Only those are given
that were asked, and answered by that article with that number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from index.calendar import may_name_date
from rag.follow_up.mentions import starts_with_vowel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from index.types import Article
    from rag.chain import Chain

HOW_MANY: Final = {  # by the article's language
    "fr": "Combien {of}{counted}, selon «\u00a0{title}\u00a0» ?",
    "en": "How many {counted}, according to “{title}”?",
}
SHORT: Final = 40  # characters of an answer that is the number and what it counts; untested
BEGINNING: Final = 2000  # characters of an article that are looked through; untested
_COUNTED = re.compile(
    r"(?<![\w.,'’/-])(\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+|\d{1,3})"
    r"[ \u00a0\u202f]([a-zà-öø-ÿœ]{4,30})(?![\w/'’-])"
)
# After a number, and not what is counted.
_OTHERS: Final = {
    "autres", "billion", "cent", "derniers", "dernières", "first", "last", "mille", "milliard",
    "milliards", "million", "millions", "more", "nouveaux", "nouvelles", "other", "percent",
    "pour", "premiers", "premières", "than", "thousand",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Askable:
    """A question, and the article that answers it."""

    question: str
    article: str


def askable(chain: Chain, articles: Iterable[Article]) -> Iterator[Askable]:
    """One question of each article that has a number which answers it, asked as it is needed."""
    for article in articles:
        question, number = how_many(article)
        if question and _answers(chain, question, article, number):
            yield Askable(question, article.id)


def how_many(article: Article) -> tuple[str, str]:
    """The question that an article's first number makes, and the number; "" when none does."""
    asked = HOW_MANY.get(article.language, "") if article.title else ""
    for found in _COUNTED.finditer(article.text, 0, BEGINNING) if asked else ():
        number, counted = found.groups()
        if counted not in _OTHERS and not may_name_date(counted):
            of = "d’" if starts_with_vowel(counted) else "de "
            return asked.format(of=of, counted=counted, title=article.title), number
    return "", ""


def _answers(chain: Chain, question: str, article: Article, number: str) -> bool:
    read = chain.read(question)
    if read.status != "answered":
        return False
    best = read.spans[0]
    words = best.passage.article.text[best.start : best.end]
    return best.passage.article.id == article.id and number in words and len(words) <= SHORT
