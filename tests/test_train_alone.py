"""What the reader took for answers, cut down to a sentence and the one before it."""

import pytest
import torch
from torch import Tensor

from train import vocabulary
from train.alone import alone
from train.corpus import VOCABULARY
from train.lessons import Lesson
from train.reader_model import Input, put_together
from train.reading import Passage, Reading
from train.tiny import write_data
from train.vocabulary import prepare

SENTENCES = (
    "Le maire part mardi.",
    "Il est remplacé par Paul Durand.",
    "Le conseil a voté.",
    "Une élection suivra en juin.",
)


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    data = write_data(tmp_path_factory.mktemp("alone") / "data")
    return Reading(data, vocabulary.load(VOCABULARY))


def passage(reading: Reading, text: str) -> Passage:
    title = reading.encoding.encode_ordinary(prepare("Le conseil ."))
    return Passage(title + reading.encoding.encode_ordinary(prepare(text)), len(title), "", text)


def beside(reading: Reading, question: str, text: str) -> Input:
    read = passage(reading, text)
    asked = reading.encoding.encode_ordinary(prepare(question))
    return put_together(asked, read.ids, read.begin, reading.ends(read))


def said(reading: Reading, one: Input) -> str:
    return reading.encoding.decode([int(token) for token in one.ids[one.begin : -1]]).strip()


def likely(one: Input, words: str, reading: Reading) -> Tensor:
    """Logits of an answer at these words."""
    logits = torch.zeros(len(one.ids), 2)
    first, last = place(one, words, reading)
    logits[first, 0] = logits[last, 1] = 9.0
    return logits


def place(one: Input, words: str, reading: Reading) -> tuple[int, int]:
    wanted = reading.encoding.encode_ordinary(prepare(words))
    ids = [int(token) for token in one.ids]
    first = next(n for n in range(len(ids)) if ids[n : n + len(wanted)] == wanted)
    return first, first + len(wanted) - 1


def test_an_article_is_cut_where_its_sentences_end(reading: Reading) -> None:
    one = beside(reading, "Qui ?", "  ".join(SENTENCES[:2]) + "\n\n" + " ".join(SENTENCES[2:]))
    starts = [one.begin, *one.ends[:-1]]
    texts = [
        reading.encoding.decode([int(token) for token in one.ids[a:b]]).strip()
        for a, b in zip(starts, one.ends, strict=True)
    ]
    assert texts == [sentence.lower() for sentence in SENTENCES]


def test_the_answer_stands_alone_and_beside_it_the_likeliest_other(reading: Reading) -> None:
    text = " ".join(SENTENCES)
    right, wrong = (beside(reading, "Qui remplace le maire ?", text) for _ in range(2))
    span = place(right, "paul durand", reading)
    logits = [likely(right, "en juin", reading), likely(wrong, "mardi", reading)]
    [lesson] = alone([Lesson([right, wrong], span)], logits)
    texts = [said(reading, one) for one in lesson.inputs]
    assert texts == [
        " ".join(SENTENCES[:2]).lower(),
        " ".join(SENTENCES[2:]).lower(),
        SENTENCES[0].lower(),
    ]
    assert lesson.span is not None
    first, last = lesson.span
    answer = [int(token) for token in lesson.inputs[0].ids[first : last + 1]]
    assert reading.encoding.decode(answer).strip() == "paul durand"
    assert all((one.ids[: one.begin] == right.ids[: one.begin]).all() for one in lesson.inputs)


def test_a_sentence_that_repeats_the_answer_is_no_wrong_one(reading: Reading) -> None:
    text = "Paul Durand est élu. Il parle. Le nouveau maire est Paul Durand."
    one = beside(reading, "Qui est élu ?", text)
    span = place(one, "paul durand", reading)
    logits = likely(one, "paul durand", reading)
    logits[one.ends[1] :] += 5
    [lesson] = alone([Lesson([one], span)], [logits])
    assert [said(reading, found) for found in lesson.inputs][1] == "paul durand est élu. il parle."


def test_what_answers_nothing_gives_its_likeliest_sentence(reading: Reading) -> None:
    one = beside(reading, "Où ?", " ".join(SENTENCES))
    [lesson] = alone([Lesson([one], None)], [likely(one, "en juin", reading)])
    assert lesson.span is None
    assert [said(reading, found) for found in lesson.inputs] == [" ".join(SENTENCES[2:]).lower()]


def test_one_sentence_is_all_there_is(reading: Reading) -> None:
    one = beside(reading, "Qui ?", SENTENCES[1])
    span = place(one, "paul durand", reading)
    [lesson] = alone([Lesson([one], span)], [likely(one, "il", reading)])
    assert [said(reading, found) for found in lesson.inputs] == [SENTENCES[1].lower()]
    assert lesson.span == span
