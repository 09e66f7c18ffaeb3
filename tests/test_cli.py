"""The command line: its errors, its exit codes, and what it does to a library."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from index.store import open_library
from rag.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.types import Article

ROOT = Path(__file__).parents[1]
SOLDIERS = "Combien de soldats la Corée du Nord a-t-elle envoyés ?"
NONSENSE = "zxq vlorp brindezingue"
HEAVY = ("numpy", "faiss", "tantivy", "rich.progress", "gradio", "torch", "langchain")
PORT = "Grève au port\n\nLes dockers ont voté la grève lundi. Le port ferme pour huit jours.\n"
FLOOD = "Crue de l'Aune\n\nLa rivière a débordé mardi. Sept personnes ont été secourues.\n"
WOLVES = "Le loup\n\nOn a compté 46 loups cette année dans la vallée.\n"


class Done(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def depeche(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[..., Done]:
    """Run the command in this process; a traceback would end the test."""
    monkeypatch.delenv("DEPECHE_LIBRARY", raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path) -> Done:
        monkeypatch.setattr(sys, "argv", ["depeche", *map(str, arguments)])
        code = 0
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        return Done(code, *capsys.readouterr())

    return run


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A folder of three articles."""
    folder = tmp_path / "paper"
    folder.mkdir()
    for name, text in (("port", PORT), ("flood", FLOOD), ("wolves", WOLVES)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def articles(folder: Path) -> dict[str, Article]:
    library = open_library(folder)
    found = {article.id: article for article in library.articles()}
    library.close()
    return found


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


def refused(done: Done, *parts: str) -> None:
    """One line on standard error, exit code 2."""
    last = done.err.splitlines()[-1]
    assert done.code == 2
    assert last.startswith("depeche: ")
    assert sum(line.startswith("depeche: ") for line in done.err.splitlines()) == 1
    assert "Traceback" not in done.err + done.out
    assert not done.out
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
    refused(depeche("index", paper, "--library", paper / "port.txt"), "port.txt", "File exists")
    assert (paper / "port.txt").read_text(encoding="utf-8") == PORT


def test_an_unknown_article_removes_nothing(
    depeche: Callable[..., Done], paper: Path, tmp_path: Path
) -> None:
    library = tmp_path / "library"
    assert depeche("index", paper, "--library", library).code == 0
    refused(depeche("forget", "port", "nope", "--library", library), "'nope'", "status --articles")
    assert set(articles(library)) == {"flood", "port", "wolves"}


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
    refused(Done(done.returncode, done.stdout, done.stderr), "'no-such/encoder' cannot be loaded")


def test_an_id_that_is_no_text(depeche: Callable[..., Done], paper: Path) -> None:
    depeche("index", paper)
    refused(depeche("forget", "port\udcff"), "not text in UTF-8")


def test_another_encoder_than_the_librarys(
    depeche: Callable[..., Done], paper: Path, tmp_path: Path
) -> None:
    library = tmp_path / "library"
    refused(depeche("index", paper, "--library", library, "--encoder", "depeche@00000000"), "again")


@pytest.mark.parametrize("arguments", [["--nonsense"], ["nonsense"], ["forget"], ["eval"]])
def test_usage_errors_end_with_two(depeche: Callable[..., Done], arguments: list[str]) -> None:
    done = depeche(*arguments)
    assert done.code == 2
    assert "Usage:" in done.err
    assert "Traceback" not in done.err


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


# The library's folder


def test_the_default_library(
    depeche: Callable[..., Done], paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert depeche("index", paper).code == 0
    assert set(articles(tmp_path / ".depeche")) == {"flood", "port", "wolves"}
    monkeypatch.setenv("DEPECHE_LIBRARY", str(tmp_path / "named"))
    refused(depeche("status"), "named")
    assert depeche("index", paper / "port.txt").code == 0
    assert set(articles(tmp_path / "named")) == {"port"}
    assert depeche("status", "--library", ".depeche").out.splitlines()[1].split()[1] == "3"


def test_status_counts_and_lists(depeche: Callable[..., Done], corpus_library: Path) -> None:
    done = depeche("status", "--library", corpus_library)
    assert done.code == 0
    facts = dict(line.split(maxsplit=1) for line in done.out.splitlines())
    assert facts["articles"] == "39 (fr 36, en 2, de 1)"
    assert facts["encoder"].startswith("depeche@")
    library = open_library(corpus_library)
    assert facts["passages"].startswith(f"{library.database.count()[1]} of at most")
    library.close()
    listed = depeche("status", "--articles", "--library", corpus_library).out.splitlines()[4:]
    assert len(listed) == 39
    assert next(line for line in listed if line.startswith("phare")).split()[1] == "-"
    assert any(line.split()[1] == "2023-02" for line in listed)


def test_forgetting_removes(depeche: Callable[..., Done], paper: Path, tmp_path: Path) -> None:
    depeche("index", paper)
    done = depeche("forget", "port", "port", "wolves")
    assert (done.code, done.out) == (0, "2 forgotten\n")
    assert set(articles(tmp_path / ".depeche")) == {"flood"}
    asked = depeche("ask", "Quand les dockers ont-ils voté la grève ?", "--json")
    assert {hit["article"] for hit in json.loads(asked.out)["hits"]} == {"flood"}


# Indexing again


def snapshot(folder: Path) -> dict[str, tuple[int, int]]:
    """When each file of the derived indexes was written, and how large it is."""
    files = [*folder.glob("vectors-*"), *folder.glob("lexical-*/*")]
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in files}


def test_indexing_twice_changes_nothing(
    depeche: Callable[..., Done], paper: Path, tmp_path: Path
) -> None:
    library = tmp_path / "library"
    first = depeche("index", paper, "--library", library)
    assert "3 articles stored, 0 unchanged, 0 problems" in first.err
    before = snapshot(library), articles(library)
    second = depeche("index", paper, "--library", library)
    assert "0 articles stored, 3 unchanged, 0 problems" in second.err
    assert (snapshot(library), articles(library)) == before


def test_a_changed_file_replaces_its_passages(
    depeche: Callable[..., Done], paper: Path, tmp_path: Path
) -> None:
    depeche("index", paper)
    (paper / "port.txt").write_text("Le port\n\nLes grutiers sont revenus.\n", encoding="utf-8")
    done = depeche("index", paper)
    assert "1 articles stored, 2 unchanged" in done.err
    assert articles(tmp_path / ".depeche")["port"].text == "Les grutiers sont revenus."
    library = open_library(tmp_path / ".depeche")
    assert library.search_words("dockers", "fr", 5) == []
    assert [h.passage.article.id for h in library.search_words("grutiers", "fr", 5)] == ["port"]
    assert library.database.count() == (3, 3)
    library.close()


def test_a_file_gone_is_reported_and_removed_with_sync(
    depeche: Callable[..., Done], paper: Path, tmp_path: Path
) -> None:
    depeche("index", paper)
    (paper / "port.txt").unlink()
    told = depeche("index", paper)
    assert told.code == 0
    assert "gone     port" in told.err
    assert "--sync removes it" in told.err
    assert set(articles(tmp_path / ".depeche")) == {"flood", "port", "wolves"}
    done = depeche("index", paper, "--sync")
    assert "removed" in done.err
    assert set(articles(tmp_path / ".depeche")) == {"flood", "wolves"}
    assert "gone" not in depeche("index", paper, "--sync").err


def test_one_bad_file_does_not_stop_the_rest(
    depeche: Callable[..., Done], paper: Path, tmp_path: Path
) -> None:
    (paper / "broken.json").write_text("{", encoding="utf-8")
    (paper / "empty.txt").write_bytes(b"")
    (paper / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (paper / ".hidden.txt").write_text("secret", encoding="utf-8")
    done = depeche("index", paper)
    assert set(articles(tmp_path / ".depeche")) == {"flood", "port", "wolves"}
    lines = done.err.splitlines()
    assert "3 articles stored, 0 unchanged, 2 problems" in lines[-1]
    assert [line.split(":")[0].split("/")[-1] for line in lines[-3:-1]] == [
        "broken.json",
        "empty.txt",
    ]
    assert sum(line.startswith("skipped") for line in lines) == 2


def test_index_again_makes_the_passages_anew(
    depeche: Callable[..., Done], corpus_library: Path, tmp_path: Path
) -> None:
    library = tmp_path / "library"
    shutil.copytree(corpus_library, library)
    before = articles(library)
    asked = ("ask", SOLDIERS, "--json", "--library", library)
    answer = json.loads(depeche(*asked).out)
    done = depeche("index", "--again", "--library", library)
    assert done.code == 0
    assert "39 articles made again with depeche@" in done.err
    assert articles(library) == before
    again = json.loads(depeche(*asked).out)
    assert again["text"] == answer["text"]
    assert again["hits"] == answer["hits"]
