"""What the static encoder sees at each step: a pure function of (recipe, step), to resume by."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from train.corpus import Corpus
from train.ragged import Places, Ragged, join


class Aligned(NamedTuple):
    """Two lists of texts; row i of one belongs to row i of the other and to no other row.

    `wrong` belong to none of the first.
    """

    first: Ragged
    second: Ragged
    wrong: Ragged


NONE = Ragged(np.zeros(0, np.uint16), np.zeros(1, np.int64))

KEPT = {
    "canada-laws": 0.25,
    "debian": 0.5,
    "php": 0.3,
    "python": 0.4,
    "django": 0.4,
    "mozilla": 0.4,
    "multi30k": 0.7,
}
"""Share of a source in an epoch, others 1: manuals and laws teach little of news (untested)."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """The numbers of a run; the model card says what was tried.

    Tried: rows drawn at random instead of in blocks: after half an epoch equal in matching, two
    points lower in news.dev recall@5. Sentences with what stands around them in their document
    (inverse cloze task, Lee et al. 2019): added to a finished encoder, after 100 steps two points
    less matching and five less recall@5, not followed further. Questions from the first epoch
    on, with clozes: six points less matching after one epoch.
    """

    dim: int = 256
    epochs: int = 6
    question_epochs: int = 3
    batch: int = 2_048
    block: int = 256
    questions: int = 512
    passages: int = 128
    passage_lines: tuple[int, int] = (3, 6)
    longest: int = 256
    scale: float = 20.0
    rate: float = 0.02
    dropped: float = 0.1
    start: float = 0.05
    seed: int = 1


class Schedule:
    """All steps of a run over a corpus."""

    def __init__(
        self, corpus: Corpus, recipe: Recipe, mined: NDArray[np.int32] | None = None
    ) -> None:
        self.corpus, self.recipe, self.mined = corpus, recipe, mined
        self.share = np.asarray([KEPT.get(name.split(" ")[1], 1.0) for name in corpus.groups])
        lengths = [len(self._epoch(number)) for number in range(recipe.epochs)]
        self.ends = np.cumsum(lengths)
        self._current = (-1, np.zeros((0, recipe.batch), np.int64))

    @property
    def steps(self) -> int:
        """How many steps there are."""
        return int(self.ends[-1])

    def rate(self, step: int) -> float:
        """The size of a step: linearly down to zero."""
        return self.recipe.rate * (1 - step / self.steps)

    def lists(self, step: int, rng: np.random.Generator) -> list[Aligned]:
        """The aligned lists of one step: sentences with running passages, and questions."""
        epoch = int(np.searchsorted(self.ends, step, side="right"))
        if self._current[0] != epoch:
            self._current = (epoch, self._epoch(epoch))
        rows = self._current[1][step - int(self.ends[epoch])]  # counted from the epoch's end
        first, second = self._running(rng)
        longest = self.recipe.longest
        sentences = (self.corpus.first.take(rows, longest), self.corpus.second.take(rows, longest))
        found = [Aligned(join(sentences[0], first), join(sentences[1], second), NONE)]
        if epoch >= self.recipe.epochs - self.recipe.question_epochs:
            found.append(self._questions(rng))
        return found

    def _epoch(self, number: int) -> Places:
        """Row numbers of one epoch, (batches, batch): blocks of one group each, shuffled.

        Neighbours of one language pair and source are harder negatives than random rows; several
        blocks in a batch keep languages mixed.
        """
        recipe, group = self.recipe, self.corpus.group
        rng = np.random.default_rng([recipe.seed, number])
        rows = np.flatnonzero(rng.random(len(group)) < self.share[group])
        rng.shuffle(rows)
        rows = rows[np.argsort(group[rows], kind="stable")]
        blocks = rows[: len(rows) // recipe.block * recipe.block].reshape(-1, recipe.block)
        rng.shuffle(blocks)
        chosen = blocks.reshape(-1)
        return chosen[: len(chosen) // recipe.batch * recipe.batch].reshape(-1, recipe.batch)

    def _running(self, rng: np.random.Generator) -> tuple[Ragged, Ragged]:
        """Runs of document lines in English and in French."""
        low, high = self.recipe.passage_lines
        counts = rng.integers(low, high + 1, self.recipe.passages)
        begins = rng.integers(0, len(self.corpus.english) - high, self.recipe.passages)
        sides = (self.corpus.english, self.corpus.french)
        first, second = (side.runs(begins, counts, self.recipe.longest) for side in sides)
        return first, second

    def _questions(self, rng: np.random.Generator) -> Aligned:
        """Random questions with their passages."""
        rows = rng.choice(len(self.corpus.question), self.recipe.questions, replace=False)
        longest = self.recipe.longest
        asked, passage = self.corpus.question, self.corpus.passage
        wrong = NONE
        if self.mined is not None:
            near = self.mined[rows, rng.integers(self.mined.shape[1], size=len(rows))]
            wrong = passage.take(near[near >= 0].astype(np.int64), longest)
        return Aligned(asked.take(rows, longest), passage.take(rows, longest), wrong)
