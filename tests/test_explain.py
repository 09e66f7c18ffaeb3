from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from index.types import Filters
from rag.explain import explain, explanation_row

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Done

    from rag.chain import Chain
    from rag.explain import Explanation

SOLDIERS = "Combien de soldats la Corée du Nord a-t-elle envoyés ?"
LATE = Filters(since="2024-10-30")


@pytest.fixture(scope="module")
def late(corpus_chain: Chain) -> Explanation:
    return explain(corpus_chain, SOLDIERS, filters=LATE)


def test_it_explains_the_answer_that_is_given(corpus_chain: Chain, late: Explanation) -> None:
    answer = corpus_chain.ask(SOLDIERS, filters=LATE)
    assert late.read.hits == answer.hits
    assert (late.read.status, late.read.confidence) == (answer.status, answer.confidence)
    assert late.is_read(late.read.spans[0].passage)


def test_both_arms_are_shown_with_what_was_searched(late: Explanation) -> None:
    assert any("@kp" in word.others for word in late.words)
    found = {hit.passage.id for hit in (*late.by_words, *late.by_vector)}
    assert {hit.passage.id for hit in late.fused} == found
    for ranking in (late.by_words, late.by_vector, late.fused):
        assert [hit.score for hit in ranking] == sorted((h.score for h in ranking), reverse=True)


def test_what_the_filters_leave_out_is_named(corpus_chain: Chain, late: Explanation) -> None:
    outside = [d.passage.article for d in late.dropped if d.why == "outside the filters"]
    assert outside
    assert all((article.published or "") < "2024-10-30" for article in outside)
    assert not {a.id for a in outside} & {hit.passage.article.id for hit in late.read.hits}
    whole = explain(corpus_chain, SOLDIERS)
    assert "outside the filters" not in {dropped.why for dropped in whole.dropped}


def test_copies_and_what_was_not_needed_are_named(corpus_chain: Chain) -> None:
    explained = explain(corpus_chain, "Qui commande l’état-major américain au Japon ?")
    copies = [dropped for dropped in explained.dropped if dropped.why == "copy"]
    hits = {hit.passage.article.id for hit in explained.read.hits}
    assert copies
    assert all(dropped.of and set(dropped.of) <= hits for dropped in copies)
    unread = {d.passage.id for d in explained.dropped if d.why == "not needed"}
    assert unread == {h.passage.id for h in explained.read.hits if not explained.is_read(h.passage)}


def test_what_the_period_leaves_out_and_what_proves_nothing_are_named(corpus_chain: Chain) -> None:
    explained = explain(corpus_chain, "Que s'est-il passé à Brissagne en janvier 2024 ?")
    outside = [d.passage.article for d in explained.dropped if d.why == "outside the period"]
    assert outside
    assert not any((article.published or "").startswith("2024-01") for article in outside)
    read = {d.passage.id for d in explained.dropped if d.why == "unsupported"}
    assert read
    assert all(explained.is_read(h.passage) for h in explained.read.hits if h.passage.id in read)


def test_as_json_each_hit_has_its_place_in_both_arms(late: Explanation) -> None:
    row = json.loads(json.dumps(explanation_row(late)))
    assert row["filters"]["since"] == "2024-10-30"
    first = row["hits"][0]
    assert first["read"]
    for arm, ranking in (("by_words", late.by_words), ("by_vector", late.by_vector)):
        place = first[arm]
        hit = ranking[place["rank"] - 1]
        assert (hit.passage.article.id, hit.passage.start) == (first["article"], first["start"])
        assert place["score"] == pytest.approx(hit.score, abs=1e-6)


def test_a_name_typed_wrong_is_shown_as_it_was_searched(corpus_chain: Chain) -> None:
    explained = explain(corpus_chain, "Que dit Pyongiang ?")
    [word] = [word for word in explained.words if "pyongiang" in word.terms]
    assert "pyongyang" in word.others


def test_the_command(depeche: Callable[..., Done], corpus_library: Path) -> None:
    options = ("--since", "2024-10-30", "--library", corpus_library)
    done = depeche("explain", SOLDIERS, *options)
    assert (done.code, done.err) == (0, "")
    for part in (
        "searched  Combien de soldats",
        "filters   since 2024-10-30",
        "cor/core (@kp)",
        "by words alone",
        "by vectors alone",
        "dropped, outside the filters: ",
        "answered, confidence 0.",
    ):
        assert part in done.out
    done = depeche("explain", SOLDIERS, "--json", *options)
    assert json.loads(done.out)["standalone"] == SOLDIERS
    done = depeche("explain", " ", "--library", corpus_library)
    assert (done.code, done.err.count("\n")) == (2, 1)
