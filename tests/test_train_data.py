"""Training data: what is held out stays out, and every answer is found again."""

import csv
from pathlib import Path

import numpy as np
import pytest

from train import vocabulary, written
from train.corpus import VOCABULARY, encode, open_corpus, training_pairs
from train.data import read_rows
from train.heldout import key, read_held_out
from train.merges import tokenizer_file
from train.ragged import join, ragged
from train.reading import WRITTEN, Reading, bare, keywords
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


def test_written_questions_have_their_words_from_the_articles(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [article] = read_rows(data / "qa" / "news.train.articles.jsonl.xz")
    end = article["text"].index(".") + 1
    number = f"{article['text'].rindex(' ', 0, end) + 1}:{end - 1}"
    lines = [
        "text\ttype\tlanguage\tevidence\tanswer\tquestion",
        f't1\tfactoid\tfr\t0:{end}\t{number}\tQuel "nombre" ?',
        "t1\tunanswerable\tfr\t\t\tQui a nié ?",
        f"unknown\tfactoid\tfr\t0:{end}\t{number}\tQuel nombre ?",
    ]
    monkeypatch.setattr(written, "FOLDER", tmp_path)
    for name in ("t1", written.HELD_OUT):
        (tmp_path / f"{name}.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    found, lacking = written.read_written(data)
    assert found["evidence"] == article["text"][:end]
    assert found["answer"].isdigit()
    assert found["question"] == 'Quel "nombre" ?'
    assert not lacking["evidence"]
    reading = Reading(data, vocabulary.load(VOCABULARY))
    problems = [problem for problem in reading.problems if problem.source == WRITTEN]
    assert [bool(problem.spans) for problem in problems] == [True, False]


def test_the_written_questions_stand_in_their_articles() -> None:
    ids: dict[str, set[str]] = {}
    for path in written.FOLDER.glob("*.tsv"):
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
        assert rows, path.name
        ids[path.stem] = {row["text"] for row in rows}
        for row in rows:
            assert row["question"], path.name
            assert bool(row["evidence"]) == bool(row["answer"]) == (row["type"] != "unanswerable")
            if row["answer"]:
                places = [
                    [int(end) for end in row[key].split(":")] for key in ("evidence", "answer")
                ]
                (start, stop), (first, last) = places
                assert start <= first < last <= stop, row
    assert not ids[written.HELD_OUT] & set().union(
        *(ids[name] for name in ids if name != written.HELD_OUT)
    )


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
