"""The contextual encoder: a small transformer, slower than the static one and better at meaning.

It runs in onnxruntime on the processor; torch is not needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from index import models, vocabulary
from index.abreast import abreast
from index.rows import word_rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.types import Vectors

CONTEXTUAL = "depeche-contextual"
FILE = "encoder.int8.onnx"
DIM = 384
TOKENS = 510  # read of a text; the rest is left out


class ContextualEncoder:
    """The shipped contextual encoder; threads may share it.

    :raises DamagedModelError: its files are not what was shipped
    """

    dim = DIM

    def __init__(self, folder: Path | None = None) -> None:
        folder = folder or models.folder("contextual")
        models.verify(folder)
        self._rows = word_rows()
        self._session = models.session(folder / FILE)
        self.name = f"{CONTEXTUAL}@{models.digest(folder, folder / FILE)[:8]}"

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), DIM), np.float32)
        for row, vector in enumerate(abreast(self._embed, texts)):
            vectors[row] = vector
        return vectors

    def _embed(self, text: str) -> Vectors:
        """The vector of one text, shape (384,); zeros where it has no token."""
        ids = vocabulary.encode(text)[:TOKENS]
        if not ids:
            return np.zeros(DIM, np.float32)
        read = [vocabulary.BEGIN, *ids, vocabulary.BETWEEN]
        vector: Vectors = self._session.run(None, {"rows": self._rows.of(read)})[0][0]
        return vector

    def embed_question(self, text: str) -> Vectors:
        return self.embed_passages([text])
