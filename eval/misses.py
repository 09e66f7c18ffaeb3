"""Questions that went wrong: what was wanted, what came instead, and where the journey lost it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from eval.answers import is_right
from rag.quote import quotes, short_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from eval.asking import Asked
    from index.types import Article


@dataclass(frozen=True, slots=True)
class Miss:
    """A question whose answer is not what it should be."""

    id: str
    type: str
    question: str
    what: str  # where it went wrong
    rank: int | None  # of the first right passage as ranked, from 1; None: not among the hits
    wanted: str  # the known answer, "" where the articles do not answer
    evidence: str
    wanted_from: str  # article's id
    got: str  # the words that stand first, whether they are shown or refused
    quote: str
    got_from: str
    confidence: float


def miss_of(
    asked: Asked, relevant: Collection[str], article: Callable[[str], Article]
) -> Miss | None:
    """What went wrong with one question, if anything did.

    :param relevant: ids of the passages that hold the evidence
    """
    ranked = [passage for passage, _ in asked.rankings["ranked"]]
    rank = next((n for n, passage in enumerate(ranked, 1) if passage in relevant), None)
    what = _what(asked, rank)
    if not what:
        return None
    question, evidence = asked.question, asked.question.evidence
    span = next(iter(asked.spans), None)
    return Miss(
        question.id,
        question.type,
        question.text,
        what,
        rank,
        next(iter(question.answers), ""),
        article(evidence.article).text[evidence.start : evidence.end] if evidence else "",
        evidence.article if evidence else "",
        short_of(span) if span else "",
        quotes([span])[0].text if span else "",
        span.passage.article.id if span else "",
        asked.answer.confidence,
    )


def _what(asked: Asked, rank: int | None) -> str:
    """One phrase; "" where all is well."""
    answered = asked.answer.status == "answered"
    if asked.question.evidence is None:
        return "answered, though the articles do not" if answered else ""
    if any(is_right(asked.question, span) for span in asked.spans[:1]):
        return "" if answered else "right, but refused"
    if rank is None:
        return "not found"
    return "found, another sentence first" if answered else "found, another first, refused"
