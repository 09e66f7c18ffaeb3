"""Each page of the doors has a snippet, and it runs."""

from __future__ import annotations

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from rag.chain import Chain

ROOT = Path(__file__).parents[1]
USUAL = "http://127.0.0.1:7860"


SAID = {  # by each page's snippets
    "rest": ['"short":"10', "event: done"],
    "openai": ["agence-meridienne.example", "soldats en Russie"],
    "mcp": ["soldats en Russie", "Corée du Nord"],
    "langchain": ["loups continue d’augmenter"],
    "python": ["soldats en Russie"],
}


@pytest.mark.parametrize(
    ("page", "number"), [(page, number) for page in SAID for number in range(len(SAID[page]))]
)
def test_the_snippet_runs(
    address: str, corpus_library: Path, tmp_path: Path, page: str, number: int
) -> None:
    (tmp_path / ".depeche").symlink_to(corpus_library)
    text = (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")
    found = re.findall(r"^```(bash|python)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert len(found) == len(SAID[page])
    kind, snippet = found[number]
    command = ["bash", "-c"] if kind == "bash" else [sys.executable, "-c"]
    depeche = tmp_path / "depeche"  # as installed
    depeche.write_text(f"#!{sys.executable}\nfrom rag.cli import main\n\nmain()\n")
    depeche.chmod(0o755)
    done = subprocess.run(
        [*command, snippet.replace(USUAL, address)],
        cwd=tmp_path,
        env={
            "PYTHONPATH": str(ROOT),
            "PATH": f"{tmp_path}:/usr/bin:/bin",
            "PYTHONIOENCODING": "utf-8",
        },
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    said = SAID[page][number]
    assert re.sub(r"\s+", " ", said) in re.sub(r"\s+", " ", done.stdout)


def test_threads_share_a_chain(corpus_chain: Chain) -> None:
    questions = ["Combien de loups vivent en Haute-Aune ?", "Pourquoi le pont est-il fermé ?"] * 4
    alone = {question: corpus_chain.ask(question) for question in set(questions)}
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(corpus_chain.ask, questions)) == [alone[q] for q in questions]
