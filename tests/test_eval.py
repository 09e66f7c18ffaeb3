"""What is measured, by rankings and texts small enough to reckon by hand."""

from __future__ import annotations

import json
import lzma
import math
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.questions import Evidence, Labelled, contexts, label, read_rows
from eval.report import figures
from eval.retrieval import ARMS, MEASURES, Score, Scored, groups, mean, score
from index.chunk import chunk
from index.errors import InputError
from index.types import Article, Hit, Passage

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.types import Embedder, Vectors

ROOT = Path(__file__).parents[1]
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


@pytest.mark.parametrize("data", [b"{", b"\xff\xfe", None])
def test_a_file_that_cannot_be_read_is_a_clear_error(tmp_path: Path, data: bytes | None) -> None:
    file = tmp_path / "rows.jsonl"
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(InputError, match=r"rows\.jsonl cannot be read as JSON lines"):
        read_rows(file)


# Measures


class Ranked:
    """A store and an embedder whose rankings are given, to reckon by hand what they are worth."""

    name = "ranked"
    dim = 1

    def __init__(self, embedder: Embedder, words: list[str], vectors: list[str]) -> None:
        self._embedder = embedder
        self._articles = {
            name: Article(name, name, f"Une seule phrase sur {name}.", "fr")
            for name in (*words, *vectors, "right")
        }
        self._words, self._vectors = words, vectors

    def passages(self, article_id: str) -> list[Passage]:
        return chunk(self._articles[article_id])

    def _hits(self, names: list[str]) -> list[Hit]:
        return [Hit(self.passages(name)[0], 1 - rank / 10) for rank, name in enumerate(names)]

    def search_words(self, text: str, language: str, limit: int) -> list[Hit]:  # noqa: ARG002
        return self._hits(self._words)

    def search_vector(self, vector: Vectors, limit: int) -> list[Hit]:  # noqa: ARG002
        return self._hits(self._vectors)

    def score(self, *, unanswerable: bool = False) -> dict[str, dict[str, float]]:
        evidence = Evidence("right", 0, len(self._articles["right"].text))
        questions = [Labelled("q", "factoid", "fr", "Quelle phrase ?", (), evidence)]
        if unanswerable:
            questions.append(Labelled("none", "unanswerable", "fr", "Qui ?", (), None))
        rows = score(self, self._embedder, questions)  # type: ignore[arg-type]
        assert [row.arm for row in rows] == list(ARMS)
        return {row.arm: row.values for row in rows}


def test_known_rankings_have_the_values_reckoned_by_hand(embedder: Embedder) -> None:
    values = Ranked(embedder, ["a", "right", "b"], ["a", "b", "c", "d", "e", "right"]).score()
    assert values["lexical"] == pytest.approx(
        {
            "Success@1": 0,
            "Success@5": 1,
            "Success@20": 1,
            "R@5": 1,
            "RR@20": 1 / 2,
            "nDCG@10": 1 / math.log2(3),
        }
    )
    assert values["dense"] == pytest.approx(
        {
            "Success@1": 0,
            "Success@5": 0,
            "Success@20": 1,
            "R@5": 0,
            "RR@20": 1 / 6,
            "nDCG@10": 1 / math.log2(7),
        }
    )


def test_nothing_found_scores_zero_and_is_counted(embedder: Embedder) -> None:
    values = Ranked(embedder, [], ["a", "b"]).score()
    assert set(values["lexical"].values()) == {0.0}
    assert set(values["dense"].values()) == {0.0}
    assert set(Ranked(embedder, [], []).score()["fused"].values()) == {0.0}


def test_the_first_place_is_worth_all_in_every_measure(embedder: Embedder) -> None:
    for values in Ranked(embedder, ["right", "a"], ["right", "b"]).score().values():
        assert values == pytest.approx(dict.fromkeys(MEASURES, 1.0))


def test_a_question_that_nothing_answers_is_left_out(embedder: Embedder) -> None:
    assert set(Ranked(embedder, ["right"], []).score(unanswerable=True)) == set(ARMS)


# Means and groups


def test_means_are_exact_and_the_same_each_time() -> None:
    found = mean([0.0, 1.0, 1.0, 0.0, 1.0])
    assert found.mean == pytest.approx(0.6)
    assert found.count == 5
    assert found == mean([0.0, 1.0, 1.0, 0.0, 1.0])
    assert mean([]).count == 0


@given(st.lists(st.floats(0, 1, width=16), min_size=1, max_size=60))
def test_the_interval_contains_the_mean(values: list[float]) -> None:
    found = mean(values)
    assert found.low - 1e-9 <= found.mean <= found.high + 1e-9
    assert min(values) - 1e-9 <= found.low
    assert found.high <= max(values) + 1e-9


def test_the_interval_narrows_with_more_questions() -> None:
    few, many = mean([0.0, 1.0] * 10), mean([0.0, 1.0] * 1_000)
    assert many.high - many.low < (few.high - few.low) / 5


def test_questions_are_grouped_by_type_and_language() -> None:
    def scored(name: str, kind: str, language: str) -> list[Scored]:
        question = Labelled(name, kind, language, "?", (), None)
        return [Scored(question, arm, dict.fromkeys(MEASURES, 1.0)) for arm in ARMS]

    rows = [
        *scored("1", "factoid", "fr"),
        *scored("2", "explain", "fr"),
        *scored("3", "explain", "en"),
    ]
    found = groups(rows)
    assert {name: len(some) // len(ARMS) for name, some in found.items()} == {
        "all": 3,
        "type explain": 2,
        "type factoid": 1,
        "language en": 1,
        "language fr": 2,
    }
    table = figures(rows, ARMS, MEASURES)
    assert list(table) == list(found)
    assert table["type explain"]["fused"]["RR@20"] == Score(1.0, 1.0, 1.0, 2)


# The command


def evaluate(*options: str) -> str:
    code = "from rag.cli import main; main()"
    files = ["tests/data/corpus-questions.jsonl", "corpus"]
    done = subprocess.run(
        [sys.executable, "-c", code, "eval", *files, *options],
        cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_command_prints_each_arm_for_each_group() -> None:
    printed = evaluate()
    rows = [[cell.strip() for cell in line.split("│")] for line in printed.splitlines()]
    table = [row[1:] for row in rows if len(row) > len(MEASURES)]
    found = [row for row in table if row[2] in ARMS]
    said = {row[0]: row for row in table if row[2] == "answers"}
    assert [row[:3] for row in found[:3]] == [["all", "83", arm] for arm in ARMS]
    for row in found:
        for cell in row[3 : 3 + len(MEASURES)]:
            value, _, interval = cell.partition(" ")
            assert 0 <= float(value) <= 1
            assert interval.startswith("[")
    assert {row[0] for row in found} >= {"type crosslingual", "language fr", "language de"}
    assert said["type unanswerable"][3] == ""
    assert 0 <= float(said["type unanswerable"][8].split()[0]) <= 1
    assert 0 <= float(said["all"][3].split()[0]) <= 1
