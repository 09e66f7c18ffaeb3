"""Wrong passages that an earlier encoder finds for a question."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from index import models
from train import vocabulary
from train.batches import Recipe, Schedule
from train.corpus import VOCABULARY, encode, open_corpus
from train.encoder import contrast
from train.mined import SKIPPED, mined
from train.tiny import write_data

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from train.corpus import Corpus

SMALL = Recipe(dim=8, epochs=4, question_epochs=2, batch=16, block=4, questions=2, passages=4)
QUESTIONS = ["Combien coûte le pont ?", "Qui dirige la ville ?"]
SAID = [
    "Le pont de la ville coûte neuf millions d'euros.",
    "Le pont de la ville coûte neuf millions d'euros.",
    "Le pont de la ville coûte donc neuf millions d'euros.",
    "Le maire dirige la ville depuis dix ans.",
    "Un autre pont coûte bien moins.",
    "Le coût du tunnel a doublé.",
    "La ville vote dimanche.",
    "Les lycéens sont en vacances.",
]
OWN = [0, 3]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("mined")
    encoding = vocabulary.load(VOCABULARY)
    known = open_corpus(write_data(folder / "data"), folder / "cache")
    order = [*OWN, *(place for place in range(len(SAID)) if place not in OWN)]
    passages = encode(encoding, [SAID[place] for place in order])
    return replace(known, question=encode(encoding, QUESTIONS), passage=passages)


@pytest.fixture(scope="module")
def near(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> NDArray[np.int32]:
    return mined(corpus, models.folder("encoder"), tmp_path_factory.mktemp("kept") / "mined.npy")


def test_what_says_the_same_is_never_wrong(near: NDArray[np.int32]) -> None:
    """The corpus holds the passages of the two questions first, then the others in their order."""
    [first, second] = ([place for place in row if place >= 0] for row in near)
    assert not {0, 2, 3} & set(first)  # its own, that once more, and one word added
    assert 1 not in second
    assert len(first) == len(SAID) - 3 - SKIPPED
    assert len(second) == len(SAID) - 1 - SKIPPED


def test_the_nearest_come_first_but_for_the_very_nearest(near: NDArray[np.int32]) -> None:
    assert 4 not in near[0]  # another bridge that costs: it may answer too
    assert near[0][near[0] >= 0][-1] == len(SAID) - 1  # of holidays


def test_they_are_found_once(corpus: Corpus, tmp_path: Path) -> None:
    kept = tmp_path / "mined.npy"
    first = mined(corpus, models.folder("encoder"), kept)
    again = mined(corpus, tmp_path / "no such encoder", kept)
    assert np.array_equal(first, again)


def test_a_step_takes_wrong_passages_beside_the_right_ones(
    corpus: Corpus, near: NDArray[np.int32]
) -> None:
    schedule = Schedule(corpus, SMALL, near)
    *_, asked = schedule.lists(schedule.steps - 1, np.random.default_rng(0))
    known = {tuple(corpus.passage[place]) for place in near[near >= 0]}
    assert {tuple(asked.wrong[place]) for place in range(len(asked.wrong))} <= known
    assert len(asked.first) == len(asked.second) == 2


def test_a_wrong_passage_costs_unless_it_says_what_the_right_one_says() -> None:
    vectors, none = torch.eye(2), torch.zeros(2, 3, dtype=torch.bool)
    first = none.clone()
    first[0, 2] = True  # the third is as good as the first question's own
    plain = contrast(vectors, vectors, none[:, :2], 20.0)
    assert torch.isclose(contrast(vectors, vectors, first, 20.0, vectors[:1]), plain, atol=1e-6)
    assert contrast(vectors, vectors, none, 20.0, vectors[:1]) > plain + 0.1
