"""What the README and the docs say is so."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    found = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    return [text for name, text in found if name == language]


def tracked() -> list[str]:
    listed = ["git", "ls-files"]
    done = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_the_map_names_what_is_there_and_all_of_it() -> None:
    [tree] = [block for block in blocks("") if block.startswith("app.py")]
    named = {line.split()[0] for line in tree.splitlines() if not line.startswith(" ")}
    folders = {name.split("/")[0] + "/" for name in tracked() if "/" in name}
    assert named == {f for f in folders if not f.startswith(".")} | {"app.py"}
    folder = ""
    for line in tree.splitlines():
        if line.startswith("  "):
            assert (ROOT / folder / line.split()[0]).is_dir()
        else:
            folder = line.split()[0]


def test_the_docs_name_files_that_are_there() -> None:
    parts = [name.split("/") for name in tracked()]
    known = {"/".join(path[-n:]) for path in parts for n in (1, 2, 3)}
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        text = page.read_text(encoding="utf-8")
        named = set(re.findall(r"([\w/]*\w\.(?:py|js))\b", text))
        assert named <= known, page


def test_the_list_of_decisions_has_them_all() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = re.findall(r"\((\d{4}-.*?\.md)\)", (folder / "README.md").read_text(encoding="utf-8"))
    assert listed == sorted(path.name for path in folder.glob("0*.md"))


def test_the_shown_answer_is_the_real_one(corpus_library: Path) -> None:
    [shown] = [block for block in blocks("") if block.startswith("$ scripts/demo")]
    question = re.search(r'"(.+)"', shown)
    assert question
    said = subprocess.run(
        [sys.executable, "-c", "from rag.cli import main; main()", "ask", question[1],
         "--library", str(corpus_library)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert shown.partition("\n")[2].strip() == said.strip()


def test_the_python_lines_run(corpus_library: Path, tmp_path: Path) -> None:
    (tmp_path / ".depeche").symlink_to(corpus_library)
    [lines] = blocks("python")
    said = subprocess.run(
        [sys.executable, "-c", lines], cwd=tmp_path, env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert re.sub(r"\s", "", said).startswith("10000")


def test_every_command_shown_exists() -> None:
    shown = set(re.findall(r"depeche (\w+)", README))
    listed = subprocess.run(
        [sys.executable, "-c", "from rag.cli import main; main()", "--help"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    commands = set(re.findall(r"^  (\w+) ", listed.partition("Commands:")[2], re.MULTILINE))
    assert shown <= commands
    assert {"index", "ask", "serve", "status", "forget"} <= shown


def test_options_shown_exist() -> None:
    shown: dict[str, set[str]] = {}
    for command, rest in re.findall(r"depeche (\w+)([^#`\n]*)", README):
        shown.setdefault(command, set()).update(re.findall(r"--[\w-]+", rest))
    assert shown["ask"] > {"--json", "--batch", "--out", "--since"}
    for command in sorted(name for name in shown if shown[name]):
        said = subprocess.run(
            [sys.executable, "-c", "from rag.cli import main; main()", command, "--help"],
            cwd=ROOT, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        assert shown[command] <= set(re.findall(r"--[\w-]+", said)), command


def test_the_sample_corpus_is_as_large_as_said() -> None:
    articles = [p for p in (ROOT / "corpus").glob("*.md") if p.name != "README.md"]
    assert f"{len(articles)} sample articles" in README


def test_corpus_questions_quote_the_articles() -> None:
    rows = (ROOT / "tests/data/corpus-questions.jsonl").read_text(encoding="utf-8").splitlines()
    for row in map(json.loads, rows):
        if row["evidence"]:
            text = (ROOT / "corpus" / f"{row['article']}.md").read_text(encoding="utf-8")
            assert row["evidence"] in text, row["id"]
            assert row["answer"] in row["evidence"], row["id"]
