"""What the command line is given, damaged at random: one clear line each, and never a crash.

Files of questions, answers, conversations, TREC runs and judgements; questions and options.
"""

from __future__ import annotations

import json
import random
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from mutators import mutated

from eval.beir import read_beir
from eval.conversations import read_conversations
from eval.trec import read_qrels, read_run
from index.errors import DepecheError
from index.filters import checked
from index.types import Filters
from rag.commands.batch import read_questions
from rag.record import record
from rag.recorded import read_rows
from rag.understand import understand
from rag.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable

    from promises import Cases, Promise

    from rag.chain import Chain

SAMPLE, WHOLE = 40, 5_000
SLOWEST = 20.0  # seconds of the processor
LONGEST_LINE = 1_000  # characters; a line names its file
DATA = Path(__file__).parent / "data"
ROWS = [
    {"id": "1", "question": "Combien de loups ?", "history": ["Où ?"]},
    {"id": "2", "question": "Où est le pont ?", "filters": {"since": "2024-10", "sources": ["A"]}},
]
BATCH = "\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS).encode()
RUN = b"q1 Q0 a:0-9 1 13.5 x\nq1 Q0 b:0-9 2 12.25 x\nq2 Q0 c:0-9 1 3e-2 x\n"
QRELS = b"q1 0 a:0-9 1\nq2 0 b:0-9 0\nq2 0 c:0-9 2\n"
ASKED = (
    "Combien de loups vivaient en Haute-Aune en octobre 2024, depuis 2021 ?",
    "Qui a dit « le pont tiendra » le 3 mars, 1 200 fois ?",
    "What happened between May 2023 and last week?",
)
OPTIONS = ("2024-10-24", "2024-10", "2024", "fr", "Agence Méridienne", "a/b-c")


def checked_answer(file: Path) -> None:
    for _, row in read_rows(file):
        verify(row)


def judged(file: Path) -> None:
    read_beir(file.parent.parent)


READERS: dict[str, Callable[[Path], object]] = {
    "questions of a batch": read_questions,
    "answers to verify": checked_answer,
    "conversations": read_conversations,
    "TREC runs": read_run,
    "TREC judgements": read_qrels,
    "BEIR judgements": judged,
}


def whole(name: str, request: pytest.FixtureRequest) -> bytes:
    if name == "answers to verify":
        chain: Chain = request.getfixturevalue("corpus_chain")
        answer = chain.ask("Combien de soldats la Corée du Nord a-t-elle envoyés ?")
        return json.dumps(record(answer, 0.1), ensure_ascii=False).encode()
    conversations = (DATA / "conversations.dev.jsonl").read_bytes()
    return {
        "questions of a batch": BATCH,
        "conversations": b"\n".join(conversations.splitlines()[:3]),
        "TREC runs": RUN,
        "TREC judgements": QRELS,
        "BEIR judgements": b"query-id\tcorpus-id\tscore\nq1\ta\t1\n",
    }[name]


@pytest.mark.parametrize("name", READERS)
def test_damaged_files_give_one_line_each(
    name: str, tmp_path: Path, request: pytest.FixtureRequest, cases: Cases, promise: Promise
) -> None:
    chance = random.Random(name)
    data, count = whole(name, request), cases(SAMPLE, WHOLE)
    file = tmp_path / "given"
    if name == "BEIR judgements":
        (tmp_path / "qrels").mkdir()
        (tmp_path / "corpus.jsonl").write_text('{"_id": "a", "title": "", "text": "Un mot."}\n')
        (tmp_path / "queries.jsonl").write_text('{"_id": "q1", "text": "Un ?"}\n')
        file = tmp_path / "qrels" / "test.tsv"
    file.write_bytes(data)
    READERS[name](file)
    told = 0
    for number in range(count):
        file.write_bytes(mutated(data, chance))
        told += problem(partial(READERS[name], file), number)
    promise(f"damaged {name}", "0 crashes, one line each", f"0 of {count:,}; {told:,} lines")


def problem(work: Callable[[], object], number: int) -> bool:
    """Whether something was told; anything but one clear line in time ends the test."""
    began = time.process_time()
    line = ""
    try:
        work()
    except DepecheError as error:
        line = str(error)
        assert line, number
        assert "\n" not in line, (number, line)
        assert len(line) <= LONGEST_LINE, (number, line)
        assert line.isprintable(), (number, line)
    assert time.process_time() - began < SLOWEST, number
    return bool(line)


def test_damaged_questions_and_options(cases: Cases, promise: Promise) -> None:
    chance = random.Random("questions")
    count, told = cases(SAMPLE, WHOLE), 0
    for number in range(count):
        words = [changed(text, chance) for text in (*ASKED, *OPTIONS)]
        told += problem(partial(understand, words[0], words[1:3]), number)
        since, until, _, language, source, article = words[3:]
        narrowed = Filters(since, until, (source,), (language,), (article,))
        told += problem(partial(checked, narrowed), number)
    promise(
        "damaged questions, filters",
        "0 crashes, one line each",
        f"0 of {2 * count:,}; {told:,} lines",
    )


def test_damaged_questions_are_answered(
    corpus_chain: Chain, cases: Cases, promise: Promise
) -> None:
    """Through the whole chain, the models included."""
    chance = random.Random("asked")
    count, told = cases(1, 500), 0
    for number in range(count):
        text = changed(chance.choice(ASKED), chance)
        told += problem(partial(corpus_chain.ask, text), number)
    promise(
        "damaged questions, asked", "0 crashes, one line each", f"0 of {count:,}; {told:,} lines"
    )


def changed(text: str, chance: random.Random) -> str:
    return mutated(text.encode(), chance).decode(
        errors=chance.choice(["replace", "surrogateescape"])
    )
