from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.calendar import may_name_date
from rag.dates.named import named_periods, question_dates
from rag.dates.periods import bounds, ends, interval, meet
from rag.understand import understand

TODAY = date(2024, 10, 24)  # a Thursday
PERIODS = (Path(__file__).parent / "data" / "periods.tsv").read_text(encoding="utf-8")
ROWS = [line.split("\t") for line in PERIODS.splitlines()[1:]]


@pytest.mark.parametrize(("language", "text", "period"), ROWS)
def test_a_period_named_in_a_question(language: str, text: str, period: str) -> None:
    assert ",".join(question_dates(text, language, TODAY)) == period


@pytest.mark.parametrize(
    ("text", "published", "period"),
    [
        ("Le conseil a voté mardi.", "2024-10-24", "2024-10-22"),
        ("Le conseil a voté jeudi.", "2024-10-24", "2024-10-24"),
        ("Le conseil votera mardi.", "2024-10-24", "2024-10-29"),
        ("Le pont a fermé en mars.", "2024-10-24", "2024-03"),
        ("Le pont rouvrira en mars.", "2024-10-24", "2025-03"),
        ("Le pont a été fermé le 28 décembre.", "2025-01-03", "2024-12-28"),
        ("La réunion du 3 janvier est maintenue.", "2024-12-28", "2025-01-03"),
        (
            "La crue a tué sept personnes la semaine dernière.",
            "2024-06-12",
            "2024-06-03/2024-06-09",
        ),
        ("The bridge closed on Monday.", "2024-10-24", "2024-10-21"),
        ("The bridge will reopen on Monday.", "2024-10-24", "2024-10-28"),
        ("Der Rat stimmte am Dienstag ab.", "2024-10-24", "2024-10-22"),
    ],
)
def test_a_relative_date_in_an_article_is_read_against_its_publication(
    text: str, published: str, period: str
) -> None:
    language = "en" if text.startswith("The") else "de" if text.startswith("Der") else "fr"
    named = named_periods(text, language, date.fromisoformat(published), in_article=True)
    assert [found.period for found in named] == [period]


def test_several_periods_each_once() -> None:
    text = "Combien de loups en 2021, en 2023 et en 2021 ?"
    assert question_dates(text, "fr", TODAY) == ("2021", "2023")


def test_where_a_date_stands_in_the_text() -> None:
    text = "À l’été 2013, puis le 1ᵉʳ août…"
    named = named_periods(text, "fr", TODAY)
    assert text[named[0].start : named[0].end] == "été 2013"


def test_a_question_brings_its_periods_along() -> None:
    question = understand("Qui a démissionné le mois dernier ?", today=TODAY)
    assert question.dates == ("2024-09",)
    assert understand("Qui a démissionné ?", today=TODAY).dates == ()


def test_most_questions_do_not_load_the_words_of_the_calendar() -> None:
    texts = [
        "Combien de soldats la Corée du Nord a-t-elle envoyés ?",
        "Qui dirige le nouveau commandement ?",
        "10 000 euros pour qui ?",
        "How many wolves live there?",
        "Wer hat den Preis gewonnen?",
    ]
    assert not any(map(may_name_date, texts))
    assert all(may_name_date(text) for _, text, period in ROWS if period)


def test_understanding_dates_takes_little_time() -> None:
    began = time.process_time()
    for language, text, _ in ROWS:
        question_dates(text, language, TODAY)
    assert (time.process_time() - began) / len(ROWS) < 0.005


@given(st.text(max_size=120), st.sampled_from(["fr", "en", "de", "es", "it", "pt", "nl", "sv"]))
@example("le 31/02/2024, le 0/0/0000 et le 30 février", "fr")
@example("il y a 999 ans, il y a 999 mois, İ", "fr")
@example("du 28 au 31 février 2021", "fr")
def test_whatever_is_asked_periods_are_periods(text: str, language: str) -> None:
    for named in named_periods(text, language, TODAY):
        since, until = bounds(named.period)
        assert since <= until
        assert interval(*ends(named.period)) == named.period
        assert 0 <= named.start < named.end <= len(text)


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("2024-10", "2024-10-24", True),
        ("2024-10", "2024", True),
        ("2024-10", "2024-11-01", False),
        ("2021/..", "2024", True),
        ("2021/..", "2020-12-31", False),
        ("../2015", "2015-06", True),
        ("../2015", "2016-01", False),
        ("2024-10-14/2024-10-20", "2024-10", True),
        ("2024-10-14/2024-10-20", "2024-10-21", False),
    ],
)
def test_periods_meet_when_they_share_a_day(one: str, other: str, *, together: bool) -> None:
    assert meet(one, other) is together
    assert meet(other, one) is together
