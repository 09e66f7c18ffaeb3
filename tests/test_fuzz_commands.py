"""The command, given words damaged at random: one clear line, and never a traceback."""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import TYPE_CHECKING

from test_fuzz_inputs import SLOWEST, changed

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from promises import Cases, Promise

    from rag.chain import Chain

# What stands after a space may be damaged; none of these opens a model where it is read whole.
LINES = (
    "status --library=here",
    "status --articles --library=here",
    "forget nobody/a-1 2024-é --library=here",
    "verify answers.jsonl --library=here",
    "backup kept.sqlite --library=here",
    "restore kept.sqlite --library=here",
    "ask Combien? --since=2024-10 --until=2024 --language=fr --source=A --library=nowhere",
    "ask Combien? --max-risk=0.05 --llm=ollama:x --llm-url=http://127.0.0.1:9 --library=nowhere",
    "ask --batch=questions.jsonl --out=answers --library=nowhere",
    "explain Combien? --since=2024-10-24 --article=a/b --library=nowhere",
    "index absent.txt --library=here",
    "index absent.txt --encoder=depeche@0123 --library=here",
    "eval --run=run.txt --qrels=qrels.txt",
    "serve --host=127.0.0.1 --port=7860 --allow-origin=https://a.example --library=nowhere",
    "token revoke desk --library=here",
    "token list --library=here",
    "feedback --library=here",
    "doctor --library=nowhere",
)
INDEXING = ("indexing ", "problem  ", "skipped  ")  # how far it is, and what is no article
FILES = ("answers.jsonl", "questions.jsonl", "run.txt", "qrels.txt", "kept.sqlite")


def damaged(line: str, chance: random.Random) -> list[str]:
    """The words of a command line, some of them changed; what no system can pass is left out."""
    command, *words = line.split(" ")
    words = [changed(word, chance) if chance.random() < 0.5 else word for word in words]
    if chance.random() < 0.2:
        chance.shuffle(words)
    return [command, *(word.replace("\0", "") for word in words)]


def leads_elsewhere(words: list[str]) -> bool:
    """Whether a word names a folder that is there: what is in it is not to be read or changed."""
    values = [value for word in words for value in (word, word.partition("=")[2])]
    return any(".." in value or "/" in value[:1] or _is_folder(value) for value in values)


def _is_folder(value: str) -> bool:
    try:
        return bool(value) and value != "here" and Path(value).is_dir()
    except (OSError, ValueError):
        return False


def test_damaged_command_lines_end_in_one_line(
    depeche: Callable[..., Any],
    chain: Chain,
    tmp_path: Path,
    cases: Cases,
    promise: Promise,
) -> None:
    chain.library.close()
    (tmp_path / "library").rename(tmp_path / "here")
    for name in FILES:
        (tmp_path / name).write_bytes(b"{}\n")
    chance = random.Random("command lines")
    count, told = cases(60, 5_000), 0
    for number in range(count):
        words = damaged(chance.choice(LINES), chance)
        if leads_elsewhere(words):
            continue
        began = time.process_time()
        done = depeche(*words)
        assert done.code in {0, 2, 3}, (number, words)
        assert "Traceback" not in done.err, (number, words)
        if done.code == 2:
            lines = [line for line in done.err.splitlines() if not line.startswith(INDEXING)]
            usage = any(line.startswith("Error: ") for line in lines)  # as typer says it
            assert usage or (len(lines) == 1 and lines[0].startswith("depeche: ")), done.err
        told += done.code == 2
        assert time.process_time() - began < SLOWEST, (number, words)
    promise(
        "damaged command lines", "0 crashes, one line each", f"0 of {count:,}; {told:,} refused"
    )
