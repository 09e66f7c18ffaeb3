"""What is measured, by rankings, confidences and texts small enough to reckon by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.answers import agrees, f1, measure_answer, words
from eval.asking import ARMS, Asked
from eval.bootstrap import figure, mean
from eval.citations import measure_citations
from eval.figures import Scored, answer_figures, groups, language_figures, retrieval_figures
from eval.measures import MEASURES, measure
from eval.misses import miss_of
from eval.questions import Evidence, Labelled
from eval.refusal import measure_refusal
from eval.timing import stage_times
from index.types import Article, Passage
from rag.types import Answer, Citation, Question, Span, Status

# Rankings


def run(*documents: str) -> list[tuple[str, float]]:
    return [(name, 1 - rank / 10) for rank, name in enumerate(documents)]


def test_known_rankings_have_the_values_reckoned_by_hand() -> None:
    relevant = {"first": {"right": 1}, "second": {"right": 1}, "sixth": {"right": 1}}
    values = measure(
        relevant,
        {
            "first": run("right", "a"),
            "second": run("a", "right"),
            "sixth": run("a", "b", "c", "d", "e", "right"),
        },
    )
    assert values["first"] == pytest.approx(dict.fromkeys(MEASURES, 1.0))
    assert values["second"] == pytest.approx(
        dict.fromkeys(MEASURES, 1.0) | {"Success@1": 0, "RR@20": 1 / 2, "nDCG@10": 1 / math.log2(3)}
    )
    assert values["sixth"] == pytest.approx(
        dict.fromkeys(MEASURES, 1.0)
        | {"Success@1": 0, "Success@5": 0, "R@5": 0, "RR@20": 1 / 6, "nDCG@10": 1 / math.log2(7)}
    )


def test_nothing_found_scores_zero_and_is_counted() -> None:
    values = measure({"q": {"right": 1}, "r": {"right": 1}}, {"q": run("a", "b")})
    assert values == {name: dict.fromkeys(MEASURES, 0.0) for name in ("q", "r")}
    assert measure({"q": {"wrong": 0}}, {"q": run("wrong")}) == {}


def test_grades_and_scores_count_as_in_trec_eval() -> None:
    relevant = {"q": {"best": 2, "good": 1}}
    swapped = [("good", 0.1), ("best", 0.9)]
    by_rank, by_score = (
        measure(relevant, {"q": swapped}),
        measure(relevant, {"q": swapped}, as_ranked=False),
    )
    assert by_score["q"]["nDCG@10"] == pytest.approx(1.0)
    ideal = 2 + 1 / math.log2(3)
    assert by_rank["q"]["nDCG@10"] == pytest.approx((1 + 2 / math.log2(3)) / ideal)


# Intervals


def test_means_are_exact_and_the_same_each_time() -> None:
    found = mean([0.0, 1.0, 1.0, 0.0, 1.0])
    assert found.mean == pytest.approx(0.6)
    assert found.count == 5
    assert found == mean([0.0, 1.0, 1.0, 0.0, 1.0])
    assert mean([]).count == 0


@given(st.lists(st.floats(0, 1, width=16), min_size=1, max_size=60))
def test_the_interval_contains_the_mean(values: list[float]) -> None:
    found = mean(values)
    assert found.low - 1e-9 <= found.mean <= found.high + 1e-9
    assert min(values) - 1e-9 <= found.low
    assert found.high <= max(values) + 1e-9


def test_the_interval_is_that_of_the_binomial_and_narrows_with_more_questions() -> None:
    few, many = mean([0.0, 1.0] * 50), mean([0.0, 1.0] * 1_000)
    assert few.low == pytest.approx(0.5 - 1.96 * 0.05, abs=0.015)
    assert few.high == pytest.approx(0.5 + 1.96 * 0.05, abs=0.015)
    assert many.high - many.low < (few.high - few.low) / 4


def test_a_figure_that_a_draw_does_not_have_is_left_out_of_its_interval() -> None:
    found = figure(lambda weights: np.where(weights[:, 0] > 0, 1.0, np.nan), 3)
    assert (found.mean, found.low, found.high) == (1.0, 1.0, 1.0)


# Refusal


def test_risk_and_coverage_are_those_reckoned_by_hand() -> None:
    found = measure_refusal([0.9, 0.8, 0.6, 0.3], [1, 0, 1, 0], risks=(0.0, 0.34, 0.5))
    assert np.allclose(found.curve, [(0.25, 0), (0.5, 1 / 2), (0.75, 1 / 3), (1, 1 / 2)])
    assert found.scores["AURC"].mean == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)
    assert found.scores["AUROC"].mean == pytest.approx(3 / 4)
    assert found.scores["coverage at risk 0"].mean == pytest.approx(0.25)
    assert found.scores["coverage at risk 0.34"].mean == pytest.approx(0.75)
    assert found.scores["coverage at risk 0.5"].mean == pytest.approx(1.0)
    gaps = (0.1 + 0.8 + 0.4 + 0.3) / 4
    assert found.scores["ECE"].mean == pytest.approx(gaps)
    assert [each.count for each in found.reliability] == [1, 1, 1, 1]


def test_equal_confidences_are_answered_together() -> None:
    one = measure_refusal([0.5, 0.5, 0.5], [1, 0, 0])
    other = measure_refusal([0.5, 0.5, 0.5], [0, 0, 1])
    assert one.curve == other.curve
    assert np.allclose(one.curve, [(1.0, 2 / 3)])
    assert one.scores["AUROC"].mean == pytest.approx(0.5)
    assert one.scores["ECE"].mean == pytest.approx(0.5 - 1 / 3)


confident = st.lists(
    st.tuples(st.floats(0, 1, width=16), st.sampled_from([0.0, 1.0])), min_size=1, max_size=30
)


@given(confident)
def test_what_the_confidence_is_worth_is_a_share(rows: list[tuple[float, float]]) -> None:
    found = measure_refusal(*zip(*rows, strict=True))
    for name, score in found.scores.items():
        one_outcome = len({right for _, right in rows}) == 1
        assert score.count == (0 if name == "AUROC" and one_outcome else len(rows))
        assert -1e-9 <= score.low <= score.high <= 1 + 1e-9, name
    assert [coverage for coverage, _ in found.curve] == sorted(c for c, _ in found.curve)
    assert found.curve[-1] == pytest.approx((1, 1 - sum(r for _, r in rows) / len(rows)))


def test_no_question_has_no_curve() -> None:
    assert measure_refusal([], []).curve == ()


# Answers

TEXT = "Le port est fermé. Les dockers, au nombre de 140, ont voté la grève. Fin de la dépêche."
ARTICLE = Article("port", "Le port", TEXT, "fr")
EVIDENCE = Evidence("port", TEXT.index("Les dockers"), TEXT.index(" Fin"))
KNOWN = Labelled("1", "factoid", "fr", "Combien de dockers ?", ("140",), EVIDENCE)
NOTHING = Labelled("2", "unanswerable", "fr", "Qui préside ?", (), None)


def cite(start: int, end: int, quote: str | None = None) -> Citation:
    return Citation(1, "port", "", None, None, None, start, end, quote or TEXT[start:end])


def asked(
    question: Labelled, said: str, *citations: Citation, status: Status = "answered"
) -> Asked:
    at = TEXT.index(said)
    span = Span(Passage(ARTICLE, 0, len(TEXT)), at, at + len(said), 1.0)
    answer = Answer(Question("", "fr", ""), "", said, citations, (), status, 0.8)
    return Asked(question, answer, (span,), {arm: run("port:0-88") for arm in ARMS}, {})


@pytest.mark.parametrize(
    ("said", "wanted", "score"),
    [
        ("La ville de Genève", "ville Genève", 1.0),
        ("10 000 soldats", "10 000", 0.8),
        ("Paris", "Genève", 0.0),
        ("", "Genève", 0.0),
    ],
)
def test_words_that_an_answer_shares(said: str, wanted: str, score: float) -> None:
    assert f1(words(said), words(wanted)) == pytest.approx(score)


def test_an_answer_is_scored_by_its_evidence_and_a_refusal_by_its_question() -> None:
    right = {"evidence@1": 1.0, "exact": 1.0, "F1": 1.0, "answered": 1.0, "right": 1.0}
    given = {"evidence@1|article": 1.0, "right|answered": 1.0}
    assert measure_answer(asked(KNOWN, "140")) == right | given
    refused = measure_answer(asked(KNOWN, "140", status="refused"))
    assert refused == right | {"answered": 0.0, "right": 0.0, "evidence@1|article": 1.0}
    beside = measure_answer(asked(KNOWN, "fermé"))
    assert (beside["evidence@1"], beside["evidence@1|article"], beside["right|answered"]) == (
        0,
    ) * 3
    elsewhere = replace(KNOWN, evidence=replace(EVIDENCE, article="another"))
    assert "evidence@1|article" not in measure_answer(asked(elsewhere, "140"))
    assert measure_answer(asked(NOTHING, "140")) == {"refused": 0.0}
    assert measure_answer(asked(NOTHING, "140", status="unsupported")) == {"refused": 1.0}


def test_a_sentence_agrees_when_it_shares_the_larger_half() -> None:
    start, end = EVIDENCE.start, EVIDENCE.end
    assert agrees(KNOWN, "port", start, end)
    assert agrees(KNOWN, "port", start + 10, start + 20)
    assert not agrees(KNOWN, "port", start - 40, start + 5)
    assert not agrees(KNOWN, "another", start, end)
    twin = replace(KNOWN, twins=(Evidence("another", start, end),))
    assert agrees(twin, "another", start, end)


def test_citations_are_counted_as_evidence_or_not() -> None:
    right, wrong = cite(EVIDENCE.start, EVIDENCE.end), cite(0, 18)
    both = measure_citations(asked(KNOWN, "140", right, wrong), lambda _: ARTICLE)
    assert both == {"exact quotes": 1.0, "citation precision": 0.5, "citation recall": 1.0}
    none = measure_citations(asked(KNOWN, "140", wrong), lambda _: ARTICLE)
    assert (none["citation precision"], none["citation recall"]) == (0.0, 0.0)
    invented = measure_citations(asked(NOTHING, "140", right), lambda _: ARTICLE)
    assert invented == {"exact quotes": 1.0, "citation precision": 0.0}
    assert measure_citations(asked(KNOWN, "140", status="refused"), lambda _: ARTICLE) == {}


def test_a_quote_that_is_not_in_its_article_shows() -> None:
    altered = cite(
        EVIDENCE.start, EVIDENCE.end, "Les dockers, au nombre de 240, ont voté la grève."
    )
    values = measure_citations(asked(KNOWN, "140", altered, cite(0, 18)), lambda _: ARTICLE)
    assert values["exact quotes"] == 0.5


@pytest.mark.parametrize(
    ("question", "said", "status", "relevant", "what"),
    [
        (KNOWN, "140", "answered", "port:0-88", None),
        (KNOWN, "140", "refused", "port:0-88", "right, but refused"),
        (KNOWN, "fermé", "answered", "port:0-88", "found, another sentence first"),
        (KNOWN, "fermé", "refused", "port:0-88", "found, another first, refused"),
        (KNOWN, "fermé", "answered", "port:9-20", "not found"),
        (NOTHING, "fermé", "answered", "", "answered, though the articles do not"),
        (NOTHING, "fermé", "unsupported", "", None),
    ],
)
def test_a_miss_says_where_the_journey_lost_it(
    question: Labelled, said: str, status: Status, relevant: str, what: str | None
) -> None:
    miss = miss_of(asked(question, said, status=status), {relevant}, lambda _: ARTICLE)
    assert (miss.what if miss else None) == what
    if miss and question is KNOWN:
        assert miss.evidence == TEXT[EVIDENCE.start : EVIDENCE.end]
        assert (miss.wanted, miss.got, miss.got_from) == ("140", said, "port")
        assert miss.rank == (1 if relevant == "port:0-88" else None)


# Groups


def test_questions_are_grouped_by_type_and_language() -> None:
    def scored(name: str, kind: str, language: str, *, answerable: bool = True) -> Scored:
        evidence = EVIDENCE if answerable else None
        question = Labelled(name, kind, language, "?", (), evidence)
        if not answerable:
            return Scored(question, {}, {"refused": 1.0})
        arms = {arm: dict.fromkeys(MEASURES, 1.0) for arm in ARMS}
        return Scored(question, arms, {"evidence@1": float(language == "fr")})

    rows = [
        scored("1", "factoid", "fr"),
        scored("2", "explain", "fr"),
        scored("3", "explain", "en"),
        scored("4", "unanswerable", "fr", answerable=False),
    ]
    names = {name: len(some) for name, some in groups(rows).items()}
    assert names == {
        "all": 4, "type explain": 2, "type factoid": 1, "type unanswerable": 1,
        "language en": 1, "language fr": 3,
    }  # fmt: skip
    found = retrieval_figures(rows)
    assert "type unanswerable" not in found
    assert found["type explain"]["fused"]["RR@20"] == mean([1.0, 1.0])
    said = answer_figures(rows)
    assert said["all"]["evidence@1"].mean == pytest.approx(2 / 3)
    assert said["all"]["refused"].count == 1
    cells = language_figures(rows, {"port": "fr"})
    assert [(c.question, c.article, c.read.mean) for c in cells] == [
        ("fr", "fr", 1),
        ("en", "fr", 0),
    ]


def test_times_are_quantiles_of_the_stages_and_of_their_sum() -> None:
    took = stage_times([{"read": n / 1000, "write": 0.001} for n in range(1, 101)])
    assert took["read"].p50 == pytest.approx(50.5)
    assert took["whole"].p95 == pytest.approx(took["read"].p95 + 1)
    assert stage_times([]) == {}
