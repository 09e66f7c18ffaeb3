"""Questions with their evidence, as files have them and as articles hold them."""

from __future__ import annotations

import json
import lzma
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from eval.questions import Evidence, contexts, label
from eval.rows import read_rows
from eval.twins import Sentences
from index.errors import InputError
from index.types import Article, Passage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXT = "Le port est fermé.\n\nLes dockers, au nombre de 140,\u00a0ont voté la grève. Fin."
ROW = {
    "id": "q1",
    "type": "factoid",
    "lang": "fr",
    "question": "Combien de dockers ?",
    "article": "port",
    "evidence": "Les dockers, au nombre de 140, ont voté la grève.",
    "answer": "140",
    "aliases": ["cent quarante", ""],
}


# Questions


@pytest.mark.parametrize(
    "change",
    [str, lambda s: s.replace(" ", "\n"), lambda s: f"  {s}  ", lambda s: s.replace(" ", "")],
)
def test_evidence_is_found_again_whatever_the_white_space(change: Callable[[str], str]) -> None:
    (question,) = label([ROW | {"evidence": change(str(ROW["evidence"]))}], {"port": TEXT})
    assert question.evidence
    assert TEXT[question.evidence.start : question.evidence.end] == (
        "Les dockers, au nombre de 140,\u00a0ont voté la grève."
    )
    assert (question.id, question.type, question.language) == ("q1", "factoid", "fr")
    assert question.answers == ("140", "cent quarante")


def test_a_question_without_evidence_is_not_answerable() -> None:
    (question,) = label([ROW | {"evidence": "", "answer": ""}], {})
    assert question.evidence is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"evidence": "Les dockers ont voté la paix."},
            "question q1: its evidence is not in 'port'",
        ),
        ({"article": "phare"}, "question q1: no article 'phare' in the library"),
    ],
)
def test_wrong_evidence_is_a_clear_error(change: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        label([ROW | change], {"port": TEXT})


def test_a_passage_holds_evidence_when_it_has_the_larger_half() -> None:
    article = Article("port", "Le port", "x" * 100, "fr")
    evidence = Evidence("port", 40, 60)
    assert evidence.is_held_by(Passage(article, 0, 100))
    assert evidence.is_held_by(Passage(article, 0, 51))
    assert not evidence.is_held_by(Passage(article, 0, 50))
    assert not evidence.is_held_by(Passage(article, 60, 100))
    assert not evidence.is_held_by(Passage(Article("b", "", "x" * 100, "fr"), 0, 100))


def test_rows_with_their_own_contexts_become_articles_and_questions() -> None:
    rows = [
        {
            "title": "Le port",
            "context": TEXT,
            "lang": "fr",
            "question": question,
            "answers": [{"text": "140", "start": TEXT.index("140")}, {"text": "140"}],
        }
        for question in ("Combien ?", "Quel nombre ?")
    ]
    (article,), questions = contexts(rows)
    assert (article.title, article.text) == ("Le port", TEXT)
    assert [question.id for question in questions] == ["1", "2"]
    for question in questions:
        assert question.evidence
        assert TEXT[question.evidence.start : question.evidence.end] == "140"
        assert question.answers == ("140",)


def test_rows_are_read_plain_and_compressed(tmp_path: Path) -> None:
    text = json.dumps(ROW) + "\n\n" + json.dumps(ROW) + "\n"
    (tmp_path / "a.jsonl").write_text(text, encoding="utf-8")
    (tmp_path / "a.jsonl.xz").write_bytes(lzma.compress(text.encode()))
    assert read_rows(tmp_path / "a.jsonl") == read_rows(tmp_path / "a.jsonl.xz") == [ROW, ROW]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{"question": "Qui ?", "lang": "fr"}\n\n{', r"rows\.jsonl, line 3: not JSON"),
        (b'{"question": "Qui ?", "lang": "fr"}\n{"lang": "fr"}', "line 2: the field 'question'"),
        (b'{"question": 3, "lang": "fr"}', "line 1: the field 'question' is missing, or not text"),
        (b"[]", "line 1: not an object"),
        (b"[" * 100_000, "line 1: not JSON"),
        (b"\xff\xfe", r"rows\.jsonl cannot be read"),
        (None, r"rows\.jsonl cannot be read"),
    ],
)
def test_what_is_wrong_in_a_file_is_said_with_its_line(
    tmp_path: Path, data: bytes | None, message: str
) -> None:
    file = tmp_path / "rows.jsonl"
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(InputError, match=message):
        read_rows(file, "question", "lang")


def test_a_compressed_file_that_is_cut_short_is_a_clear_error(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl.xz"
    file.write_bytes(lzma.compress(json.dumps(ROW).encode() * 100)[:-20])
    with pytest.raises(InputError, match=r"rows\.jsonl\.xz cannot be read"):
        read_rows(file)


@pytest.mark.parametrize(
    "answers", [None, [], "140", [{"start": 3}], [{"text": "140", "start": 3}], [{"text": "140"}]]
)
def test_a_context_that_does_not_hold_its_answer_is_a_clear_error(answers: object) -> None:
    row = {"title": "", "context": TEXT, "lang": "fr", "question": "Combien ?", "answers": answers}
    with pytest.raises(InputError, match="question 1: "):
        contexts([row])


# Twins

AGENCY = "Le futur hôpital emploiera 3 400 personnes et comptera 860 lits."
COPY = "L'hôpital nouveau emploiera 3 400 personnes et disposera de 860 lits."
OTHER = "Le futur hôpital emploiera 1 200 personnes et comptera 300 lits."


def article(name: str, text: str) -> Article:
    return Article(name, name, f"Une phrase pour commencer. {text} Une autre pour finir.", "fr")


def test_the_same_sentence_in_another_paper_is_as_right() -> None:
    articles = [article("agency", AGENCY), article("copy", COPY), article("other", OTHER)]
    row = ROW | {"article": "agency", "evidence": AGENCY, "answer": "860 lits", "aliases": []}
    [question] = label([row], {a.id: a.text for a in articles})
    [twin] = Sentences(articles).with_twins(question).twins
    assert twin.article == "copy"
    assert articles[1].text[twin.start : twin.end].strip() == COPY
    unanswerable = replace(question, evidence=None)
    assert Sentences(articles).with_twins(unanswerable).places == ()
