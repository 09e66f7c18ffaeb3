from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.chunk import chunk
from index.types import Article, Hit, Passage
from rag.reader import SentenceReader, article_sentences, sentence_at
from rag.understand import understand

if TYPE_CHECKING:
    from index.types import Embedder

TROOPS = Article(
    "troupes",
    "Des troupes en Russie",
    "Le ministre a parlé mercredi à la presse. Pyongyang a dépêché 10 000 soldats en Russie. "
    "Moscou n'a rien confirmé. Trois navires ont servi au transport.",
    "fr",
)
FLOOD = Article(
    "crue",
    "La crue",
    "La rivière est sortie de son lit parce que les sols étaient saturés. Le pont a fermé mardi.",
    "fr",
)


@pytest.fixture
def reader(embedder: Embedder) -> SentenceReader:
    return SentenceReader(embedder)


def whole(article: Article, score: float = 0.5) -> Hit:
    return Hit(Passage(article, 0, len(article.text)), score)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Combien de soldats la Corée du Nord a-t-elle envoyés ?", "10 000"),
        ("Quand le pont a-t-il fermé ?", "mardi"),
        (
            "Pourquoi la rivière est-elle sortie de son lit ?",
            "La rivière est sortie de son lit parce que les sols étaient saturés.",
        ),
        ("How many soldiers were sent to Russia?", "10 000"),
    ],
)
def test_the_best_span_answers(reader: SentenceReader, question: str, words: str) -> None:
    best, *_ = reader.read(understand(question), [whole(FLOOD), whole(TROOPS)])
    assert best.passage.article.text[best.start : best.end] == words


def test_each_sentence_gives_one_span_best_first(reader: SentenceReader) -> None:
    passages = [Hit(passage, 0.5) for passage in chunk(TROOPS, budget=60)]
    overlapping = [*passages, whole(TROOPS)]
    spans = reader.read(understand("Combien de soldats ?"), overlapping)
    assert len(spans) == len(article_sentences(TROOPS)) == 4
    assert [span.score for span in spans] == sorted((span.score for span in spans), reverse=True)
    for span in spans:
        assert span.passage.start <= span.start < span.end <= span.passage.end


def test_the_order_of_equal_hits_changes_nothing(reader: SentenceReader) -> None:
    question = understand("Combien de soldats en Russie ?")
    found = [whole(FLOOD), whole(TROOPS)]
    spans, turned = reader.read(question, found), reader.read(question, found[::-1])
    assert (spans[0].start, spans[0].end) == (turned[0].start, turned[0].end)
    assert [span.score for span in spans] == pytest.approx([span.score for span in turned])


def test_nothing_to_read_gives_nothing(reader: SentenceReader) -> None:
    assert reader.read(understand("Combien de soldats ?"), []) == []


def test_hits_of_no_worth_do_not_divide_by_zero(reader: SentenceReader) -> None:
    spans = reader.read(understand("Combien de soldats ?"), [whole(TROOPS, 0.0)])
    assert len(spans) == 4


def test_the_sentence_that_holds_an_offset() -> None:
    for start, end in article_sentences(TROOPS):
        assert {sentence_at(TROOPS, at) for at in (start, (start + end) // 2, end - 1)} == {
            (start, end)
        }
    between = TROOPS.text.index(" Pyongyang")
    assert sentence_at(TROOPS, between) == (between, between)
