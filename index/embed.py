"""Texts to unit vectors: the embedded encoders, and any sentence-transformers model by name.

The static one needs NumPy alone: a text's vector has the direction of the sum of its tokens'
rows, which `train/encoder_folder.py` keeps as int8, with one scale a row.
"""

from __future__ import annotations

import os
import re
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index import models, vocabulary
from index.contextual import CONTEXTUAL, ContextualEncoder
from index.errors import DamagedModelError, InputError, LibraryMismatchError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sentence_transformers import SentenceTransformer

    from index.types import Embedder, Vectors

EMBEDDED = "depeche"

# Tokens averaged at a time: bounds the memory that one endless text takes (4 MB at 256 columns).
TOKENS = 4_096
# Passages a step of a sentence-transformers model; its own default, untested here.
BATCH = 32

# What the model card of the E5 family demands where its configuration says nothing.
E5 = re.compile(r"(?<![a-z0-9])m?e5(?![a-z0-9])")
E5_PROMPTS = {"query": "query: ", "passage": "passage: "}


def open_encoder(name: str, *, may_fetch: bool = False) -> Embedder:
    """Open a shipped encoder, or a sentence-transformers model by name or folder.

    :param may_fetch: the user named it in this command; what a library says is never looked for on
        the network, since anyone may have made it
    :raises DamagedModelError: when the shipped encoder is not what was shipped.
    :raises LibraryMismatchError: when `name` is a shipped encoder of another version.
    :raises InputError: when no model of this name can be loaded.
    """
    asked = unversioned(name)
    if asked not in {EMBEDDED, CONTEXTUAL}:
        return SentenceTransformerEncoder(name, may_fetch=may_fetch)
    encoder: Embedder = EmbeddedEncoder() if asked == EMBEDDED else ContextualEncoder()
    if name not in {asked, encoder.name}:
        raise LibraryMismatchError(
            f"The encoder {name} is not the one installed, {encoder.name}. "
            f"Make its vectors again: depeche index --again --encoder {asked}"
        )
    return encoder


def unversioned(name: str) -> str:
    """What to ask for to have this encoder in the version installed."""
    asked = name.partition("@")[0]
    return asked if asked in {EMBEDDED, CONTEXTUAL} else name


class EmbeddedEncoder:
    """The shipped static encoder; may be shared by threads.

    8,000 to 11,800 passages of 160 tokens a second on one core of a busy machine, two thirds of the
    time in tokenising; there, two threads gained nothing.

    :raises DamagedModelError: when its files are not what was shipped.
    """

    def __init__(self, folder: Path | None = None) -> None:
        folder = folder or models.folder("encoder")
        models.verify(folder)
        weights = next(folder.rglob("model.safetensors"), folder / "model.safetensors")
        self._rows, self._scales = models.tensors(weights, "embeddings", "weights")
        if len(self._rows) != vocabulary.ENTRIES:
            raise DamagedModelError(
                f"{weights} has {len(self._rows)} rows, the vocabulary has {vocabulary.ENTRIES} "
                f"tokens. {models.REMEDY}"
            )
        self._digest = models.digest(folder, weights)

    @property
    def name(self) -> str:
        """`depeche@` and the first 8 digits of the weights' sha256."""
        return f"{EMBEDDED}@{self._digest[:8]}"

    @property
    def dim(self) -> int:
        return int(self._rows.shape[1])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dim), np.float32)
        for row, text in enumerate(texts):
            ids = vocabulary.encode(text)
            for at in range(0, len(ids), TOKENS):
                some = np.array(ids[at : at + TOKENS], np.int32)
                # The sum of the scaled rows; several times faster than np.add.reduceat.
                rows = self._rows.take(some, axis=0).astype(np.float32)
                vectors[row] += self._scales.take(some) @ rows
        return unit(vectors)

    def embed_question(self, text: str) -> Vectors:
        return self.embed_passages([text])


class SentenceTransformerEncoder:
    """Any sentence-transformers model, with its own prompts; threads take turns.

    :raises InputError: when no model of this name can be loaded.
    """

    def __init__(self, name: str, batch: int = BATCH, *, may_fetch: bool = False) -> None:
        self._model = _load(name, may_fetch=may_fetch)
        self._batch = batch
        # A Hugging Face tokenizer used by two threads gives wrong vectors without an error.
        self._turn = threading.Lock()
        self.name = str(Path(name).resolve()) if Path(name).is_dir() else name
        prompts = {kind: text for kind, text in self._model.prompts.items() if text}
        if not prompts and E5.search(Path(name).name.lower()):
            prompts = E5_PROMPTS
        self._question_prompt = prompts.get("query", "")
        self._passage_prompt = prompts.get("passage", prompts.get("document", ""))

    @property
    def dim(self) -> int:
        return int(self._model.get_embedding_dimension())

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._embed(list(texts), self._passage_prompt)

    def embed_question(self, text: str) -> Vectors:
        return self._embed([text], self._question_prompt)

    def _embed(self, texts: list[str], prompt: str) -> Vectors:
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        with self._turn:
            vectors = self._model.encode(
                texts, prompt=prompt, batch_size=self._batch, show_progress_bar=False
            )
        return unit(np.asarray(vectors, np.float32))


def unit(vectors: Vectors) -> Vectors:
    """Scale each row to unit length; a row of zeros stays one."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    return np.asarray(vectors / lengths, np.float32)


def _load(name: str, *, may_fetch: bool) -> SentenceTransformer:
    local = not may_fetch or Path(name).is_dir()
    if local:
        os.environ["HF_HUB_OFFLINE"] = "1"
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(name, local_files_only=local)
    except Exception as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        if not may_fetch and not Path(name).is_dir():
            raise InputError(
                f"The encoder {name!r} that made the library cannot be loaded from this machine: "
                f"{reason[:200]} Put it there; or make the vectors with another, or fetch this one "
                "if you trust it: depeche index --again --encoder NAME"
            ) from error
        raise InputError(
            f"The encoder {name!r} cannot be loaded: {reason[:200]} Give the name of a "
            "sentence-transformers model on huggingface.co (needs the network once), the folder "
            f"of one, or one of the shipped ones, {EMBEDDED!r} and {CONTEXTUAL!r}."
        ) from error
