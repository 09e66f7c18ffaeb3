"""Many token lists in two flat arrays, on disk and in memory.

Knows nothing about what the tokens mean.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.uint16]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ragged:
    """Row i is `ids[starts[i]:starts[i + 1]]`; ids (tokens,), starts (rows + 1,)."""

    ids: Ids
    starts: Places

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, row: int) -> Ids:
        return self.ids[self.starts[row] : self.starts[row + 1]]

    @property
    def lengths(self) -> Places:
        """Tokens of each row, (rows,)."""
        return np.diff(self.starts)

    def take(self, rows: Places, longest: int | None = None) -> "Ragged":
        """The named rows, in that order, each cut after `longest` tokens."""
        return self.spans(self.starts[rows], self.starts[rows + 1], longest)

    def runs(self, rows: Places, counts: Places, longest: int | None = None) -> "Ragged":
        """Each result is `counts[i]` neighbouring rows from `rows[i]` on, joined."""
        return self.spans(self.starts[rows], self.starts[rows + counts], longest)

    def spans(self, begins: Places, ends: Places, longest: int | None = None) -> "Ragged":
        """The token spans [begin, end) as rows of their own."""
        lengths = ends - begins if longest is None else np.minimum(ends - begins, longest)
        starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        places = np.arange(starts[-1]) + np.repeat(begins - starts[:-1], lengths)
        return Ragged(self.ids[places], starts)

    def hashes(self) -> Places:
        """One number a row, equal for equal rows, (rows,)."""
        rows = (hash(self[row].tobytes()) for row in range(len(self)))
        return np.fromiter(rows, dtype=np.int64, count=len(self))

    def save(self, stem: Path) -> None:
        """Write `stem.ids.npy` and `stem.starts.npy`."""
        np.save(stem.with_name(stem.name + ".ids.npy"), self.ids)
        np.save(stem.with_name(stem.name + ".starts.npy"), self.starts)


def load_ragged(stem: Path) -> Ragged:
    """Read what `Ragged.save` wrote."""
    ids = np.load(stem.with_name(stem.name + ".ids.npy"), allow_pickle=False)
    starts = np.load(stem.with_name(stem.name + ".starts.npy"), allow_pickle=False)
    return Ragged(ids, starts)


def ragged(rows: Iterable[Sequence[int]]) -> Ragged:
    """Put lists of ids (each under 65,536) behind one another."""
    parts = [np.asarray(row, dtype=np.uint16) for row in rows]
    starts = np.cumsum([0, *map(len, parts)], dtype=np.int64)
    return Ragged(np.concatenate(parts) if parts else np.zeros(0, np.uint16), starts)


def join(first: Ragged, second: Ragged) -> Ragged:
    """The rows of both, first before second."""
    starts = np.concatenate([first.starts, second.starts[1:] + first.starts[-1]])
    return Ragged(np.concatenate([first.ids, second.ids]), starts)
