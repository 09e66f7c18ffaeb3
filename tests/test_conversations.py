"""The conversations that measure follow-ups, and what `understand` makes of them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Final

import pytest

from eval.conversations import (
    ALONE,
    conversation_figures,
    is_complete,
    read_conversations,
    score_conversations,
)
from index.errors import InputError
from index.words import words

SETS: Final = {
    half: Path(__file__).parent / "data" / f"conversations.{half}.jsonl" for half in ("dev", "test")
}
# Just under what was measured (docs/evaluation.md): completed when it leans, untouched when not.
FLOORS: Final = {"dev": (0.93, 1.0), "test": (0.86, 1.0)}
COPIED: Final = 7  # words in a row that a question may share with its article at most


@pytest.mark.parametrize("half", SETS)
def test_a_set_agrees_with_itself(half: str) -> None:
    talks = read_conversations(SETS[half])
    assert len({talk.id for talk in talks}) == len(talks) >= 60
    for talk in talks:
        assert 2 <= len(talk.turns) <= 3
        assert talk.needs
        assert all(is_complete(talk, text) for text in talk.standalone), talk.id
        assert (talk.kind == ALONE) == (talk.standalone == talk.turns[-1:])


def test_both_halves_have_the_same_kinds() -> None:
    kinds = [Counter(talk.kind for talk in read_conversations(path)) for path in SETS.values()]
    assert kinds[0].keys() == kinds[1].keys()
    assert all(kind[ALONE] * 5 >= sum(kind.values()) for kind in kinds)


@pytest.mark.parametrize("half", SETS)
def test_follow_ups_are_completed_and_complete_questions_left_alone(half: str) -> None:
    found = conversation_figures(score_conversations(SETS[half]))
    least, untouched = FLOORS[half]
    assert found["completed"]["complete"].mean >= least
    assert found["completed"]["unchanged"].mean >= untouched
    assert found["typed"]["complete"].mean < 0.1
    assert found["reference"]["complete"].mean == 1


@pytest.mark.parametrize("half", SETS)
def test_no_question_is_copied_from_its_article(half: str, shared: Path) -> None:
    for talk in read_conversations(SETS[half]):
        article = (shared / f"articles/newswire/{talk.article}.txt").read_text(encoding="utf-8")
        runs = _runs(article)
        for turn in (*talk.turns, *talk.standalone):
            assert not _runs(turn) & runs, talk.id


def _runs(text: str) -> set[tuple[str, ...]]:
    found = words(text, "und")
    return {tuple(found[at : at + COPIED + 1]) for at in range(len(found) - COPIED)}


def test_a_conversation_that_lacks_something_is_named(tmp_path: Path) -> None:
    path = tmp_path / "talks.jsonl"
    path.write_text(json.dumps({"id": "1", "kind": "why"}) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"talks\.jsonl.*'lang'"):
        read_conversations(path)
