from __future__ import annotations

from typing import TYPE_CHECKING

import faiss
import numpy as np
import pytest

from index import vectors

if TYPE_CHECKING:
    from index.types import Vectors


def rows(count: int, dim: int = 32) -> Vectors:
    """Unit vectors in clumps, as those of articles are."""
    random = np.random.default_rng(1)
    centres = random.normal(size=(40, dim))
    made = centres[random.integers(0, 40, count)] + 0.3 * random.normal(size=(count, dim))
    unit: Vectors = (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)
    return unit


def inner(index: faiss.Index) -> faiss.Index:
    """What stands under the passage numbers."""
    labelled = faiss.downcast_index(index)
    assert isinstance(labelled, faiss.IndexIDMap2)
    return faiss.downcast_index(labelled.index)


def test_the_nearest_is_found_under_its_number_after_a_round_trip() -> None:
    data, numbers = rows(500), np.arange(500, dtype=np.int64) * 3 + 7
    index = vectors.from_bytes(vectors.to_bytes(vectors.build(data, numbers)))
    found = vectors.search(index, data[5:6], 10)
    assert found[0][0] == numbers[5]
    assert found[0][1] == pytest.approx(1, abs=1e-3)
    assert [score for _, score in found] == sorted((s for _, s in found), reverse=True)


def test_an_empty_index_finds_nothing() -> None:
    index = vectors.build(np.zeros((0, 8), np.float32), np.zeros(0, np.int64))
    again = vectors.from_bytes(vectors.to_bytes(index))
    assert vectors.search(again, np.ones((1, 8), np.float32), 5) == []


def test_many_vectors_are_clustered_when_that_loses_little(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(vectors, "CLUSTER_FROM", 5_000)
    monkeypatch.setattr(vectors, "TARGET_RECALL", 0.9)
    data, numbers = rows(6_000), np.arange(6_000, dtype=np.int64)
    index = vectors.build(data, numbers)
    assert isinstance(inner(index), faiss.IndexIVF)
    exact = np.argsort(-(data[:50] @ data.T), axis=1, kind="stable")[:, :10]
    found = [[n for n, _ in vectors.search(index, data[i : i + 1], 10)] for i in range(50)]
    shared = [len(set(f) & set(e.tolist())) / 10 for f, e in zip(found, exact, strict=True)]
    assert np.mean(shared) >= 0.85


def test_clusters_that_lose_too_much_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "CLUSTER_FROM", 3_000)
    monkeypatch.setattr(vectors, "TARGET_RECALL", 1.01)
    index = vectors.build(rows(3_000), np.arange(3_000, dtype=np.int64))
    assert isinstance(inner(index), faiss.IndexScalarQuantizer)
