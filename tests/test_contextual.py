"""The shipped contextual encoder, and the word rows it shares with the reader."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index import models, vocabulary
from index.contextual import CONTEXTUAL, DIM, ContextualEncoder
from index.embed import open_encoder, unversioned
from index.errors import DamagedModelError, LibraryMismatchError
from index.rows import SPECIAL, WordRows, word_rows

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = [
    "Le pont est fermé aux voitures depuis mardi.",
    "The bridge has been closed to cars since Tuesday.",
    "Le prix du blé a doublé en un an.",
    "The price of wheat has doubled within a year.",
]


@pytest.fixture(scope="module")
def encoder() -> ContextualEncoder:
    return ContextualEncoder()


def test_translations_lie_nearer_than_other_sentences(encoder: ContextualEncoder) -> None:
    vectors = encoder.embed_passages(TEXTS)
    assert vectors.shape == (4, DIM)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(4), abs=1e-5)
    cosines = vectors @ vectors.T
    assert min(cosines[0, 1], cosines[2, 3]) > max(cosines[0, 2], cosines[0, 3], cosines[1, 2])


def test_a_text_without_tokens_is_zeros_and_a_long_one_is_cut(encoder: ContextualEncoder) -> None:
    empty, long, longer = encoder.embed_passages(["", "mot " * 600, "mot " * 900])
    assert not empty.any()
    assert long == pytest.approx(longer)


def test_what_is_embedded_beside_a_text_changes_nothing(encoder: ContextualEncoder) -> None:
    together = encoder.embed_passages(TEXTS)
    with ThreadPoolExecutor(4) as pool:
        alone = list(pool.map(encoder.embed_question, TEXTS))
    assert np.concatenate(alone) == pytest.approx(together, abs=1e-6)


def test_it_is_opened_by_name_and_version() -> None:
    named = open_encoder(CONTEXTUAL).name
    assert unversioned(named) == CONTEXTUAL
    assert open_encoder(named).name == named
    with pytest.raises(LibraryMismatchError, match="--again --encoder depeche-contextual"):
        open_encoder(f"{CONTEXTUAL}@00000000")


def test_rows_are_one_a_token() -> None:
    ids = [0, 17, vocabulary.ENTRIES + SPECIAL - 1]
    rows = word_rows().of(ids)
    assert rows.shape == (1, 3, DIM)
    assert rows[0, 1] == pytest.approx(word_rows().of([17])[0, 0])


@pytest.mark.parametrize("name", ["words", "contextual"])
def test_a_changed_byte_is_refused(name: str, tmp_path: Path) -> None:
    folder = shutil.copytree(models.folder(name), tmp_path / name)
    file = max(folder.iterdir(), key=lambda path: path.stat().st_size)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    with pytest.raises(DamagedModelError, match=file.name):
        WordRows(folder) if name == "words" else ContextualEncoder(folder)
