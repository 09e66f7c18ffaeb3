"""How fast the shipped models are, each beside a peer in the same run.

    python bench/models.py ARTICLES

The encoder beside sentence-transformers on the same folder; the reader, on 16 passages of some 160
tokens, beside torch on a transformer of the same size in float32. Machines differ and are noisy, so
it is the ratio that means something. Needs the extra `train`.
"""

from __future__ import annotations

import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from index import models, vocabulary
from index.abreast import CORES, abreast
from index.chunk import chunk
from index.embed import EmbeddedEncoder
from index.load import load
from index.loaded import LoadedArticle
from rag.reading_model import ReadingModel
from train.bert import new_body

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.types import Passage

READ: Final = 16
TOKENS: Final = range(140, 181)
QUESTION: Final = "Qu'a décidé le conseil, et quand ?"
TIMES: Final = 15
WIDTH: Final = 384


def main(articles: Path) -> None:
    found = [one for one in load([articles]) if isinstance(one, LoadedArticle)]
    passages = [passage for one in found for passage in chunk(one.article)]
    encode([passage.text for passage in passages])
    read([p for p in passages if len(vocabulary.encode(p.text)) in TOKENS][:READ])


def encode(texts: list[str]) -> None:
    ours, peer = EmbeddedEncoder(), SentenceTransformer(str(models.folder("encoder")))
    ratio = seconds(lambda: peer.encode(texts)), seconds(lambda: ours.embed_passages(texts))
    a_second = len(texts) / np.array(ratio)
    print(f"encoder: {a_second[1]:,.0f} passages a second of {len(texts):,}; ", end="")
    print(f"sentence-transformers {a_second[0]:,.0f}, ratio {ratio[0] / ratio[1]:.1f}")


def read(passages: list[Passage]) -> None:
    model = ReadingModel()
    peer = new_body().eval()
    torch.set_num_threads(CORES)
    rows = torch.randn(1, max(TOKENS), WIDTH)
    with torch.inference_mode():
        theirs = seconds(lambda: [peer(inputs_embeds=rows) for _ in passages])
    ours = seconds(lambda: list(abreast(partial(model.read, QUESTION), passages)))
    print(f"reader: {len(passages)} passages in {ours * 1e3:,.0f} ms; ", end="")
    print(f"torch in float32 {theirs * 1e3:,.0f} ms, ratio {theirs / ours:.1f}")


def seconds(work: Callable[[], object]) -> float:
    """The median of some runs, after one to warm up."""
    work()
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return float(np.median(taken))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
