"""Wrong passages that an earlier encoder takes for right ones (ANCE, Xiong et al. 2021)."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

from train.corpus import Corpus
from train.encoder_folder import unit_means

DEPTH = 40
SKIPPED = 2
"""The very first may answer too."""
ALIKE = 0.8
"""Cosine from which a passage is held to say the same as the right one (untested)."""
CHUNK = 512


def mined(corpus: Corpus, encoder: Path, kept: Path) -> NDArray[np.int32]:
    """Passage numbers near each question, best first, (questions, DEPTH - SKIPPED); -1 is none.

    :param encoder: folder of the encoder that looks for them
    :param kept: where they are kept from the first time on
    """
    if kept.exists():
        known: NDArray[np.int32] = np.load(kept, allow_pickle=False)
        return known
    tensors = load_file(encoder / "0_StaticEmbedding" / "model.safetensors")
    table = tensors["embeddings"].astype(np.float32) * tensors["weights"][:, None]
    questions, passages = unit_means(table, corpus.question), unit_means(table, corpus.passage)
    same = corpus.passage.hashes()
    depth = min(DEPTH, len(passages))
    found = np.full((len(questions), depth), -1, np.int32)
    for start in range(0, len(questions), CHUNK):
        rows = np.arange(start, min(start + CHUNK, len(questions)))
        scores = questions[rows] @ passages.T
        scores[same[rows][:, None] == same] = -np.inf
        scores[passages[rows] @ passages.T > ALIKE] = -np.inf
        near = np.argsort(-scores, axis=1, kind="stable")[:, :depth]
        left = np.isfinite(np.take_along_axis(scores, near, 1))
        found[rows] = np.where(left, near, -1)
    np.save(kept, found[:, SKIPPED:])
    return found[:, SKIPPED:]
