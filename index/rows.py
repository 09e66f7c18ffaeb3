"""The word rows that the contextual models share: what each token is before it is read in context.

Knows nothing of the models that read them.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import numpy as np

from index import models, vocabulary
from index.errors import DamagedModelError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

FILE = "words.safetensors"
SPECIAL = 3  # rows beyond the vocabulary: beginning, separator, padding


class WordRows:
    """One int8 row and one float32 scale a token; threads may share it.

    :raises DamagedModelError: its files are not what was shipped
    """

    def __init__(self, folder: Path | None = None) -> None:
        folder = folder or models.folder("words")
        models.verify(folder)
        self._rows, self._scales = models.tensors(folder / FILE, "rows", "scales")
        if len(self._rows) != vocabulary.ENTRIES + SPECIAL:
            raise DamagedModelError(
                f"{folder / FILE} has {len(self._rows)} rows, not "
                f"{vocabulary.ENTRIES + SPECIAL}. {models.REMEDY}"
            )

    def of(self, ids: Sequence[int]) -> NDArray[np.float32]:
        """Their rows, shape (1, tokens, 384): what the contextual models take."""
        some = np.array(ids, np.int64)
        rows: NDArray[np.float32] = self._rows.take(some, axis=0).astype(np.float32)
        rows *= self._scales.take(some)[:, None]
        return rows[None]


@functools.cache
def word_rows() -> WordRows:
    """The shipped rows, loaded once: 25 MB."""
    return WordRows()
