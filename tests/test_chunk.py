"""Passages keep the budget, lose nothing, and consist of whole sentences."""

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import vocabulary
from index.chunk import BUDGET, OVERLAP, SMALLEST_BUDGET, chunk
from index.sentences import sentences
from index.types import Article, Passage

WORDS = st.text(
    alphabet='abeéMJ5 \n\u00a0\u202f.!?…»«",;:—。，他的来\u0301\ufdfa\x1c\t-´', max_size=400
)
TEXTS = st.text(max_size=200) | WORDS | st.lists(WORDS, max_size=6).map("\n\n".join)


def article(text: str, language: str = "fr") -> Article:
    return Article("a", "", text, language)


def covered(passages: list[Passage]) -> set[int]:
    return {at for passage in passages for at in range(passage.start, passage.end)}


@given(TEXTS, st.integers(SMALLEST_BUDGET, 90), st.integers(0, SMALLEST_BUDGET - 1))
def test_any_text(text: str, budget: int, overlap: int) -> None:
    source = article(text)
    passages = chunk(source, budget=budget, overlap=overlap)
    assert all(passage.text == text[passage.start : passage.end] for passage in passages)
    assert all(vocabulary.count(passage.text) <= budget for passage in passages)
    assert {at for at, letter in enumerate(text) if not letter.isspace()} <= covered(passages)
    for before, after in pairwise(passages):
        assert before.start < after.start
        assert before.end < after.end
    spans = sentences(text, "fr")
    short = [span for span in spans if vocabulary.count(text[slice(*span)]) <= budget]
    for start, end in short:  # a sentence within the budget is never cut
        for passage in passages:
            assert not start < passage.start < end
            assert not start < passage.end < end


def test_passages_overlap_by_whole_sentences() -> None:
    text = " ".join(f"La phrase numéro {number} ne dit rien de bien neuf." for number in range(60))
    passages = chunk(article(text))
    assert len(passages) > 3
    for before, after in pairwise(passages):
        shared = text[after.start : before.end]
        assert shared.startswith("La phrase")
        assert 0 < vocabulary.count(shared) <= OVERLAP
        assert vocabulary.count(before.text) > BUDGET // 2


def test_paragraphs_end_passages_that_are_half_full() -> None:
    sentence = "Une phrase de onze mots que personne ne lira jamais ici. "
    paragraphs = [(sentence * 7).strip()] * 4
    passages = chunk(article("\n\n".join(paragraphs)), budget=160, overlap=0)
    assert [passage.text for passage in passages] == paragraphs


@pytest.mark.parametrize(
    ("part", "cut"),
    [
        ("un mot, puis deux mots; ", ";"),
        ("un mot puis encore deux mots, ", ","),
        ("mots ", "mots"),
    ],
)
def test_a_sentence_over_the_budget_is_cut_at_clauses(part: str, cut: str) -> None:
    passages = chunk(article(part * 300), overlap=0)
    assert len(passages) > 1
    assert all(passage.text.endswith(cut) for passage in passages)


@pytest.mark.parametrize("letter", ["的", "ก", "a", "\ufdfa", "👩‍🚀", "\u0301", "-"])
def test_what_has_no_spaces_is_cut_anywhere(letter: str) -> None:
    text = letter * 2000
    passages = chunk(article(text))
    assert covered(passages) == set(range(len(text)))
    assert all(vocabulary.count(passage.text) <= BUDGET for passage in passages)


@pytest.mark.parametrize("text", ["", " \n\u00a0\n "])
def test_nothing_but_white_space_has_no_passage(text: str) -> None:
    assert chunk(article(text)) == []


@pytest.mark.parametrize(("budget", "overlap"), [(SMALLEST_BUDGET - 1, 0), (50, 50), (50, -1)])
def test_impossible_settings_are_refused(budget: int, overlap: int) -> None:
    with pytest.raises(ValueError, match=f"budget {budget} and overlap {overlap}"):
        chunk(article("Texte."), budget=budget, overlap=overlap)


def test_each_sentence_is_counted_once() -> None:
    seen: list[str] = []

    def counts(texts: Iterable[str]) -> list[int]:
        texts = list(texts)
        seen.extend(texts)
        return vocabulary.count_batch(texts)

    text = "Une phrase courte. " * 500
    chunk(article(text), counts)
    assert sum(map(len, seen)) <= len(text)
