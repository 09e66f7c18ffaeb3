from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from index.errors import InputError
from rag.cli import ask
from rag.commands.batch import Asked, answer_all, read_questions

if TYPE_CHECKING:
    from pathlib import Path

    from rag.chain import Chain

SOLDIERS = "Combien de soldats la Corée du Nord a-t-elle envoyés ?"


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_questions_are_answered_in_their_order(corpus_chain: Chain, tmp_path: Path) -> None:
    asked = [
        Asked(id="z", question=SOLDIERS),
        Asked(id="a", question="zxq vlorp brindezingue"),
        Asked(id="z", question="Combien coûtera le tramway de Valbrenne ?"),
    ]
    out = tmp_path / "out.jsonl"
    assert list(answer_all(corpus_chain, asked, out)) == asked
    rows = lines(out)
    assert [row["id"] for row in rows] == ["z", "a", "z"]
    assert [row["question"] for row in rows] == [row.question for row in asked]
    assert [row["status"] == "answered" for row in rows] == [True, False, True]
    assert rows[0]["citations"]
    assert all(isinstance(row["seconds"], float) for row in rows)


def test_the_answers_appear_whole_at_the_end(corpus_chain: Chain, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("what was there before\n", encoding="utf-8")
    asked = [Asked(id="1", question=SOLDIERS), Asked(id="2", question="Combien de loups ?")]
    for _ in answer_all(corpus_chain, asked, out):
        assert out.read_text(encoding="utf-8") == "what was there before\n"
    assert len(lines(out)) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_an_interrupted_batch_leaves_no_answers(corpus_chain: Chain, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    steps = answer_all(corpus_chain, [Asked(id="1", question=SOLDIERS)] * 2, out)
    next(steps)
    steps.close()  # type: ignore[attr-defined]  # a generator, as Ctrl-C ends it
    assert not out.exists()


def test_a_follow_up_is_answered_with_its_history(corpus_chain: Chain, tmp_path: Path) -> None:
    france = "Quel est le budget de la défense de la France ?"
    file = tmp_path / "in.jsonl"
    row = {"id": "1", "question": "Et celui du Japon ?", "history": [france], "note": "unread"}
    file.write_text(json.dumps(row) + "\n\n", encoding="utf-8")
    asked = read_questions(file)
    assert [(a.question, a.history) for a in asked] == [("Et celui du Japon ?", [france])]
    list(answer_all(corpus_chain, asked, tmp_path / "out.jsonl"))
    (answer,) = lines(tmp_path / "out.jsonl")
    assert answer["question"] == "Et celui du Japon ?"
    assert answer["standalone"] == "Quel est le budget de la défense du Japon ?"


def test_no_question_gives_no_answer(corpus_chain: Chain, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text("\n", encoding="utf-8")
    asked = read_questions(tmp_path / "in.jsonl")
    assert list(answer_all(corpus_chain, asked, tmp_path / "out.jsonl")) == []
    assert (tmp_path / "out.jsonl").read_bytes() == b""


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 2: the line: "),
        ('{"id": "2"}', "line 2: question: "),
        ('{"id": 2, "question": "Qui ?"}', "line 2: id: "),
        ('{"id": "2", "question": "Qui ?", "history": "Quoi ?"}', "line 2: history: "),
        ('{"id": "2", "question": "  "}', "line 2: the question is empty"),
        ('{"id": "2", "question": "' + "é" * 4_001 + '"}', "line 2: a question has at most 4,000"),
        ('["2", "Qui ?"]', "line 2: the line: "),
    ],
)
def test_a_bad_line_is_named_before_anything_is_asked(
    tmp_path: Path, line: str, message: str
) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text('{"id": "1", "question": "Qui ?"}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_questions(file)
    assert f"in.jsonl, {message}" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="UTF-8 JSON lines"):
        read_questions(file)


def test_questions_are_never_overwritten(tmp_path: Path, corpus_library: Path) -> None:
    file = tmp_path / "io.jsonl"
    file.write_text('{"id": "1", "question": "Qui ?"}\n', "utf-8")
    with pytest.raises(SystemExit):
        ask(batch=file, out=file, library=corpus_library)
    assert "Qui" in file.read_text("utf-8")


def test_a_line_separator_within_a_question_is_no_new_line(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text('{"id": "1", "question": "Qui\u2028dirige ?"}\r\n', "utf-8")
    [asked] = read_questions(file)
    assert asked.question == "Qui\u2028dirige ?"
