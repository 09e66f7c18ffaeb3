"""Whether the right sentence stands first, whether its words are the answer, and what is refused.

The whole path is taken, retrieval included; a question for which nothing is found scores zero.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from typing import TYPE_CHECKING, Final

from rag.quote import quotes, short_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eval.asking import Asked
    from eval.questions import Labelled
    from rag.types import Span

# evidence@1: the sentence that stands first is the evidence, whether or not it is shown as an
# answer; |article: of the questions whose first sentence is of the right article. exact, F1: its
# words beside the known answers (Rajpurkar et al. 2016).
READING: Final = ("evidence@1", "evidence@1|article", "exact", "F1")
# answered: of the answerable questions. right: answered, and from the evidence; of the answerable
# ones, and of those answered. refused: of the questions that the articles do not answer.
DECIDING: Final = ("answered", "right", "right|answered", "refused")
_ARTICLES = {"le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "the", "a", "an"}
_BETWEEN = re.compile(rf"[\s{re.escape(string.punctuation)}’«»“”…–—]+")


def measure_answer(asked: Asked) -> dict[str, float]:
    """What was read and decided for one question; a measure that does not apply is not there."""
    question, first = asked.question, asked.spans[:1]
    answered = float(asked.answer.status == "answered")
    if question.evidence is None:
        return {"refused": 1 - answered}
    found = float(any(is_right(question, span) for span in first))
    said = words(short_of(first[0])) if first else []
    known = [words(answer) for answer in question.answers]
    values = {
        "evidence@1": found,
        "exact": max((float(said == answer) for answer in known), default=0.0),
        "F1": max((f1(said, answer) for answer in known), default=0.0),
        "answered": answered,
        "right": found * answered,
    }
    if any(place.article == span.passage.article.id for span in first for place in question.places):
        values["evidence@1|article"] = found
    if answered:
        values["right|answered"] = found
    return values


def is_right(question: Labelled, span: Span) -> bool:
    """Whether the sentence around the span is the evidence, or shares its larger half."""
    [quote] = quotes([span])
    return agrees(question, span.passage.article.id, quote.start, quote.end)


def agrees(question: Labelled, article: str, start: int, end: int) -> bool:
    """Whether these words of an article are evidence, or share the larger half of it or of them."""
    return any(
        place.article == article
        and 2 * (min(place.end, end) - max(place.start, start))
        > min(place.end - place.start, end - start)
        for place in question.places
    )


def words(text: str) -> list[str]:
    """What counts in an answer: its words in lower case, without articles."""
    return [part for part in _BETWEEN.split(text.lower()) if part and part not in _ARTICLES]


def f1(said: Sequence[str], wanted: Sequence[str]) -> float:
    """Overlap of words."""
    if not said or not wanted:
        return float(list(said) == list(wanted))
    common = sum((Counter(said) & Counter(wanted)).values())
    return 2 * common / (len(said) + len(wanted))
