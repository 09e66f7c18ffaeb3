"""The date that a sentence of an article holds for: one that it names, else that of publication.

"mardi" is read against the day of publication. Pure.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from rag.dates.named import named_periods
from rag.dates.periods import DAYS_PRECISION, bounds, last_day
from rag.quote import quotes

if TYPE_CHECKING:
    from index.types import Article
    from rag.dates.named import Named
    from rag.types import Span

_ASKS_WHEN = re.compile(
    r"(?<!\w)(?:quand|à quelle date|quel jour|when|(?:what|which) (?:day|date)|wann|an welchem tag|"
    r"cuándo|qué día|quando|che giorno|que dia|wanneer|welke dag)(?!\w)",
    re.IGNORECASE,
)


def held_on(span: Span) -> str | None:
    """A period in ISO 8601: the date named nearest to the span in its sentence, or the article's.

    A date that is the answer itself is no date that it holds for. None when nothing is known.
    """
    [quote] = quotes([span])
    article = span.passage.article
    named = [n for n in sentence_dates(article, quote.start, quote.end) if not is_all(n, span)]
    if not named:
        return article.published
    return min(named, key=lambda found: _distance(found, span)).period


def resolved(span: Span, question: str) -> str | None:
    """The date that the answer means by "mardi" or "en mars"; None where it means none.

    It is that of the span, or to a question such as "Quand ?" the nearest in its sentence. One
    that is written in full needs no other form.
    """
    [quote] = quotes([span])
    dates = [n for n in sentence_dates(span.passage.article, quote.start, quote.end) if n.relative]
    said = [named for named in dates if is_all(named, span)]
    if not said and _ASKS_WHEN.search(question):
        said = sorted(dates, key=lambda named: _distance(named, span))
    return said[0].period if said else None


def is_all(named: Named, span: Span) -> bool:
    """Whether a date is most of what the span says."""
    shared = min(named.end, span.end) - max(named.start, span.start)
    return 2 * shared > span.end - span.start


@lru_cache(maxsize=512)
def sentence_dates(article: Article, start: int, end: int) -> tuple[Named, ...]:
    """The periods that a part of an article names; offsets are the article's.

    Without a day of publication, those that are counted from it are left out.
    """
    published = article.published or ""
    precision = published.count("-") + 1 if published else 0
    anchor = last_day(published) if published else date.max
    found = named_periods(article.text[start:end], article.language, anchor, in_article=True)
    return tuple(
        replace(n, start=start + n.start, end=start + n.end)
        for n in found
        if not n.relative
        or precision == DAYS_PRECISION
        or (n.without_year and precision == DAYS_PRECISION - 1)
    )


def known_days(held: str | None, published: str | None) -> tuple[date, date]:
    """The first and last day of a period; what is foretold was known when it was published."""
    if not held:
        return date.min, date.min
    first, last = bounds(held)
    if published:
        last = min(last, last_day(published))
    return min(first, last), last


def _distance(named: Named, span: Span) -> int:
    """Characters between a date and the span; 0 when they share some."""
    return max(0, named.start - span.end + 1, span.start - named.end + 1)
