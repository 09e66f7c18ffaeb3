"""What happens when something is asked, without a browser."""

from __future__ import annotations

import socket
from dataclasses import replace
from html import unescape
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

import app
from index.errors import InputError
from page.talk import Talk, released
from page.texts import FRENCH
from page.turns import asked_before, kept_of, turns_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from index.types import Article
    from page.talk import Update
    from rag.chain import Chain
    from rag.doors.schema import AnswerRow


def test_a_question_that_cannot_be_dealt_with_is_one_line(corpus_chain: Chain) -> None:
    begun, failed = Talk(corpus_chain, FRENCH).answer("x" * 5_000, "", "")
    [turn] = turns_of(failed[2])
    assert 'class="notice failed"' in turn.html
    assert asked_before([turn]) == []
    assert "une question a au plus 4\u202f000 caractères, et non 5\u202f000" in unescape(turn.html)
    assert [button.visible for button in begun[3:5]] == [False, True]
    assert [button.visible for button in released()] == [True, False]


def test_an_unforeseen_error_ends_the_wait(corpus_chain: Chain) -> None:
    def broken(words: str) -> Article:
        raise RuntimeError(words)

    talk = Talk(replace(corpus_chain, answerer=SimpleNamespace(write=broken)), FRENCH)
    _, failed = talk.answer("Combien de manifestants à Port-Armelin ?", "", "")
    assert FRENCH.broken.split(" ;")[0].split("’")[0] in unescape(failed[1][-1]["content"])


def test_a_follow_up_is_understood_from_the_questions_before(corpus_chain: Chain) -> None:
    talk = Talk(corpus_chain, FRENCH)
    kept = _kept(talk.answer("Quel est le budget de la défense de la France ?", "", ""))
    *_, answered, _ = talk.answer("Et celui du Japon ?", kept, "")
    assert len(answered[1]) == 4
    assert "budget de la défense du Japon" in unescape(answered[1][-1]["content"])
    searched = answered[6]
    assert searched == "Quel est le budget de la défense du Japon ?"
    *_, as_it_is = talk.answer("Et celui du Japon ?", answered[2], searched)
    assert asked_before(turns_of(as_it_is[2])) == ["Et celui du Japon ?"]
    assert as_it_is[6] == ""


def test_asked_again_an_answer_takes_the_place_of_the_last(corpus_chain: Chain) -> None:
    talk = Talk(corpus_chain, FRENCH)
    kept = _kept(talk.answer("Quel est le budget de la défense de la France ?", "", ""))
    both = _kept(talk.answer("Et celui du Japon ?", kept, ""))
    again = _kept(talk.again(both, "", "", [], []))
    assert [turn.question for turn in turns_of(again)] == [t.question for t in turns_of(both)]
    assert _rows(again)[1].standalone == "Quel est le budget de la défense du Japon ?"
    assert len(list(talk.again(""))) == 1  # nothing was asked


def test_filters_narrow_and_what_they_leave_nothing_of_is_said(corpus_chain: Chain) -> None:
    talk = Talk(corpus_chain, FRENCH)
    question = "Combien de manifestants à Port-Armelin ?"
    [row] = _rows(_kept(talk.answer(question, "", "", "2024", "3/2024", [], ["fr"])))
    assert {citation.published[:7] for citation in row.citations if citation.published} == {
        "2024-03"
    }
    cases: list[tuple[tuple[Any, ...], str]] = [
        (("2030", "", [], []), "depuis 2030"),
        (("", "", ["Aucune"], []), "Aucune"),
        (("hier", "", [], []), "« hier » n’est pas une date"),
        (("2024", "2023", [], []), "finit avant de commencer"),
    ]
    for values, said in cases:
        [turn] = turns_of(_kept(talk.answer(question, "", "", *values)))
        assert said in unescape(turn.html)
        assert turn.row is None


def test_what_is_stopped_stays_as_far_as_it_came(corpus_chain: Chain) -> None:
    talk = Talk(corpus_chain, FRENCH)
    begun, told, *_, whole = talk.answer("Combien de manifestants à Port-Armelin ?", "", "")
    assert FRENCH.stopped.rstrip(".") in talk.stopped(begun[2])[0][-1]["content"]
    [answered] = turns_of(told[2])
    [ended] = turns_of(talk.stopped(told[2])[1])
    assert ended.html.startswith(answered.html)
    assert "la suite manque" in ended.html
    assert turns_of(talk.opened(kept_of([ended]))[2]) == [ended]  # said once
    assert talk.stopped(whole[2])[1] == whole[2]


def test_a_conversation_of_before_is_opened_as_it_was(corpus_chain: Chain) -> None:
    talk = Talk(corpus_chain, FRENCH)
    *_, answered, whole = talk.answer("Combien de manifestants à Port-Armelin ?", "", "")
    assert talk.opened(whole[2])[1:3] == (answered[1], whole[2])
    for damaged in ("", "{", "[1]", '[{"question": 1}]'):
        assert talk.opened(damaged)[1] == []


def test_of_a_conversation_opened_again_one_may_speak_as_far_as_it_holds(
    corpus_chain: Chain,
) -> None:
    asked = Talk(corpus_chain, FRENCH)
    [turn] = turns_of(_kept(asked.answer("Combien de manifestants à Port-Armelin ?", "", "")))
    assert turn.row
    forged = replace(turn.row.citations[0], quote="On en a compté 40 000.")
    other = turn.row.model_copy(update={"citations": [forged]})
    turns = [turn, replace(turn, key="forged", row=other), replace(turn, key="", row=turn.row)]
    talk = Talk(corpus_chain, FRENCH)  # as after the server was started again
    talk.opened(kept_of(turns))
    assert talk.seen.row(turn.key) == asked.seen.row(turn.key)
    assert talk.seen.row("forged") is None
    assert talk.seen.row("") is None


def _kept(updates: Iterator[Update]) -> str:
    """What the browser keeps when all updates were made."""
    *_, last = updates
    return str(last[2])


def _rows(kept: str) -> list[AnswerRow]:
    return [turn.row for turn in turns_of(kept) if turn.row]


def test_an_address_that_is_taken_is_refused_in_one_line(corpus_library: Path) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        pytest.raises(InputError, match=r"cannot listen on 127\.0\.0\.1, port \d+: .*--port"),
    ):
        app.serve(corpus_library, "127.0.0.1", taken.getsockname()[1])
