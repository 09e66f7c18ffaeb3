"""Training data: what is held out stays out, and every answer is found again."""

from pathlib import Path

import numpy as np
import pytest

from train import vocabulary
from train.corpus import VOCABULARY, encode, open_corpus, training_pairs
from train.heldout import key, read_held_out
from train.merges import tokenizer_file
from train.ragged import join, ragged
from train.reading import Reading, bare, keywords
from train.tiny import write_data, write_rows


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_data(tmp_path / "data")


def test_held_out_sentences_are_in_no_training_pair(data: Path) -> None:
    held_out = read_held_out(data, data.parent / "articles" / "newswire")
    assert len(held_out.news) == 8
    assert len(held_out.everyday) == 30
    trained = [pair for _, pair in training_pairs(data, held_out)]
    sides = {key(side) for pair in trained for side in pair[:2]}
    blocked = {key(side) for pair in [*held_out.news, *held_out.everyday] for side in pair[:2]}
    assert trained
    assert not sides & blocked


def test_the_cache_is_made_once_and_made_again_when_the_data_change(data: Path) -> None:
    folder = data.parent / "cache"
    corpus = open_corpus(data, folder)
    assert len(corpus.first) == len(corpus.second) == len(corpus.group)
    assert len(corpus.question) == len(corpus.passage) == len(corpus.origin)
    assert len(corpus.english) == len(corpus.french) == 52
    made = (folder / "made.json").stat().st_mtime_ns
    open_corpus(data, folder)
    assert (folder / "made.json").stat().st_mtime_ns == made
    write_rows(data / "qa" / "openquizzdb.fr.jsonl.xz", [])
    assert len(open_corpus(data, folder).question) == len(corpus.question) - 2


def test_answers_are_found_again_in_their_tokens(data: Path) -> None:
    encoding = vocabulary.load(VOCABULARY)
    reading = Reading(data, encoding)
    assert any(not problem.spans for problem in reading.problems)
    for problem in reading.problems:
        for span in problem.spans:
            passage = reading.passages[span.passage]
            said = encoding.decode(passage.ids[passage.begin :][span.first : span.last + 1])
            assert vocabulary.prepare(problem.answer).strip() in said


def test_questions_are_varied_without_losing_their_words() -> None:
    assert bare("Où l'été a-t-il commencé ?") == "Ou l'ete a-t-il commence ?"
    assert keywords("Combien de soldats la Corée du Nord a-t-elle envoyés ?").startswith("soldats")


def test_rows_of_tokens_are_taken_joined_and_run_together() -> None:
    rows = ragged([[1, 2], [], [3], [4, 5, 6]])
    taken = rows.take(np.asarray([3, 0]), longest=2)
    assert [list(taken[i]) for i in range(2)] == [[4, 5], [1, 2]]
    runs = rows.runs(np.asarray([0, 2]), np.asarray([3, 2]))
    assert [list(runs[i]) for i in range(2)] == [[1, 2, 3], [3, 4, 5, 6]]
    assert list(join(rows, taken)[5]) == [1, 2]


STRANGE = ["", " ", "Été", "ΟΔΟΣ ΣΑΣ", "ﬁancé ½", "👩‍👩‍👧", "a\n\n b", "日本、９９", "İstanbul"]


def test_tiktoken_cuts_as_tokenizers_does(tmp_path: Path) -> None:
    from tokenizers import Tokenizer

    tokenizer_file(VOCABULARY, tmp_path / "tokenizer.json")
    vocabulary.export(tmp_path / "tokenizer.json", tmp_path / "ranks")
    assert (tmp_path / "ranks").read_bytes() == VOCABULARY.read_bytes()
    cut = encode(vocabulary.load(VOCABULARY), STRANGE)
    tokenizer = Tokenizer.from_file(str(tmp_path / "tokenizer.json"))
    for place, text in enumerate(STRANGE):
        assert list(cut[place]) == tokenizer.encode(text).ids
