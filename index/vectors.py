"""Passages by their vectors, in FAISS: exact up to where that is fast, then clustered.

Derived from the library's SQLite and rebuilt from it. An index in use is never changed: FAISS
crashed in 36 of 40 runs when vectors were added during a search.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

import faiss
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from index.types import Vectors

# Threads cost more to wake than a search takes: 8.5 ms with two, 0.9 ms with one, on 81 vectors.
faiss.omp_set_num_threads(1)

CLUSTER_FROM: Final = 200_000  # vectors; below, the exact scan takes under 10 ms
TARGET_RECALL: Final = 0.98  # of the exact first 10, on the library's own vectors
CALIBRATION_QUERIES: Final = 200
PROBES: Final = (8, 16, 32, 64, 128)
MAX_BYTES: Final = 8 << 30  # a damaged length must not ask for more memory than this


def build(vectors: Vectors, numbers: NDArray[np.int64]) -> faiss.Index:
    """An index of float16 rows under the passage numbers.

    Clusters are used from `CLUSTER_FROM` on, and only when their recall against the exact scan,
    measured on these vectors, reaches `TARGET_RECALL`.

    :param vectors: shape (count, dim), rows of unit length
    :param numbers: shape (count,)
    """
    exact = _filled(_exact(vectors.shape[1]), vectors, numbers)
    if len(vectors) < CLUSTER_FROM:
        return exact
    return _clustered(vectors, numbers, exact) or exact


def search(
    index: faiss.Index, vector: Vectors, limit: int, allowed: NDArray[np.int64] | None = None
) -> list[tuple[int, float]]:
    """Passage numbers and inner products, best first, equal ones by number.

    :param allowed: the only numbers that may be found; all are scored, none is missed
    """
    count = index.ntotal if allowed is None else min(index.ntotal, len(allowed))
    if limit < 1 or count == 0:
        return []
    parameters = None if allowed is None else _only(index, allowed)
    scores, numbers = index.search(vector, min(limit, count), params=parameters)
    rows = zip(numbers[0].tolist(), scores[0].tolist(), strict=True)
    return sorted((row for row in rows if row[0] >= 0), key=lambda row: (-row[1], row[0]))


def _only(index: faiss.Index, allowed: NDArray[np.int64]) -> faiss.SearchParameters:
    """A scan of these numbers alone; of clusters, all are looked into."""
    selector = faiss.IDSelectorBatch(allowed)
    try:
        clusters = faiss.extract_index_ivf(index).nlist
    except RuntimeError:
        return faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]  # faiss adds it
    return faiss.SearchParametersIVF(sel=selector, nprobe=clusters)  # type: ignore[call-arg]  # faiss adds it


def numbers_of(index: faiss.Index) -> list[int]:
    """The passage numbers it holds, in order."""
    return sorted(faiss.vector_to_array(index.id_map).tolist())  # type: ignore[attr-defined]  # of IndexIDMap2


def rows_of(index: faiss.Index, numbers: Sequence[int]) -> Vectors:
    """The vectors of these passages as the index holds them, shape (len(numbers), dim)."""
    with suppress(RuntimeError):  # there are no clusters
        faiss.extract_index_ivf(index).make_direct_map()
    return index.reconstruct_batch(np.asarray(numbers, np.int64))


def to_bytes(index: faiss.Index) -> bytes:
    """The index as a file's content; `faiss.write_index` is silent on a full disk."""
    return faiss.serialize_index(index).tobytes()


def from_bytes(data: bytes) -> faiss.Index:
    """The index back; the caller has checked that the bytes are those that were written."""
    faiss.set_deserialization_vector_byte_limit(MAX_BYTES)
    return faiss.deserialize_index(np.frombuffer(data, dtype=np.uint8))


def _exact(dim: int) -> faiss.Index:
    kind = faiss.ScalarQuantizer.QT_fp16
    return faiss.IndexScalarQuantizer(dim, kind, faiss.METRIC_INNER_PRODUCT)


def _filled(index: faiss.Index, vectors: Vectors, numbers: NDArray[np.int64]) -> faiss.Index:
    labelled = faiss.IndexIDMap2(index)
    if len(vectors):
        if not index.is_trained:
            labelled.train(vectors[:1])  # float16 has nothing to learn, but wants to be told
        labelled.add_with_ids(vectors, numbers)
    return labelled


def _clustered(
    vectors: Vectors, numbers: NDArray[np.int64], exact: faiss.Index
) -> faiss.Index | None:
    """IVF with 8-bit rows, probing as few clusters as the target recall needs; None if none do."""
    clusters = int(2 * np.sqrt(len(vectors)))
    shape = f"IVF{clusters},SQ8"
    index = faiss.index_factory(vectors.shape[1], shape, faiss.METRIC_INNER_PRODUCT)
    ivf = faiss.extract_index_ivf(index)
    random = np.random.default_rng(0)
    index.train(vectors[random.permutation(len(vectors))[: 40 * clusters]])
    labelled = _filled(index, vectors, numbers)
    queries = vectors[random.permutation(len(vectors))[:CALIBRATION_QUERIES]]
    truth = exact.search(queries, 10)[1]
    for probes in PROBES:
        ivf.nprobe = probes
        if _recall(labelled.search(queries, 10)[1], truth) >= TARGET_RECALL:
            return labelled
    return None


def _recall(found: NDArray[np.int64], truth: NDArray[np.int64]) -> float:
    shared = [len(set(f) & set(t)) / len(t) for f, t in zip(found, truth, strict=True)]
    return float(np.mean(shared))
