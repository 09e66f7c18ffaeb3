"""Sentences of other articles that say what the evidence says: agency copy, printed elsewhere.

Whoever shows one of them instead is right, and must not be scored as wrong.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from eval.answers import words
from eval.questions import Evidence
from rag.quote import article_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from eval.questions import Labelled
    from index.types import Article

# Share of their words that two sentences must have in common. Of the evidence of corpus/, that of
# its copies has .6 to 1 (at .3, nothing else is found); in news.dev, where no article is a copy,
# one pair that says nearly the same lies between .3 and .6.
ALIKE: Final = 0.6


class Sentences:
    """The sentences of all articles, to be found by their words."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._places: list[Evidence] = []
        self._words: list[frozenset[str]] = []
        self._having: dict[str, list[int]] = defaultdict(list)
        self._texts = {article.id: article.text for article in articles}
        for article in articles:
            for start, end in article_sentences(article):
                self._add(Evidence(article.id, start, end), article.text[start:end])

    def _add(self, place: Evidence, text: str) -> None:
        found = frozenset(words(text))
        for word in found:
            self._having[word].append(len(self._places))
        self._places.append(place)
        self._words.append(found)

    def with_twins(self, question: Labelled) -> Labelled:
        """The question, knowing where else it is answered."""
        evidence = question.evidence
        if evidence is None:
            return question
        wanted = frozenset(words(self._texts[evidence.article][evidence.start : evidence.end]))
        shared = Counter(number for word in wanted for number in self._having[word])
        known = [set(words(answer)) for answer in question.answers]
        twins = tuple(
            self._places[number]
            for number, count in sorted(shared.items())
            if count >= ALIKE * len(wanted | self._words[number])
            and self._places[number].article != evidence.article
            and any(answer <= self._words[number] for answer in known)
        )
        return replace(question, twins=twins)
