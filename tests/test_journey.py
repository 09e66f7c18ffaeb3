"""What a newcomer is promised, from the command line to the article on disk and back."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import Done

from eval.rows import read_rows
from index.load import load
from index.loaded import LoadedArticle
from rag.chain import open_chain

if TYPE_CHECKING:
    from rag.types import Answer

ROOT = Path(__file__).parents[1]
SOLDIERS = "Combien de soldats la Corée du Nord a-t-elle envoyés ?"
NONSENSE = "zxq vlorp brindezingue"
QUESTIONS = ROOT / "tests" / "data" / "corpus-questions.jsonl"
ROW = {
    "question": str, "standalone": str, "language": str, "dates": list, "status": str,
    "text": str, "short": str, "confidence": float,
    "as_of": str | None, "dated": str | None, "origins": int, "withheld": int,
    "note": str | None, "citations": list, "others": list, "hits": list, "seconds": float,
}  # fmt: skip
CITATION = {
    "marker": int, "article": str, "title": str, "source": str | None, "url": str | None,
    "published": str | None, "start": int, "end": int, "quote": str, "copies": list,
    "page": int | None,
}  # fmt: skip
OTHER = {
    "short": str, "article": str, "title": str, "source": str | None, "published": str | None,
    "start": int, "end": int, "quote": str, "relation": str,
}  # fmt: skip
HIT = {"article": str, "start": int, "end": int, "score": float, "text": str}


def depeche(*arguments: str | Path) -> Done:
    command = [sys.executable, "-c", "from rag.cli import main; main()", *map(str, arguments)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def texts(folder: Path) -> dict[str, str]:
    """Each article of a folder as a reader of the files has it, without any library."""
    found = (item.article for item in load([folder]) if isinstance(item, LoadedArticle))
    return {article.id: article.text for article in found}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("journey") / "library"
    done = depeche("index", "corpus", "--library", folder)
    assert done.code == 0, done.err
    assert "39 articles stored, 0 unchanged, 0 problems" in done.err
    return folder


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    return read_rows(QUESTIONS)


@pytest.fixture(scope="module")
def answers(corpus_library: Path, rows: list[dict[str, Any]]) -> list[Answer]:
    """A third of them: reading takes the most of a test's time."""
    chain = open_chain(corpus_library)
    return [chain.ask(row["question"]) for row in rows[::3]]


def test_a_question_is_answered_with_the_articles_own_sentence(library: Path) -> None:
    done = depeche("ask", SOLDIERS, "--library", library)
    assert done.code == 0
    short = done.out.split("\n", 1)[0].replace("\u202f", " ").replace("\u00a0", " ")
    assert short in {"10 000", "10 000 soldats"}
    article = ROOT / "corpus" / "2024-10-31-washington-seoul-dissuasion.md"
    quoted = next(line for line in done.out.splitlines() if line.startswith("  »"))
    assert quoted.removeprefix("  » ") in article.read_text(encoding="utf-8")
    assert "Washington promet à Séoul un appui complet" in done.out
    assert "2024-10-31" in done.out


@pytest.mark.parametrize(("question", "code"), [(SOLDIERS, 0), (NONSENSE, 3)])
def test_json_keeps_the_contract(library: Path, question: str, code: int) -> None:
    done = depeche("ask", question, "--json", "--library", library)
    assert done.code == code
    assert not done.err
    row = json.loads(done.out)
    _check_types(row, ROW)
    for citation in row["citations"]:
        _check_types(citation, CITATION)
    for other in row["others"]:
        _check_types(other, OTHER)
    assert len(row["hits"]) >= 20
    for hit in row["hits"]:
        _check_types(hit, HIT)
    assert row["status"] in ({"answered"} if code == 0 else {"refused", "unsupported"})
    assert bool(row["citations"]) == bool(row["short"]) == (code == 0)
    assert {int(n) for n in re.findall(r"\[(\d+)\]", row["text"])} == {
        citation["marker"] for citation in row["citations"]
    }
    known = texts(ROOT / "corpus")
    for citation in row["citations"]:
        assert known[citation["article"]][citation["start"] : citation["end"]] == citation["quote"]
    for hit in row["hits"]:
        assert known[hit["article"]][hit["start"] : hit["end"]] == hit["text"]


def _check_types(row: dict[str, Any], fields: dict[str, Any]) -> None:
    assert list(row) == list(fields)
    for name, kind in fields.items():
        assert isinstance(row[name], kind), name


def test_the_seed_of_october_answers_with_an_exact_quotation(shared: Path, tmp_path: Path) -> None:
    seeds = shared / "articles" / "seeds"
    if not seeds.is_dir():
        pytest.skip("the seed articles are not beside this checkout")
    assert depeche("index", seeds, "--library", tmp_path).code == 0
    done = depeche("ask", SOLDIERS, "--json", "--library", tmp_path)
    assert done.code == 0
    row = json.loads(done.out)
    assert "10 000" in row["text"].replace("\u00a0", " ").replace("\u202f", " ")
    first = row["citations"][0]
    assert first["published"] == row["as_of"] == "2024-10"
    file = seeds / f"{first['article']}.txt"
    assert first["quote"] in file.read_text(encoding="utf-8")
    assert texts(seeds)[first["article"]][first["start"] : first["end"]] == first["quote"]


def test_every_quotation_is_a_slice_of_its_article(answers: list[Answer]) -> None:
    known = texts(ROOT / "corpus")
    cited = [citation for answer in answers for citation in answer.citations]
    assert len(cited) > len(answers) / 2
    for citation in cited:
        assert known[citation.article][citation.start : citation.end] == citation.quote
        assert citation.quote.strip() == citation.quote != ""


def test_what_is_answered_is_cited_and_what_is_not_has_passages(answers: list[Answer]) -> None:
    for answer in answers:
        assert bool(answer.citations) == (answer.status == "answered")
        assert len(answer.hits) >= 20
        if answer.citations:
            assert answer.short in answer.citations[0].quote
