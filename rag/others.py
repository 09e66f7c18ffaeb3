"""What else the articles give for the same question: which value is the newest, which differ.

Precision comes first: another value is only told when its sentence was read nearly as well as the
answer's, is of the same kind, and is about the same names. Pure but for the encoder, which compares
nouns and names.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from index.words import fold, words
from rag.about import About
from rag.dates.held import held_on, known_days
from rag.dates.periods import meet
from rag.decide import chance
from rag.quote import quotes, short_of
from rag.short import whole
from rag.types import OtherValue
from rag.values import Value, agree, differ, value_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from index.types import Embedder
    from rag.quote import Quote
    from rag.types import Question, Span

# Shares of the best span's chance: from the first on a value is told, from the second on it may
# take the lead when it is newer. Over tests/data/families.jsonl and the sample corpus, values that
# are none lie under .2 or are told apart by noun or name, true ones from .4 on.
TOLD_FROM: Final = 0.35
LEADS_FROM: Final = 0.6
# Between what happened and the paper that tells it, where one sentence names the day and another
# leaves it to the paper's date; untested.
DAYS_TO_PRINT: Final = timedelta(days=2)
LONGEST: Final = 5  # other values told


@dataclass(frozen=True, slots=True)
class Told:
    """A span as one of the answers to a question."""

    span: Span
    quote: Quote
    value: Value
    held: str | None
    share: float  # of the best span's chance

    @property
    def days(self) -> tuple[date, date]:
        """The first and last day that it was known to hold on; of no date, the first of all."""
        return known_days(self.held, self.span.passage.article.published)

    @property
    def names_its_date(self) -> bool:
        return self.held != self.span.passage.article.published


def answers_told(question: Question, spans: Sequence[Span], embedder: Embedder) -> list[Told]:
    """The spans that answer the question as the first one does, that one first.

    Each gives the same value in other words, or another one of the same kind.
    """
    if not spans:
        return []
    best_chance = chance(spans[0])
    near = [(s, share) for s in spans if (share := chance(s) / best_chance) >= TOLD_FROM]
    told = [
        Told(span, quote, value_of(span), held_on(span), share)
        for (span, share), quote in zip(near, quotes([s for s, _ in near]), strict=True)
    ]
    best, *rest = sorted(told, key=lambda each: each.span is not spans[0])
    about = About(question, best.quote, best.value.noun, embedder)
    return [best, *(each for each in rest if about.holds_for(each.quote))]


def newest_first(question: Question, told: Sequence[Told]) -> list[Told]:
    """The newest of those read about as well as the best comes first, the rest keep their order.

    Where the question names a period, what holds for it comes before.
    """
    if not told or not told[0].held:
        return list(told)
    able = [
        each
        for each in told
        if each.share >= LEADS_FROM and each.held and _may_differ(question, told[0], each)
    ]
    first = max([told[0], *able], key=lambda each: (_in_period(question, each), each.days[1]))
    if agree(first.value, told[0].value) or not (
        _is_older(told[0], first) or _in_period(question, first) > _in_period(question, told[0])
    ):
        first = told[0]  # said again later, or at the same time, and read less well
    return [first, *(each for each in told if each is not first)]


def other_values(
    question: Question, told: Sequence[Told], embedder: Embedder
) -> tuple[OtherValue, ...]:
    """Those that differ from the first and from each other, the newest first.

    Where the question names a period that the first holds for, those that do not are left out.
    """
    kept: list[Told] = []
    narrow = bool(told) and _in_period(question, told[0])
    for each in sorted(told[1:], key=lambda each: each.days[1], reverse=True):
        wanted = (_in_period(question, each) or not narrow) and _may_differ(question, told[0], each)
        known = any(agree(other.value, each.value) for other in kept)
        if wanted and not known and differ(told[0].value, each.value, embedder):
            kept.append(each)
    return tuple(_other(told[0], each) for each in kept[:LONGEST])


def _may_differ(question: Question, first: Told, other: Told) -> bool:
    """Names differ within an article for other reasons than that its facts changed.

    A name that the question brings is no answer to it.
    """
    if first.value.kind != "name":
        return True
    asked = {fold(word) for word in words(question.standalone, question.language)}
    articles = {each.span.passage.article.id for each in (first, other)}
    return len(articles) > 1 and other.share >= LEADS_FROM and not other.value.words & asked


def origins(told: Sequence[Told]) -> int:
    """How many articles give the first value; copies of one are one, since they are one hit."""
    same = [each for each in told if each is told[0] or agree(told[0].value, each.value)]
    return len({each.span.passage.article.id for each in same})


def _in_period(question: Question, told: Told) -> bool:
    dates = (told.held, told.span.passage.article.published)
    return any(meet(asked, each) for asked in question.dates for each in dates if each)


def _other(first: Told, other: Told) -> OtherValue:
    article = other.span.passage.article
    return OtherValue(
        short=short_of(whole(other.span)),
        article=article.id,
        title=article.title,
        source=article.source,
        published=article.published,
        start=other.quote.start,
        end=other.quote.end,
        quote=other.quote.text,
        relation="superseded" if _is_older(other, first) else "disagrees",
    )


def _is_older(one: Told, other: Told) -> bool:
    """Whether all days of the first lie before those of the second."""
    if not one.held or not other.held:
        return False
    slack = DAYS_TO_PRINT if one.names_its_date != other.names_its_date else timedelta()
    return one.days[1] + slack < other.days[0]
