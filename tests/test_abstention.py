"""Questions about everything but the articles: hardly any is answered, those about them nearly all.

The share answered of what the articles do answer stands beside, since refusing all is no merit.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from eval.gate import QUESTIONS

if TYPE_CHECKING:
    from promises import Cases, Promise

    from rag.chain import Chain

OFF_CORPUS = Path(__file__).parent / "data/off_corpus.jsonl"
MOST, LEAST = 0.05, 0.9


def rows(file: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_there_are_two_hundred_in_six_languages() -> None:
    found = rows(OFF_CORPUS)
    assert len({row["question"] for row in found}) == 200
    languages = Counter(row["lang"] for row in found)
    assert len(languages) == 6
    assert min(languages.values()) >= 20


@pytest.mark.torture
def test_what_the_articles_do_not_treat_is_refused(
    corpus_chain: Chain, cases: Cases, promise: Promise
) -> None:
    every = 200 // cases(10, 200)
    foreign = rows(OFF_CORPUS)[::every]
    own = [row for row in rows(QUESTIONS) if row.get("evidence")][::every]
    answered = [row["question"] for row in foreign if is_answered(corpus_chain, row)]
    given = sum(is_answered(corpus_chain, row) for row in own)
    promise(
        "abstention over the sample corpus",
        f"under {MOST:.0%} answered of 200 foreign questions in 6 languages, at {LEAST:.0%} of "
        "those that the articles answer",
        f"{len(answered) / len(foreign):.1%} of {len(foreign)}, at {given / len(own):.1%} of "
        f"{len(own)}; answered: {answered}",
    )
    assert len(answered) <= MOST * len(foreign)
    assert given >= LEAST * len(own)


def is_answered(chain: Chain, row: dict[str, str]) -> bool:
    return chain.ask(row["question"]).status == "answered"
