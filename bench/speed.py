"""How long indexing and asking take, beside a peer in the same run.

    python bench/speed.py ARTICLES QUESTIONS.jsonl

The peer is the plainest thing that works: scikit-learn's TF-IDF over the same passages, and no
answer at all. Machines differ and are noisy, so it is the ratio that means something.
"""

from __future__ import annotations

import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from eval.rows import read_rows
from rag.chain import open_chain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

COMMAND = [sys.executable, "-c", "from rag.cli import main; main()"]
COLD_RUNS = 5


def main(articles: Path, questions: Path) -> None:
    asked = [row["question"] for row in read_rows(questions)]
    with TemporaryDirectory() as folder:
        indexing = _seconds(lambda: _run("index", str(articles), "--library", folder))
        cold = [
            _seconds(partial(_run, "ask", question, "--library", folder))
            for question in asked[:COLD_RUNS]
        ]
        chain = open_chain(folder)
        warm = _each(asked, chain.ask)
        indexed = chain.library
        passages = [p.text for a in indexed.articles() for p in indexed.passages(a.id)]
        indexed.close()
    peer = TfidfVectorizer(sublinear_tf=True)
    peer_indexing = _seconds(lambda: peer.fit(passages))
    matrix = peer.transform(passages)
    peer_warm = _each(
        asked, lambda q: np.argsort(-(matrix @ peer.transform([q]).T).toarray()[:, 0])
    )
    print(f"{len(passages):,} passages, {len(asked)} questions")
    print(f"index     {indexing:8.2f} s    TF-IDF {peer_indexing:8.2f} s")
    print(f"ask, cold {np.median(cold):8.2f} s    (median of {COLD_RUNS}, whole command)")
    for name, q in (("p50", 50), ("p95", 95)):
        ours, theirs = np.percentile(warm, q) * 1e3, np.percentile(peer_warm, q) * 1e3
        print(f"ask, {name}  {ours:8.1f} ms   TF-IDF {theirs:8.1f} ms   ratio {ours / theirs:.1f}")


def _run(*arguments: str) -> None:
    done = subprocess.run([*COMMAND, *arguments], check=False, capture_output=True)  # noqa: S603 - ours
    if done.returncode not in {0, 3}:  # 3: the articles do not say, which takes time too
        raise SystemExit(done.stderr.decode())


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _each(questions: Sequence[str], work: Callable[[str], object]) -> list[float]:
    work(questions[0])  # caches warm up
    return [_seconds(partial(work, question)) for question in questions]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
