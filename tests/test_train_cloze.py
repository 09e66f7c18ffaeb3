"""Questions made of sentences."""

import random

import pytest

from train import vocabulary
from train.cloze import Cloze, running_text
from train.corpus import VOCABULARY
from train.data import read_documents
from train.gaps import cause
from train.heldout import HELD_OUT_NEWS
from train.reading import Reading
from train.tiny import write_data

DOCUMENT = [
    {"fr": "La maire de Solvane a parlé mardi soir.", "en": "Solvane's mayor spoke on Tuesday."},
    {
        "fr": "Le vieux pont sera fermé en 2031 car la rivière a rongé ses trois piles.",
        "en": "The old bridge will close in 2031 because the river has worn its three piers.",
    },
    {"fr": "Des habitants ont protesté.", "en": "Residents protested."},
    {"fr": "Une passerelle de bois est promise.", "en": "A wooden footbridge is promised."},
]

REASONS = {"fr": "la rivière a rongé ses trois piles", "en": "the river has worn its three piers"}


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    data = write_data(tmp_path_factory.mktemp("cloze") / "data")
    return Reading(data, vocabulary.load(VOCABULARY))


@pytest.fixture(scope="module")
def cloze(reading: Reading) -> Cloze:
    return Cloze(reading, [DOCUMENT])


@pytest.mark.parametrize("seed", range(40))
def test_the_passage_tells_what_the_question_leaves_out(
    cloze: Cloze, reading: Reading, seed: int
) -> None:
    (right, wrong), (first, last) = cloze.question(random.Random(seed))
    answer = reading.encoding.decode([int(token) for token in right.ids[first : last + 1]]).strip()
    asked = reading.encoding.decode([int(token) for token in right.ids[1 : right.second - 1]])
    near = reading.encoding.decode([int(token) for token in wrong.ids[wrong.begin : -1]])
    assert any(answer in text.lower() for line in DOCUMENT for text in line.values())
    assert answer not in asked
    assert answer not in near
    assert right.ids[: right.second].tolist() == wrong.ids[: wrong.second].tolist()


def test_the_same_seed_gives_the_same_question(cloze: Cloze) -> None:
    (one, _), span = cloze.question(random.Random(5))
    (other, _), again = cloze.question(random.Random(5))
    assert (one.ids.tolist(), span) == (other.ids.tolist(), again)


def test_why_is_answered_by_what_follows_the_conjunction_in_either_language() -> None:
    french, english = DOCUMENT[1]["fr"], DOCUMENT[1]["en"]
    for sides in (("fr", "fr"), ("fr", "en"), ("en", "fr")):
        asked, told = (french if side == "fr" else english for side in sides)
        gap = cause(asked, told, sides)
        assert gap is not None
        assert asked[: gap.asked[0]].split()[-1] == "2031"
        wanted = {
            "fr": "la rivière a rongé ses trois piles",
            "en": "the river has worn its three piers",
        }
        assert told[slice(*gap.told)] == wanted[sides[1]]


@pytest.mark.parametrize(
    "text", ["Car il pleut depuis trois semaines.", "Le pont a fermé.", "Il vient en car rouge."]
)
def test_a_sentence_that_gives_no_reason_for_anything_is_left(text: str) -> None:
    assert cause(text, text, ("fr", "fr")) is None


def test_what_is_held_out_makes_no_question(tmp_path_factory: pytest.TempPathFactory) -> None:
    data = write_data(tmp_path_factory.mktemp("held") / "data")
    held = {line.french for line in read_documents(data) if line.part == HELD_OUT_NEWS}
    found = {text for document in running_text(data) for line in document for text in line.values()}
    assert held
    assert not held & found
