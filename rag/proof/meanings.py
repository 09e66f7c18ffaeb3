"""Vectors of words and sentences by the shipped encoder, whatever encoder made the library.

What is compared by them was calibrated on it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from index.embed import EMBEDDED, open_encoder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.types import Embedder
    from rag.proof.wording import Word


@lru_cache(maxsize=100_000)
def meaning(text: str) -> NDArray[np.float32]:
    """A unit vector, or zeros for a text without any token; not to be written to."""
    vector: NDArray[np.float32] = _encoder().embed_passages([text])[0]
    return vector


def nearness(word: Word, other: Word) -> float:
    """How near two words are in meaning: 1 for a shared stem, else the cosine of their vectors."""
    if not word.terms.isdisjoint(other.terms):
        return 1.0
    return float(meaning(word.folded) @ meaning(other.folded))


@lru_cache(maxsize=1)
def _encoder() -> Embedder:
    return open_encoder(EMBEDDED)
