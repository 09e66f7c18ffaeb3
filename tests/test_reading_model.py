from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from index.errors import DamagedModelError
from index.types import Article, Passage
from rag.quote import article_sentences
from rag.reading_model import FOLDER, ReadingModel

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = Article(
    "a",
    "La Corée du Nord envoie des troupes",
    "Le ministre a parlé mercredi. Selon le Pentagone, la Corée du Nord a envoyé 10 000 soldats "
    "en Russie.\n\nLe Kremlin n’a pas répondu. Les deux pays ont signé un traité en juin.",
    "fr",
)
PASSAGE = Passage(ARTICLE, 0, len(ARTICLE.text))
ELSEWHERE = Passage(
    Article("b", "Tramway", "Le tramway de Valbrenne roule depuis lundi. Il est bleu.", "fr"), 0, 56
)
QUESTION = "Combien de soldats la Corée du Nord a-t-elle envoyés ?"


@pytest.fixture(scope="module")
def model() -> ReadingModel:
    return ReadingModel()


def test_the_sentence_and_the_words_that_answer_lead(model: ReadingModel) -> None:
    best = max(model.read(QUESTION, PASSAGE), key=lambda s: s.span_logit)
    assert "10 000" in ARTICLE.text[slice(*best.answer)]


def test_a_passage_that_answers_is_more_relevant(model: ReadingModel) -> None:
    [here, *_], [there, *_] = model.read(QUESTION, PASSAGE), model.read(QUESTION, ELSEWHERE)
    assert here.relevance > there.relevance


def test_each_sentence_is_read_once_and_answers_lie_in_it(model: ReadingModel) -> None:
    read = model.read(QUESTION, PASSAGE)
    assert [(s.start, s.end) for s in read] == list(article_sentences(ARTICLE))
    for s in read:
        assert s.start <= s.answer[0] < s.answer[1] <= s.end
        assert s.span_logit <= 1e-4  # a log-probability, in float32


def test_sentences_longer_than_the_passage_are_read_in_parts(model: ReadingModel) -> None:
    stop = len(ARTICLE.text) - 5
    read = [(s.start, s.end) for s in model.read(QUESTION, Passage(ARTICLE, 5, stop))]
    whole = list(article_sentences(ARTICLE))
    assert read == [(5, whole[0][1]), *whole[1:-1], (whole[-1][0], stop)]


@pytest.mark.parametrize("title", ["", "x" * 3000])
def test_odd_passages_are_read(model: ReadingModel, title: str) -> None:
    text = "🎉" * 400 + ". Ⅳ…"
    assert model.read("?", Passage(Article("c", title, text, "fr"), 0, len(text)))


def test_a_changed_byte_is_refused(tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "reader")
    file = folder / "reader.int8.onnx"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    with pytest.raises(DamagedModelError, match=r"reader\.int8\.onnx"):
        ReadingModel(folder)
