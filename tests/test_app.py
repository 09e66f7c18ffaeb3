"""What happens when something is asked, without a browser."""

from __future__ import annotations

import socket
from dataclasses import replace
from html import unescape
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

import app
from index.errors import InputError
from page.chat import Talk
from page.texts import FRENCH
from rag.chain import open_chain

if TYPE_CHECKING:
    from pathlib import Path

    from index.types import Article


def test_a_question_that_cannot_be_dealt_with_is_one_line(corpus_library: Path) -> None:
    talk = Talk(open_chain(corpus_library), FRENCH)
    *_, failed, last = talk.answer("x" * 5_000, [], [])
    shown, asked = failed[1], failed[2]
    assert asked == []
    assert "5&#44;000" in shown[-1]["content"]
    assert 'class="notice failed"' in shown[-1]["content"]
    assert [button.visible for button in last[3:5]] == [True, False]


def test_an_unforeseen_error_ends_the_wait(corpus_library: Path) -> None:
    def broken(words: str) -> Article:
        raise RuntimeError(words)

    chain = open_chain(corpus_library)
    talk = Talk(replace(chain, answerer=SimpleNamespace(write=broken)), FRENCH)
    *_, failed, last = talk.answer("Combien de manifestants à Port-Armelin ?", [], [])
    assert FRENCH.broken.split(" ;")[0].split("’")[0] in unescape(failed[1][-1]["content"])
    assert [button.visible for button in last[3:5]] == [True, False]


def test_a_follow_up_is_understood_from_the_questions_before(corpus_library: Path) -> None:
    talk = Talk(open_chain(corpus_library), FRENCH)
    before = ["Quel est le budget de la défense de la France ?"]
    *_, answered, _ = talk.answer("Et celui du Japon ?", [], before)
    assert answered[2] == [*before, "Et celui du Japon ?"]
    assert "budget de la défense du Japon" in unescape(answered[1][-1]["content"])
    searched = answered[6]
    assert searched == "Quel est le budget de la défense du Japon ?"
    *_, as_it_is, _ = talk.answer("Et celui du Japon ?", [], before, searched)
    assert as_it_is[2] == ["Et celui du Japon ?"]
    assert as_it_is[6] == ""


def test_an_address_that_is_taken_is_refused_in_one_line(corpus_library: Path) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        pytest.raises(InputError, match=r"cannot listen on 127\.0\.0\.1, port \d+: .*--port"),
    ):
        app.serve(corpus_library, "127.0.0.1", taken.getsockname()[1])
