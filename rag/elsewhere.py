"""Whether a sentence speaks of other countries than the question. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.places import INSTITUTIONS
from index.words import read

if TYPE_CHECKING:
    from rag.types import Question


def is_elsewhere(question: Question, sentence: str, language: str) -> bool:
    """Whether both name countries and none in common: South Korea asked, North Korea in the text.

    :param language: of the sentence
    """
    asked = countries(question.standalone, question.language)
    said = countries(sentence, language)
    return bool(asked) and bool(said) and asked.isdisjoint(said)


def countries(text: str, language: str) -> set[str]:
    """The marks of the countries that a text names, by whatever name."""
    marks = {other for word in read(text, language) for other in word.others if other[0] == "@"}
    return marks - INSTITUTIONS
