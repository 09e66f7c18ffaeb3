"""What the reader learns from: questions, each beside what answers it and what does not.

Knows nothing of the model.
"""

import random
from dataclasses import dataclass
from typing import NamedTuple

from train.altered import Names
from train.cloze import Cloze
from train.reader_model import Input, put_together
from train.reading import QUIZ, WRITTEN, Passage, Problem, Reading, Span, varied
from train.vocabulary import prepare

UNANSWERABLE = "unanswerable"
SHARES = {
    "news.train": 0.14,
    WRITTEN: 0.46,
    "piaf.train": 0.20,
    "other-languages.train": 0.05,
    "covid-qa.en.train": 0.02,
    QUIZ: 0.02,
    UNANSWERABLE: 0.11,
}
"""Share of the questions that are not made of sentences (untested)."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """The numbers of a run.

    `made` is the share of the questions that are made of sentences; in every `alone_every`th step
    sentences are learnt from alone, never at 0. Of `offered` near passages the `wrong` ones that
    look most like an answer are learnt from (ANCE, Xiong et al. 2021).
    """

    steps: int = 3_450
    questions: int = 12
    made: float = 0.0
    wrong: int = 1
    offered: int = 1
    warm_up: int = 60
    body_rate: float = 1.5e-4
    head_rate: float = 1e-3
    altered: float = 0.2
    without: float = 0.35
    decay: float = 0.01
    clip: float = 1.0
    alone_every: int = 0
    groups: int = 3
    seed: int = 1


class Lesson(NamedTuple):
    """One question's inputs, the answering one first if any, and its answer's tokens."""

    inputs: list[Input]
    span: tuple[int, int] | None


class Lessons:
    """The lessons of each step, a pure function of (seed, step)."""

    def __init__(
        self, reading: Reading, cloze: Cloze, wrong: list[list[int]], recipe: Recipe
    ) -> None:
        self.reading, self.cloze, self.wrong, self.recipe = reading, cloze, wrong, recipe
        sources = [p.source if p.spans else UNANSWERABLE for p in reading.problems]
        places = {name: [i for i, s in enumerate(sources) if s == name] for name in SHARES}
        self.places = {name: found for name, found in places.items() if found}
        self.names = Names((problem.question, problem.lang) for problem in reading.problems)

    def of(self, step: int) -> list[Lesson]:
        """The lessons of one step."""
        rng = random.Random(self.recipe.seed * 1_000_003 + step)
        shares = [SHARES[name] for name in self.places]
        names = rng.choices(list(self.places), shares, k=self.recipe.questions)
        return [
            Lesson(*self.cloze.question(rng))
            if rng.random() < self.recipe.made
            else self._lesson(rng.choice(self.places[name]), rng)
            for name in names
        ]

    def _lesson(self, place: int, rng: random.Random) -> Lesson:
        problem: Problem = self.reading.problems[place]
        asked = varied(problem.question, problem.lang, rng)
        span = rng.choice(problem.spans) if problem.spans else None
        lesson = self._hard(problem, asked, span, rng) if span else None
        if lesson:
            return lesson
        count = self.recipe.offered + (span is None)
        wrong = self.wrong[place] or range(len(self.reading.passages))  # none looked like one
        chosen = [rng.choice(wrong) for _ in range(count)]
        places = [span.passage, *chosen] if span else chosen
        passages = [self.reading.passages[p] for p in places]
        inputs = [self._input(asked, passage) for passage in passages]
        if span is None or inputs[0].begin + span.last >= len(inputs[0].ids) - 1:
            return Lesson(inputs, None) if span is None else Lesson(inputs[1:], None)
        return Lesson(inputs, (inputs[0].begin + span.first, inputs[0].begin + span.last))

    def _hard(self, problem: Problem, asked: str, span: Span, rng: random.Random) -> Lesson | None:
        """The answering passage, and all but the answer of it or all but the question."""
        kind, passage = rng.random(), self.reading.passages[span.passage]
        right = self._input(asked, passage)
        wrong: Input | None = None
        if kind < self.recipe.altered:
            other = self.names.altered(asked, problem.lang, passage.text, rng)
            wrong = self._input(other, passage) if other else None
        elif kind < self.recipe.altered + self.recipe.without:
            rest = self.reading.without(passage, problem.answer)
            wrong = self._input(asked, rest) if rest else None
        first, last = right.begin + span.first, right.begin + span.last
        return (
            Lesson([right, wrong], (first, last)) if wrong and last < len(right.ids) - 1 else None
        )

    def _input(self, asked: str, passage: Passage) -> Input:
        """A question beside a passage, in tokens."""
        question = self.reading.encoding.encode_ordinary(prepare(asked))
        return put_together(question, passage.ids, passage.begin, self.reading.ends(passage))
