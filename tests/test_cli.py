"""The command line: its errors, its exit codes, its answers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.store import open_library

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Done

ROOT = Path(__file__).parents[1]
SOLDIERS = "Combien de soldats la Corée du Nord a-t-elle envoyés ?"
NONSENSE = "zxq vlorp brindezingue"
HEAVY = ("numpy", "faiss", "tantivy", "rich.progress", "gradio", "torch", "langchain")


def stored(folder: Path) -> set[str]:
    """The ids of a library's articles."""
    with closing(open_library(folder)) as library:
        return {article.id for article in library.articles()}


# What the command loads


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from rag.cli import main; sys.argv = ['depeche', '--help']\n"
        "try: main()\n"
        f"finally: print(*[name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "ask" in done.stdout
    assert done.stderr.split() == []


# Errors


def refused(done: tuple[int, str, str], *parts: str) -> None:
    """One line on standard error, exit code 2."""
    code, out, err = done
    last = err.splitlines()[-1]
    assert code == 2
    assert last.startswith("depeche: ")
    assert sum(line.startswith("depeche: ") for line in err.splitlines()) == 1
    assert "Traceback" not in err + out
    assert not out
    for part in parts:
        assert part in last


def test_a_folder_without_library(depeche: Callable[..., Done], tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    remedy = "make one with: depeche index PATH"
    refused(depeche("ask", SOLDIERS), "no library in .depeche", remedy)
    refused(depeche("ask", SOLDIERS, "--library", nowhere), "nowhere", remedy)
    refused(depeche("status", "--library", nowhere), remedy)
    refused(depeche("forget", "port", "--library", nowhere), remedy)
    refused(depeche("index", "--again", "--library", nowhere), remedy)
    assert not nowhere.exists()


@pytest.mark.parametrize(
    ("question", "part"),
    [("", "empty"), (" \t ", "empty"), ("é" * 4_001, "at most 4,000 characters, not 4,001")],
)
def test_a_question_that_is_none(
    depeche: Callable[..., Done], corpus_library: Path, question: str, part: str
) -> None:
    refused(depeche("ask", question, "--library", corpus_library), part)


def test_one_question_or_a_batch(depeche: Callable[..., Done]) -> None:
    for arguments in (
        (),
        (SOLDIERS, "--batch", "in.jsonl", "--out", "out.jsonl"),
        ("--batch", "in.jsonl"),
        ("--out", "out.jsonl"),
        (SOLDIERS, "--out", "out.jsonl"),
    ):
        refused(depeche("ask", *arguments), "--batch IN.jsonl --out OUT.jsonl")


def test_a_bad_line_of_a_batch_is_named(
    depeche: Callable[..., Done], corpus_library: Path, tmp_path: Path
) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text('{"id": "1", "question": "Qui ?"}\n\n{"id": "3"}\n', encoding="utf-8")
    batch = ("ask", "--batch", file, "--out", tmp_path / "out.jsonl", "--library", corpus_library)
    refused(depeche(*batch), "in.jsonl, line 3: question: ")
    file.unlink()
    refused(depeche(*batch), "in.jsonl cannot be read")
    assert not list(tmp_path.glob("out.jsonl*"))


def test_an_answer_file_that_cannot_be_written(
    depeche: Callable[..., Done], corpus_library: Path, tmp_path: Path
) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text('{"id": "1", "question": "Qui ?"}\n', encoding="utf-8")
    out = tmp_path / "nowhere" / "out.jsonl"
    done = depeche("ask", "--batch", file, "--out", out, "--library", corpus_library)
    refused(done, "nowhere", "No such file or directory")


def test_paths_that_are_missing_or_not_named(
    depeche: Callable[..., Done], paper: Path, tmp_path: Path
) -> None:
    library = tmp_path / "library"
    refused(depeche("index", "--library", library), "depeche index PATH")
    refused(depeche("index", paper, tmp_path / "lost", "--library", library), "lost", "not exist")
    refused(depeche("status", "--library", library), "no library")


def test_a_library_where_a_file_is(depeche: Callable[..., Done], paper: Path) -> None:
    file = paper / "port.txt"
    before = file.read_bytes()
    refused(depeche("index", paper, "--library", file), "port.txt", "File exists")
    assert file.read_bytes() == before


def test_an_unknown_article_removes_nothing(
    depeche: Callable[..., Done], paper: Path, tmp_path: Path
) -> None:
    library = tmp_path / "library"
    assert depeche("index", paper, "--library", library).code == 0
    refused(depeche("forget", "port", "nope", "--library", library), "'nope'", "status --articles")
    assert stored(library) == {"flood", "port", "wolves"}


def test_an_encoder_that_cannot_be_loaded(paper: Path, tmp_path: Path) -> None:
    code = "from rag.cli import main; main()"
    command = [sys.executable, "-c", code, "index", str(paper), "--encoder", "no-such/encoder"]
    done = subprocess.run(
        [*command, "--library", str(tmp_path / "library")],
        cwd=ROOT,
        env=os.environ | {"HF_HUB_OFFLINE": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    refused((done.returncode, done.stdout, done.stderr), "'no-such/encoder' cannot be loaded")


def test_an_id_that_is_no_text(depeche: Callable[..., Done], paper: Path) -> None:
    depeche("index", paper)
    refused(depeche("forget", "port\udcff"), "not text in UTF-8")


def test_another_encoder_than_the_librarys(
    depeche: Callable[..., Done], paper: Path, tmp_path: Path
) -> None:
    library = tmp_path / "library"
    refused(depeche("index", paper, "--library", library, "--encoder", "depeche@00000000"), "again")


@pytest.mark.parametrize("arguments", [["--nonsense"], ["nonsense"], ["forget"]])
def test_usage_errors_end_with_two(depeche: Callable[..., Done], arguments: list[str]) -> None:
    done = depeche(*arguments)
    assert done.code == 2
    assert "Usage:" in done.err
    assert "Traceback" not in done.err


def test_eval_says_what_it_needs(depeche: Callable[..., Done]) -> None:
    done = depeche("eval")
    refused((done.code, done.out, done.err), "questions")


# Answers


def test_exit_codes_tell_answered_from_refused(
    depeche: Callable[..., Done], corpus_library: Path
) -> None:
    answered = depeche("ask", SOLDIERS, "--library", corpus_library)
    assert answered.code == 0
    assert "[1]" in answered.out
    done = depeche("ask", NONSENSE, "--library", corpus_library)
    assert done.code == 3
    assert done.out.startswith("Les articles ne répondent pas à cette question.")
    assert "Ce que disent les articles :" in done.out
    assert not done.err
    done = depeche("ask", "What is the zxq of the vlorp?", "--library", corpus_library)
    assert "What the articles do say:" in done.out


def test_a_follow_up_names_the_questions_before_it(
    depeche: Callable[..., Done], corpus_library: Path, tmp_path: Path
) -> None:
    before = "Quel est le budget de la défense de la France ?"
    done = depeche(
        "ask", "--json", "--after", before, "--after", "Et celui du Japon ?",
        "Et celui de l'Allemagne ?", "--library", corpus_library,
    )  # fmt: skip
    searched = json.loads(done.out)["standalone"]
    assert searched == "Quel est le budget de la défense de l'Allemagne ?"
    batch = ("--batch", tmp_path / "in.jsonl", "--out", tmp_path / "out.jsonl")
    refused(depeche("ask", "--after", before, *batch), '"history"')


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_a_terminal_that_lacks_letters_still_shows_the_answer(
    corpus_library: Path, options: list[str]
) -> None:
    code = "from rag.cli import main; main()"
    command = [sys.executable, "-c", code, "ask", SOLDIERS, "--library", str(corpus_library)]
    done = subprocess.run(
        [*command, *options],
        cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        encoding="latin-1",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    if options:
        row = json.loads(done.stdout)
        assert row["citations"][0]["quote"] in row["text"]
        assert any(ord(c) > 255 for c in row["text"])
    else:
        assert "[1]" in done.stdout


def test_a_batch_is_answered(
    depeche: Callable[..., Done], corpus_library: Path, tmp_path: Path
) -> None:
    file, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    rows = [{"id": "a", "question": SOLDIERS}, {"id": "b", "question": NONSENSE}]
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    done = depeche("ask", "--batch", file, "--out", out, "--library", corpus_library)
    assert (done.code, done.out) == (0, "")
    found = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in found] == ["a", "b"]
    assert [row["status"] == "answered" for row in found] == [True, False]
    assert next(iter(found[0])) == "id"


def test_markup_in_a_question_or_an_article_is_shown_as_it_is(
    depeche: Callable[..., Done], tmp_path: Path
) -> None:
    paper = tmp_path / "paper"
    paper.mkdir()
    text = "La grève [bold]du[/] port\n\nLes dockers [red]ont voté[/red] la grève lundi [1].\n"
    (paper / "port.txt").write_text(text, encoding="utf-8")
    assert depeche("index", paper).code == 0
    done = depeche("ask", "Quand les dockers [bold]ont-ils[/bold] voté la grève [/] ?")
    assert done.code == 0
    assert "Les dockers [red]ont voté[/red] la grève lundi [1]." in done.out
    assert "La grève [bold]du[/] port" in done.out


# Which library


def test_the_default_library(
    depeche: Callable[..., Done], paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert depeche("index", paper).code == 0
    assert stored(tmp_path / ".depeche") == {"flood", "port", "wolves"}
    monkeypatch.setenv("DEPECHE_LIBRARY", str(tmp_path / "named"))
    refused(depeche("status"), "named")
    assert depeche("index", paper / "port.txt").code == 0
    assert stored(tmp_path / "named") == {"port"}
    assert depeche("status", "--library", ".depeche").out.splitlines()[1].split()[1] == "3"
