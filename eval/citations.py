"""Whether the sentences cited are those that prove, and whether their words are the articles'."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eval.answers import agrees

if TYPE_CHECKING:
    from collections.abc import Callable

    from eval.asking import Asked
    from index.types import Article

# Over the questions that were answered, those that should not have been included: their citations
# prove nothing. precision: of the sentences cited, those that are evidence. recall: the evidence is
# among them. exact quotes: of all quotes shown, those that stand in the article, byte for byte.
CITING: Final = ("citation precision", "citation recall", "exact quotes")


def measure_citations(asked: Asked, article: Callable[[str], Article]) -> dict[str, float]:
    """What one answer cites; nothing where nothing is answered.

    :param article: the article of an id, as it is in the library
    """
    answer = asked.answer
    shown = [(q.article, q.start, q.end, q.quote) for q in answer.citations]
    shown += [(q.article, q.start, q.end, q.quote) for q in answer.others]
    exact = [article(name).text[start:end] == quote for name, start, end, quote in shown]
    values = {"exact quotes": sum(exact) / len(exact)} if exact else {}
    if answer.status != "answered":
        return values
    right = [agrees(asked.question, c.article, c.start, c.end) for c in answer.citations]
    values["citation precision"] = sum(right) / len(right) if right else 0.0
    if asked.question.evidence:
        values["citation recall"] = float(any(right))
    return values
