"""What readers say of answers: kept in the library, exported as questions, gone with articles."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from eval.rows import read_rows
from index.database import DATABASE
from index.feedback import all_given
from index.forget import forget
from index.schema import FORMAT
from index.store import open_library
from page.feedback import feedback_html, receiver
from page.texts import FRENCH
from page.turns import row_of
from rag.doors.feedback import LONGEST_NOTE, MOST_REMEMBERED, Seen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Done

    from rag.chain import Chain

SOLDIERS = "Combien de soldats la Corée du Nord a-t-elle envoyés ?"
QUICHE = "Quelle est la recette de la quiche aux poireaux ?"
SOURCE = "2024-10-31-washington-seoul-dissuasion"


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def client(chain: Chain, seen: Seen) -> TestClient:
    route = Route("/fr/feedback", receiver(chain.library, seen, FRENCH), methods=["POST"])
    return TestClient(Starlette(routes=[route]))


@pytest.fixture
def said(chain: Chain, seen: Seen, client: TestClient) -> Callable[..., int]:
    """Asks, and says so of the answer; the status."""

    def done(question: str, verdict: str | None, note: str = "") -> int:
        key = seen.key()
        seen.show(key, row_of(chain.ask(question), 0.1))
        row = {"key": key, "verdict": verdict, "note": note}
        return client.post("/fr/feedback", json=row).status_code

    return done


def rows_of(chain: Chain) -> list[dict[str, object]]:
    return [given.row for given in all_given(chain.library.database)]


def test_the_last_word_is_kept_and_can_be_taken_back(
    chain: Chain, seen: Seen, client: TestClient
) -> None:
    key = seen.key()
    seen.show(key, row_of(chain.ask(SOLDIERS), 0.1))
    assert feedback_html(key, FRENCH).count("<button") == 3
    row = {"key": key, "verdict": "up", "note": ""}
    assert client.post("/fr/feedback", json=row).json() == {"line": FRENCH.thanks}
    client.post("/fr/feedback", json=row | {"verdict": "down", "note": " trop vieux\n"})
    [kept] = rows_of(chain)
    assert (kept["verdict"], kept["note"], kept["status"]) == ("down", "trop vieux", "answered")
    assert kept["question"] == SOLDIERS
    assert client.post("/fr/feedback", json=row | {"verdict": None}).status_code == 200
    assert rows_of(chain) == []


@pytest.mark.parametrize(
    ("row", "status"),
    [
        ({"key": "unknown", "verdict": "up", "note": ""}, 404),
        ({"key": "unknown", "verdict": "maybe", "note": ""}, 422),
        ({"key": "unknown", "verdict": "up", "note": "x" * (LONGEST_NOTE + 1)}, 422),
        ({"verdict": ["up"]}, 422),
        ([], 422),
    ],
)
def test_what_is_no_feedback_is_refused(
    client: TestClient, chain: Chain, row: object, status: int
) -> None:
    assert client.post("/fr/feedback", json=row).status_code == status
    assert rows_of(chain) == []


def test_few_answers_are_remembered(corpus_chain: Chain) -> None:
    seen, answer = Seen(), row_of(corpus_chain.ask(QUICHE), 0.1)
    for number in range(MOST_REMEMBERED + 1):
        seen.show(str(number), answer)
    assert seen.row("0") is None
    assert seen.row("1")


def test_what_was_right_is_a_set_that_eval_reads_and_what_was_wrong_stands_apart(
    said: Callable[..., int], chain: Chain, depeche: Callable[..., Done], tmp_path: Path
) -> None:
    assert [said(SOLDIERS, "up"), said(SOLDIERS, "up", "encore"), said(QUICHE, "up")] == [200] * 3
    assert said("Pourquoi le pont de Brissagne est-il fermé ?", "down", "incomplet") == 200
    library = ("--library", chain.library.folder)
    listed = depeche("feedback", *library).out.splitlines()
    assert [line.split("\t")[1] for line in listed] == ["up", "up", "up", "down"]
    done = depeche("feedback", *library, "--export", tmp_path / "set")
    assert done.out.startswith("2 questions, 1 answers found wrong, 1 left out\n")
    right = read_rows(tmp_path / "set" / "questions.jsonl", "question", "lang")
    assert [row["article"] for row in right] == [SOURCE, None]
    [wrong] = read_rows(tmp_path / "set" / "wrong.jsonl", "question", "lang")
    assert (wrong["verdict"], wrong["note"]) == ("down", "incomplet")
    figures = json.loads(depeche(*done.out.splitlines()[1].split()[1:], "--json").out)
    assert (figures["about"]["asked"], figures["about"]["answerable"]) == (2, 1)
    articles = tmp_path / "set" / "articles.jsonl"
    refused = depeche("eval", tmp_path / "set" / "wrong.jsonl", articles)
    assert (refused.code, "found wrong" in refused.err) == (2, True)


def test_what_quotes_a_forgotten_article_goes_with_it(
    said: Callable[..., int], chain: Chain
) -> None:
    text = chain.library.article(SOURCE).text
    other = "Pourquoi le pont de Brissagne est-il fermé ?"
    assert said(SOLDIERS, "up") == said(other, "up", f"« {text[300:420]} »") == 200
    assert said(other, "up", "rien à dire") == 200
    writer = open_library(chain.library.folder)
    assert forget(writer, [SOURCE]) == []
    writer.close()
    assert [row["note"] for row in rows_of(chain)] == ["rien à dire"]
    files = [path for path in chain.library.folder.rglob("*") if path.is_file()]
    assert not [path for path in files if text[310:400].encode() in path.read_bytes()]


def test_a_changed_article_proves_nothing_any_more(
    said: Callable[..., int], chain: Chain, depeche: Callable[..., Done], tmp_path: Path
) -> None:
    said(SOLDIERS, "up")
    with chain.library.database.transaction() as connection:
        connection.execute("UPDATE articles SET text = 'Autre chose.' WHERE id = ?", (SOURCE,))
    done = depeche("feedback", "--library", chain.library.folder, "--export", tmp_path / "set")
    assert done.out.startswith("0 questions, 0 answers found wrong, 1 left out\n")


def test_a_library_of_the_second_format_takes_feedback(
    chain: Chain, said: Callable[..., int]
) -> None:
    file = chain.library.folder / DATABASE
    with sqlite3.connect(file) as old:
        old.executescript(
            "DROP TABLE feedback_articles; DROP TABLE feedback; PRAGMA user_version = 2;"
        )
    open_library(chain.library.folder).close()
    with sqlite3.connect(file) as new:
        assert new.execute("PRAGMA user_version").fetchone() == (FORMAT,)
    assert said(SOLDIERS, "up") == 200
