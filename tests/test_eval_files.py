"""Other people's files, TREC and BEIR: read, written, and what is wrong in them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.beir import read_beir, write_beir
from eval.trec import read_qrels, read_run, safe, write_qrels, write_run
from index.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Done

CORPUS = [
    {
        "_id": "port",
        "title": "Grève",
        "text": "Les dockers ont voté la grève lundi à Port-Armelin.",
    },
    {
        "_id": "wolves",
        "title": "Le loup",
        "text": "On a compté 46 loups dans la vallée cette année.",
    },
    {"_id": "brief", "title": "Tempête attendue dimanche sur toute la côte", "text": " "},
]
QUERIES = [
    {"_id": "q1", "text": "grève des dockers"},
    {"_id": "q2", "text": "nombre de loups"},
    {"_id": "q3", "text": "non jugée"},
]
QRELS = "query-id\tcorpus-id\tscore\nq1\tport\t2\nq1\tbrief\t0\nq2\twolves\t1\n"


@pytest.fixture
def beir(tmp_path: Path) -> Path:
    folder = tmp_path / "beir"
    (folder / "qrels").mkdir(parents=True)
    for name, rows in (("corpus", CORPUS), ("queries", QUERIES)):
        text = "\n".join(json.dumps(row) for row in rows)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    (folder / "qrels" / "test.tsv").write_text(QRELS, encoding="utf-8")
    return folder


# TREC

ids = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)


@given(st.lists(ids, unique=True, max_size=5), ids)
def test_a_run_written_is_read_again_in_its_order(
    tmp_path_factory: pytest.TempPathFactory, documents: list[str], question: str
) -> None:
    file = tmp_path_factory.mktemp("run") / "run.txt"
    write_run(file, {question: [(name, 1.0) for name in documents]}, "ours")
    found = read_run(file).get(safe(question), [])
    assert [name for name, _ in found] == [safe(name) for name in documents]
    assert [score for _, score in found] == sorted((s for _, s in found), reverse=True)


@given(ids, st.text(st.characters(codec="utf-8"), max_size=8))
def test_an_id_made_safe_has_no_white_space_and_is_still_its_own(one: str, other: str) -> None:
    assert len(safe(one).split()) == 1
    assert (safe(one) == safe(other)) == (one == other)


def test_judgements_are_read_as_trec_and_as_beir_have_them(tmp_path: Path) -> None:
    beir, trec = tmp_path / "test.tsv", tmp_path / "qrels.txt"
    beir.write_text(QRELS, encoding="utf-8")
    wanted = {"q1": {"port": 2, "brief": 0}, "q2": {"wolves": 1}}
    assert read_qrels(beir) == wanted
    write_qrels(trec, wanted)
    assert trec.read_text(encoding="utf-8").startswith("q1 0 port 2\n")
    assert read_qrels(trec) == wanted
    beir.write_text("q1\tport\t1\x1c\n", encoding="utf-8")  # white space to one of Python's rules
    assert read_qrels(beir) == {"q1": {"port": 1}}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("q1 0 port 1\nq1 0 port\n", r"qrels, line 2: a line of qrels has .*'q1 0 port'"),
        ("q1 0 port oui\n", "line 1: a line of qrels"),
        ("q1 0 port 1.5\n", "line 1: a line of qrels"),
        ("q1 0 port 0\n", "judges no document relevant"),
        ("", "judges no document relevant"),
    ],
)
def test_judgements_that_are_none_are_named_by_their_line(
    tmp_path: Path, text: str, message: str
) -> None:
    file = tmp_path / "qrels"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_qrels(file)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("q1 Q0 port 1 0.5 x\n\nq1 Q0 wolves 2 x\n", "run, line 3: a line of a run has question"),
        ("q1 Q0 port 1 high x\n", "line 1: a line of a run"),
        ("q1 Q0 port 1 nan x\n", "line 1: a line of a run"),
        ("q1 Q0 port 1 0.5 x\nq1 Q0 port 2 0.4 x\n", "line 2: 'port' was ranked before"),
    ],
)
def test_a_run_that_is_none_is_named_by_its_line(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "run"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_run(file)


def test_the_command_scores_a_run_of_others(depeche: Callable[..., Done], tmp_path: Path) -> None:
    (tmp_path / "qrels").write_text("q1 0 port 1\nq2 0 wolves 1\n", encoding="utf-8")
    text = "q1 Q0 a 1 2.0 x\nq1 Q0 port 2 3.0 x\n"  # by score, as trec_eval reads it
    (tmp_path / "run").write_text(text, encoding="utf-8")
    done = depeche("eval", "--run", "run", "--qrels", "qrels", "--json")
    assert done.code == 0
    found = json.loads(done.out)["retrieval"]
    assert (found["Success@1"]["mean"], found["Success@1"]["count"]) == (0.5, 2)
    assert "Success@1" in depeche("eval", "--run", "run", "--qrels", "qrels").out
    alone = depeche("eval", "--run", "run")
    assert (alone.code, alone.err.count("\n")) == (2, 1)
    (tmp_path / "run").write_text("q1 Q0 a\n", encoding="utf-8")
    wrong = depeche("eval", "--run", "run", "--qrels", "qrels")
    assert (wrong.code, wrong.err.count("\n")) == (2, 1)
    assert "run, line 1: a line of a run has" in wrong.err


# BEIR


def test_a_beir_folder_is_evaluated_by_whole_documents(
    beir: Path, depeche: Callable[..., Done], tmp_path: Path
) -> None:
    done = depeche("eval", beir, "--json", "--runs", tmp_path / "runs")
    assert done.code == 0, done.err
    figures = json.loads(done.out)
    assert figures["about"]["asked"] == 2
    assert figures["answers"] == {}
    assert figures["retrieval"]["all"]["ranked"]["Success@1"]["mean"] == 1.0
    assert figures["times"]["whole"]["p50"] > 0
    assert read_qrels(tmp_path / "runs" / "qrels.txt") == read_qrels(beir / "qrels" / "test.tsv")
    ranked = read_run(tmp_path / "runs" / "run.ranked.txt")
    assert ranked["q1"][0][0] == "port"
    again = read_beir(tmp_path / "runs" / "beir")
    assert again[1] == read_beir(beir)[1]
    assert {a.id: a.text for a in again[0]} == {a.id: a.text for a in read_beir(beir)[0]}


def test_what_is_written_as_beir_is_read_as_it_was(beir: Path, tmp_path: Path) -> None:
    articles, questions, judged, _ = read_beir(beir)
    assert [article.text for article in articles][2] == CORPUS[2]["title"]
    write_beir(tmp_path / "copy", articles, questions, judged)
    assert read_beir(tmp_path / "copy")[:3] == (articles, questions, judged)


def test_other_judgements_of_a_folder_are_named(beir: Path) -> None:
    test, dev = beir / "qrels" / "test.tsv", beir / "qrels" / "dev.tsv"
    dev.write_text("q3\tport\t1\n", encoding="utf-8")
    assert [q.id for q in read_beir(beir)[1]] == ["q1", "q2"]
    assert [q.id for q in read_beir(beir, dev)[1]] == ["q3"]
    test.rename(beir / "qrels" / "train.tsv")
    with pytest.raises(InputError, match=r"has dev\.tsv, train\.tsv; name one with --qrels"):
        read_beir(beir)
    dev.unlink()
    assert [q.id for q in read_beir(beir)[1]] == ["q1", "q2"]


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("corpus.jsonl", '{"_id": "port", "text": "a"}\n{"_id": "b"}', r"corpus\.jsonl, line 2"),
        ("queries.jsonl", '{"_id": 1, "text": "a"}', r"queries\.jsonl, line 1: the field '_id'"),
        ("qrels/test.tsv", "q1\tport\n", r"test\.tsv, line 1: a line of qrels"),
        ("qrels/test.tsv", "q1\tother\t1\n", "question q1: no document 'other'"),
        ("qrels/test.tsv", "q9\tport\t1\n", "judges none of the questions"),
    ],
)
def test_what_is_wrong_in_a_folder_is_one_line(
    beir: Path, depeche: Callable[..., Done], file: str, text: str, message: str
) -> None:
    (beir / file).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_beir(beir)
    done = depeche("eval", beir)
    assert (done.code, done.err.count("\n")) == (2, 1)


def test_a_folder_without_judgements_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"has no qrels/\*\.tsv"):
        read_beir(tmp_path)
