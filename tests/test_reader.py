from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.chunk import chunk
from index.sentences import sentences
from index.types import Article, Hit, Passage
from rag.chain import open_chain
from rag.quote import sentence_before
from rag.reader import LOOK_AGAIN, OF_ONE_ARTICLE
from rag.understand import understand

if TYPE_CHECKING:
    from pathlib import Path

    from rag.types import Reader

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


@pytest.fixture(scope="module")
def reader(corpus_library: Path) -> Reader:
    """The one that answers."""
    return open_chain(corpus_library).reader


def whole(article: Article, score: float = 0.5) -> Hit:
    return Hit(Passage(article, 0, len(article.text)), score)


@pytest.mark.parametrize(
    ("question", "words", "sentence"),
    [
        ("Combien de soldats la Corée du Nord a-t-elle envoyés ?", "10 000", "Pyongyang a"),
        ("Quand le pont a-t-il fermé ?", "mardi", "Le pont a fermé"),
        ("Pourquoi la rivière est-elle sortie de son lit ?", "les sols", "La rivière est sortie"),
        ("How many soldiers were sent to Russia?", "10 000", "Pyongyang a"),
    ],
)
def test_the_best_span_answers(reader: Reader, question: str, words: str, sentence: str) -> None:
    best, *_ = reader.read(understand(question), [whole(FLOOD), whole(TROOPS)])
    text = best.passage.article.text
    assert words in text[best.start : best.end]
    assert text.index(sentence) <= best.start < best.end <= text.index(".", best.start) + 1


def test_each_sentence_gives_one_span_best_first(reader: Reader) -> None:
    passages = [Hit(passage, 0.5) for passage in chunk(TROOPS, budget=60)]
    spans = reader.read(understand("Combien de soldats ?"), [*passages, whole(TROOPS)])
    assert [span.score for span in spans] == sorted((span.score for span in spans), reverse=True)
    held = [
        sum(start <= span.start < span.end <= end for span in spans)
        for start, end in sentences(TROOPS.text, "fr")
    ]
    assert held == [1, 1, 1, 1]


def test_the_order_of_equal_hits_changes_nothing(reader: Reader) -> None:
    question = understand("Combien de soldats en Russie ?")
    found = [whole(FLOOD), whole(TROOPS)]
    spans, turned = reader.read(question, found), reader.read(question, found[::-1])
    assert (spans[0].start, spans[0].end) == (turned[0].start, turned[0].end)
    scores = [span.score for span in turned]
    assert [span.score for span in spans] == pytest.approx(scores, abs=1e-4)


def test_nothing_to_read_gives_nothing(reader: Reader) -> None:
    assert reader.read(understand("Combien de soldats ?"), []) == []


def test_hits_of_no_worth_are_read_all_the_same(reader: Reader) -> None:
    assert len(reader.read(understand("Combien de soldats ?"), [whole(TROOPS, 0.0)])) == 4


def test_one_article_does_not_fill_what_is_read(reader: Reader) -> None:
    told = [f"Le navire {n} a transporté {n} soldats. " for n in range(10, 40)]
    loud, size = Article("loud", "Des soldats", "".join(told), "fr"), len(told[0])
    many = [Hit(Passage(loud, n * size, (n + 1) * size), 0.9) for n in range(len(told))]
    spans = reader.read(understand("Combien de soldats en Russie ?"), [*many, whole(TROOPS)])
    read = {span.passage.id for span in spans if span.passage.article.id == "loud"}
    assert len(many) > OF_ONE_ARTICLE == len(read)
    assert any(span.passage.article.id == "troupes" for span in spans)


def test_the_best_three_are_read_again_and_no_other_passes_them(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = understand("Combien de soldats en Russie ?")
    again = reader.read(question, [whole(FLOOD), whole(TROOPS)])
    monkeypatch.setattr("rag.reader.AGAIN", 0.0)
    once = reader.read(question, [whole(FLOOD), whole(TROOPS)])
    gained = {span.start: span.score for span in once}
    gains = {round(span.score - gained[span.start], 4) for span in again[:LOOK_AGAIN]}
    assert {span.start for span in again[:LOOK_AGAIN]} == {s.start for s in once[:LOOK_AGAIN]}
    assert len(gains) == LOOK_AGAIN
    for span in again[LOOK_AGAIN:]:
        assert span.score - gained[span.start] == pytest.approx(min(gains), abs=1e-3)


def test_the_sentence_before_may_end_the_paragraph_before() -> None:
    article = Article("a", "", "Il pleut. Le pont ferme.\n\nLe maire parle.", "fr")
    assert sentence_before(article, article.text.index("Le maire")) == (10, 24)
    assert sentence_before(article, 0) is None
