from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import vocabulary
from index.types import Article, Passage
from index.vocabulary import BEGIN, BETWEEN
from rag.windows import QUESTION_TOKENS, TOKENS, window

QUESTION = vocabulary.encode("Combien de soldats ?")


def passage(text: str, title: str = "Un titre") -> Passage:
    return Passage(Article("a", title, text, "fr"), 0, len(text))


def test_question_title_and_passage_stand_in_the_order_of_training() -> None:
    w = window(QUESTION, passage("Dix mille soldats."))
    title, text = vocabulary.encode("Un titre ."), vocabulary.encode("Dix mille soldats.")
    assert w.ids == [BEGIN, *QUESTION, BETWEEN, *title, *text, BETWEEN]
    assert w.types.shape == (1, len(w.ids))
    assert w.types[0].tolist() == [0] * (len(QUESTION) + 2) + [1] * (len(title) + len(text) + 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Les soldats « œuvrent » à 10\u202f000 km.", ["Les", "soldats", "10\u202f000", "km"]),
        ("İstanbul, ﬁn, ½ Ⅳ ΣΑΣ.", ["İstanbul", "ﬁn", "½", "Ⅳ"]),
        ("北京市 🎉 fini", ["北京市", "🎉", "fini"]),
    ],
)
def test_tokens_lead_back_to_the_words(text: str, words: list[str]) -> None:
    w = window(QUESTION, passage(text))
    for word in words:
        at = text.index(word)
        first = next(i for i, bound in enumerate(w.bounds) if bound > at)
        last = next(i for i, bound in enumerate(w.bounds) if bound >= at + len(word))
        start, end = w.characters(first, last)
        assert text[start:end].strip() == word


@given(st.text(max_size=300))
def test_bounds_grow_and_end_with_the_text(text: str) -> None:
    w = window(QUESTION, passage(text, title=""))
    assert w.bounds == sorted(w.bounds)
    assert len(w.bounds) == len(w.ids) - w.begin - 1
    if text.isascii() and text:
        assert w.bounds[-1] == len(text)


def test_what_is_too_long_loses_its_end() -> None:
    w = window(vocabulary.encode("pourquoi " * 200), passage("mot " * 1000, title="titre " * 90))
    assert len(w.ids) == TOKENS
    assert w.second == QUESTION_TOKENS + 2
    assert w.ids[-1] == BETWEEN


def test_a_character_that_becomes_several_is_one_answer() -> None:
    text = "Il a couru ½ heure."
    w = window(QUESTION, passage(text))
    for token in range(len(w.bounds)):
        start, end = w.characters(token, token)
        assert start < end
