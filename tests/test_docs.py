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


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("rest", '"short":"10'),
        ("openai", "agence-meridienne.example"),
        ("mcp", "soldats en Russie"),
        ("langchain", "loups continue d’augmenter"),
        ("python", "soldats en Russie"),
    ],
)
def test_the_snippet_runs(
    address: str, corpus_library: Path, tmp_path: Path, page: str, said: str
) -> None:
    (tmp_path / ".depeche").symlink_to(corpus_library)
    text = (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")
    found = re.search(r"^```(bash|python)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert found
    command = ["bash", "-c"] if found[1] == "bash" else [sys.executable, "-c"]
    done = subprocess.run(
        [*command, found[2].replace(USUAL, address)],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert re.sub(r"\s+", " ", said) in re.sub(r"\s+", " ", done.stdout)


def test_threads_share_a_chain(corpus_chain: Chain) -> None:
    questions = ["Combien de loups vivent en Haute-Aune ?", "Pourquoi le pont est-il fermé ?"] * 4
    alone = {question: corpus_chain.ask(question) for question in set(questions)}
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(corpus_chain.ask, questions)) == [alone[q] for q in questions]
