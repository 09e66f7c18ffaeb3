"""Which rows make up each step: a pure function of (seed, step), so that a run can resume."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from train.ragged import Places

KEPT = {
    "canada-laws": 0.25,
    "debian": 0.5,
    "php": 0.3,
    "python": 0.4,
    "django": 0.4,
    "mozilla": 0.4,
    "multi30k": 0.7,
}
"""Share of a source that takes part in an epoch: law and manuals teach little about news (untested)."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Blocks of rows from one group each, shuffled; a batch is several blocks.

    Neighbours of one language pair and source are harder negatives than random rows; several
    blocks in a batch keep languages mixed.
    """

    group: NDArray[np.int16]
    share: NDArray[np.float64]
    batch: int
    block: int
    seed: int

    def epoch(self, number: int) -> Places:
        """Row numbers of one epoch, (batches, batch)."""
        rng = np.random.default_rng([self.seed, number])
        rows = np.flatnonzero(rng.random(len(self.group)) < self.share[self.group])
        rng.shuffle(rows)
        rows = rows[np.argsort(self.group[rows], kind="stable")]
        blocks = rows[: len(rows) // self.block * self.block].reshape(-1, self.block)
        rng.shuffle(blocks)
        chosen = blocks.reshape(-1)
        return chosen[: len(chosen) // self.batch * self.batch].reshape(-1, self.batch)


def shares(groups: list[str]) -> NDArray[np.float64]:
    """The share of each group that takes part in an epoch, from its source, (groups,)."""
    return np.asarray([KEPT.get(name.split(" ")[1], 1.0) for name in groups])
