from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.database import open_database
from index.errors import InputError
from index.store import open_library
from rag.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from index.database import Database

ROOT = Path(__file__).parents[1]
QUOTE = "Le port a compté 140 départs en mars, dit la préfecture."
TEXT = f"Une dépêche du matin. {QUOTE} La suite demain."
START = TEXT.index(QUOTE)
FACTS = {"title": "Le port", "source": "Gazette", "published": "2024-04-02"}
ROW: dict[str, Any] = {
    "status": "answered",
    "text": f"140 départs [1]\n\n{QUOTE} [1]",
    "short": "140 départs",
    "citations": [
        {"marker": 1, "article": "port", "url": None, "start": START, "end": START + len(QUOTE)}
        | {"quote": QUOTE}
        | FACTS
    ],
    "others": [
        {"short": "140", "article": "port", "start": START, "end": START + len(QUOTE)}
        | {"quote": QUOTE}
        | FACTS
    ],
    "hits": [{"article": "port", "start": 0, "end": len(TEXT), "score": 0.5, "text": TEXT}],
}
CITED = ROW["citations"][0]


def faults(row: dict[str, Any], library: Database | None = None) -> set[str]:
    return {finding.fault for finding in verify(row, library)}


def altered(**fields: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """The row with these fields of its citation."""
    return ROW | {"citations": [CITED | fields]}


def test_an_answer_that_is_as_it_was_written_holds() -> None:
    assert verify(ROW) == []
    refused = ROW | {"status": "refused", "citations": [], "text": "Rien.", "short": ""}
    assert verify(refused) == []


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (altered(quote=QUOTE.replace("140", "150")), "altered quote"),
        (altered(quote=QUOTE.replace("mars", "juin")), "altered quote"),
        (altered(quote=QUOTE + "!"), "wrong place"),
        (altered(start=-1, end=len(QUOTE) - 1), "wrong place"),
        (altered(marker=2), "missing marker"),
        (ROW | {"text": "140 départs"}, "missing marker"),
        (ROW | {"text": ROW["text"] + " [2]"}, "unknown marker"),
        (ROW | {"citations": [CITED, CITED]}, "unknown marker"),
        (ROW | {"text": ROW["text"].replace("140", "150")}, "unproved words"),
        (ROW | {"text": ROW["text"].replace("départs en mars", "départs en mai")}, "altered quote"),
        (ROW | {"short": "150 départs"}, "unproved words"),
        (ROW | {"status": "refused"}, "wrong status"),
        (ROW | {"citations": [], "text": "140"}, "wrong status"),
        (ROW | {"others": [ROW["others"][0] | {"short": "141"}]}, "unproved words"),
        (ROW | {"others": [ROW["others"][0] | {"end": 99}]}, "wrong place"),
    ],
)
def test_what_does_not_hold_is_seen_without_a_library(row: dict[str, Any], fault: str) -> None:
    assert fault in faults(row)


def test_a_chat_models_own_sentence_needs_the_figures_of_its_quote() -> None:
    said = "En mars, cent quarante bateaux ont quitté le port, soit 140 départs [1]."
    assert verify(ROW | {"text": said}) == []
    assert faults(ROW | {"text": said.replace("140", "1 400")}) == {"unproved words"}


def test_brackets_of_an_article_are_no_markers() -> None:
    quote = QUOTE.replace("140 départs", "140 départs [7]")
    cited = CITED | {"quote": quote, "end": START + len(quote)}
    row = ROW | {"citations": [cited], "text": f"{quote} [1]", "hits": [], "others": []}
    assert verify(row) == []


@given(st.integers(0, len(QUOTE) - 1), st.characters(categories=("L", "N", "P")))
def test_any_changed_letter_of_a_quote_is_seen(at: int, letter: str) -> None:
    quote = QUOTE[:at] + letter + QUOTE[at + 1 :]
    assert bool(verify(altered(quote=quote))) == (quote != QUOTE)


@pytest.fixture(scope="module")
def answer(corpus_library: Path) -> dict[str, Any]:
    code = "from rag.cli import main; main()"
    question = "Combien de soldats la Corée du Nord a-t-elle envoyés ?"
    command = [sys.executable, "-c", code, "ask", "--json", question, "--library"]
    command.append(str(corpus_library))
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    row = json.loads(done.stdout)
    assert isinstance(row, dict)
    return row


@pytest.fixture(scope="module")
def library(corpus_library: Path) -> Iterator[Database]:
    opened = open_database(corpus_library)
    yield opened
    opened.close()


def test_a_real_answer_holds_and_is_checked_at_once(
    answer: dict[str, Any], library: Database
) -> None:
    seconds = []
    for _ in range(5):  # the machine may be busy with something else
        began = time.perf_counter()
        assert verify(answer, library) == []
        seconds.append(time.perf_counter() - began)
    assert min(seconds) < 0.05


def test_a_moved_place_is_seen_in_the_library(answer: dict[str, Any], library: Database) -> None:
    row = deepcopy(answer) | {"hits": []}
    for name in ("start", "end"):
        row["citations"][0][name] += 1
    assert faults(row, library) == {"changed article"}
    assert faults(row) == set()


def test_facts_of_another_article_are_seen(answer: dict[str, Any], library: Database) -> None:
    row = deepcopy(answer)
    row["citations"][0]["published"] = "1999-01-01"
    assert faults(row, library) == {"altered facts"}


def test_forgotten_and_changed_articles_are_named(
    answer: dict[str, Any], corpus_library: Path, tmp_path: Path, depeche: Callable[..., Any]
) -> None:
    copy = shutil.copytree(corpus_library, tmp_path / "copy")
    file = tmp_path / "answer.json"
    file.write_text(json.dumps(answer, indent=2), encoding="utf-8")
    assert depeche("verify", file, "--library", copy).code == 0
    cited = answer["citations"][0]["article"]
    opened = open_library(copy)
    with opened.database.transaction() as connection:
        connection.execute("UPDATE articles SET text = 'Neuf. ' || text WHERE id = ?", (cited,))
    opened.close()
    done = depeche("verify", file, "--library", copy)
    assert done.code == 3
    assert f"changed article: {cited}" in done.out
    assert depeche("forget", cited, "--library", copy).code == 0
    done = depeche("verify", file, "--library", copy)
    assert done.code == 3
    assert f"forgotten article: {cited}" in done.out
    assert depeche("verify", file).code == 0


def test_each_row_of_a_batch_is_checked(tmp_path: Path, depeche: Callable[..., Any]) -> None:
    file = tmp_path / "answers.jsonl"
    rows = [ROW, altered(quote=QUOTE.replace("140", "150")), ROW]
    file.write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
    done = depeche("verify", file)
    assert done.code == 3
    assert f"{file}, line 2: citation 1: altered quote" in done.out
    assert "2 of 3 answers hold" in done.out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "empty"),
        ("{", "not JSON"),
        ("[1]", "answer 1: no answer: a JSON object is expected"),
        ("[]", "a JSON object is expected"),
        ("{}", "status: field required"),
        (json.dumps(ROW | {"text": 3}), "text: input should be a valid string"),
        (json.dumps(altered(start="0")), "citations.0.start"),
        ("[" * 100_000, "not JSON"),
        (json.dumps(ROW) + "\n{", "line 2"),
    ],
)
def test_what_is_no_answer_is_one_line(
    content: str, said: str, tmp_path: Path, depeche: Callable[..., Any]
) -> None:
    file = tmp_path / "answer.json"
    file.write_text(content, encoding="utf-8")
    done = depeche("verify", file)
    assert done.code == 2
    assert said in done.err
    assert done.err.count("\n") == 1


def test_files_that_cannot_be_read_are_one_line(
    tmp_path: Path, depeche: Callable[..., Any]
) -> None:
    (tmp_path / "latin").write_bytes(b"\xe9\xff")
    for name in ("latin", "absent"):
        done = depeche("verify", name)
        assert (done.code, done.err.count("\n")) == (2, 1)
    (tmp_path / "answer").write_text(json.dumps(ROW), encoding="utf-8")
    assert "no library" in depeche("verify", "answer", "--library", "absent").err
    with pytest.raises(InputError):
        verify({"status": "answered"})


def test_verifying_loads_no_model_and_no_index() -> None:
    heavy = ["numpy", "faiss", "torch", "onnxruntime", "gradio", "tiktoken", "index.embed"]
    code = f"import sys, rag.commands.verification; print([n for n in {heavy} if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == "[]"
