"""Whether the right sentence is shown first, its words are the answer, and what is refused.

The whole path is taken, retrieval included; a question for which nothing is found scores zero.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from typing import TYPE_CHECKING, Final

from eval.retrieval import Scored
from rag.quote import quotes, short_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eval.questions import Labelled
    from rag.chain import Chain
    from rag.types import Span

# evidence@1: the sentence shown first is the evidence, whether or not it is shown as an answer.
# exact, F1: its words beside the known answers. answered, right: of the answerable questions, how
# many are answered, and answered from the evidence. refused: of the unanswerable ones.
MEASURES: Final = ("evidence@1", "exact", "F1", "answered", "right", "refused")
ARM: Final = "answers"
_ARTICLES = {"le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "the", "a", "an"}
_BETWEEN = re.compile(rf"[\s{re.escape(string.punctuation)}’«»“”…–—]+")


def score_answers(chain: Chain, questions: Sequence[Labelled]) -> list[Scored]:
    """Every question, answerable or not."""
    return [Scored(question, ARM, _values(chain, question)) for question in questions]


def _values(chain: Chain, question: Labelled) -> dict[str, float]:
    read = chain.read(question.text)
    answered = float(read.status == "answered")
    if question.evidence is None:
        return {"refused": 1 - answered}
    best = read.spans[:1]
    found = float(any(_agrees(question, span) for span in best))
    said = words(short_of(best[0])) if best else []
    known = [words(answer) for answer in question.answers]
    return {
        "evidence@1": found,
        "exact": max((float(said == answer) for answer in known), default=0.0),
        "F1": max((f1(said, answer) for answer in known), default=0.0),
        "answered": answered,
        "right": found * answered,
    }


def _agrees(question: Labelled, span: Span) -> bool:
    """Whether the sentence around the span is the evidence, or shares its larger half."""
    evidence, [quote] = question.evidence, quotes([span])
    if evidence is None or evidence.article != span.passage.article.id:
        return False
    shared = min(evidence.end, quote.end) - max(evidence.start, quote.start)
    return 2 * shared > min(evidence.end - evidence.start, quote.end - quote.start)


def words(text: str) -> list[str]:
    """What counts in an answer: its words in lower case, without articles."""
    return [part for part in _BETWEEN.split(text.lower()) if part and part not in _ARTICLES]


def f1(said: Sequence[str], wanted: Sequence[str]) -> float:
    """Overlap of words (Rajpurkar et al. 2016)."""
    if not said or not wanted:
        return float(list(said) == list(wanted))
    common = sum((Counter(said) & Counter(wanted)).values())
    return 2 * common / (len(said) + len(wanted))
