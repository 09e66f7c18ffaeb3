from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.number_words import COMPOUNDS, number_words
from index.numbers import numbers_in

READ = [
    ("fr", "dix mille hommes, 2,5 milliards et 10.000 francs", ["10000", "2500000000", "10000"]),
    ("fr", "quatre-vingt-dix-sept morts et soixante et onze blessés", ["97", "71"]),
    ("fr", "10k euros, 10\u202f000 soldats, 1\u00a0150 personnes", ["10000", "10000", "1150"]),
    ("fr", "dix-huit classes, soixante-dix-sept, dix neuf", ["18", "77", "19"]),
    ("fr", "en 2024 300 départs", ["2024", "300"]),
    ("fr", "un demi-million, deux millions et demi, trois et demie", ["500000", "2500000", "3.5"]),
    ("fr", "une demi-finale, une heure et demie, midi et demi, à demi", []),
    ("fr", "un million et demi d'euros, 2 millions et demi", ["1500000", "2500000"]),
    ("en", "half a million, two and a half million, 2 and a half", ["500000", "2500000", "2.5"]),
    ("en", "a million and a half, half of them, half a dozen", ["1500000"]),
    ("en", "in 2019 and half of 2020, one and a half million", ["2019", "2020", "1500000"]),
    ("de", "eine halbe Million, zweieinhalb, anderthalb Millionen", ["500000", "2.5", "1500000"]),
    ("es", "medio millón, dos millones y medio, la edad media", ["500000", "2500000"]),
    ("it", "mezzo milione, due milioni e mezzo", ["500000", "2500000"]),
    ("pt", "meio milhão, dois milhões e meio", ["500000", "2500000"]),
    ("nl", "een half miljoen, tweeënhalf, anderhalf miljoen", ["500000", "1500000"]),
    ("fr", "sept mille neuf cent cinquante milliards", ["7950000000000"]),
    ("fr", "deux millions trois cent mille habitants", ["2300000"]),
    ("fr", "deux et trois, trois ou quatre cents", ["2", "3", "3", "400"]),
    ("fr", "une vache, un pont neuf, neuf morts, un million", ["9", "1000000"]),
    ("fr", f"{'9' * 28} milliards, puis {'1' * 29} et 12", [f"{'9' * 28}000000000", "12"]),
    ("fr", "un F-16, le Covid-19, le G7", []),
    ("fr", "1.234.567,89 et 0,123", ["1234567.89", "0.123"]),
    ("fr", "2,5 M€, 10 M d'euros, 3 k€, 5M", ["2500000", "10000000", "3000", "5000000"]),
    ("fr", "5 m de haut, 4 M de voix, M6", ["5", "4"]),
    ("en", "$2.5m, £12m, 5m deep, 3mn", ["2500000", "12000000", "5", "3000000"]),
    ("en", "8,000 men, 2.125 million, two hundred and twenty", ["8000", "2125000", "220"]),
    ("de", "fünfundzwanzig, zweihundertfünfzigtausend, 3,5 Millionen", ["25", "250000", "3500000"]),
    ("es", "treinta y cinco mil, 3 mil millones, doscientos", ["35000", "3000000000", "200"]),
    ("it", "diecimila, venticinque, duecentocinquanta", ["10000", "25", "250"]),
    ("pt", "vinte e cinco mil", ["25000"]),
    ("nl", "vijfentwintig duizend", ["25000"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "values"), READ)
def test_numbers_are_read_whole(language: str, text: str, values: list[str]) -> None:
    assert [number.value for number in numbers_in(text, language)] == [*map(Decimal, values)]


def test_a_number_knows_its_place() -> None:
    text = "Ils sont dix mille, dit-on, puis 12 500."
    assert [text[n.start : n.end] for n in numbers_in(text, "fr")] == ["dix mille", "12 500"]


def test_a_compound_without_end_is_read_in_linear_time() -> None:
    assert len(numbers_in("zwei" * 50_000, "de")) == 50_000
    assert max(len(word) for language in COMPOUNDS for word in number_words(language)) <= 13


@given(st.integers(0, 999_999_999), st.sampled_from([" ", "\u00a0", "\u202f", ".", ","]))
def test_any_grouping_gives_the_same_value(value: int, mark: str) -> None:
    written = f"{value:,}".replace(",", mark)
    assert [int(n.value) for n in numbers_in(f"soit {written} euros", "fr")] == [value]


@given(st.text(max_size=60), st.sampled_from(["fr", "en", "ja", *sorted(COMPOUNDS)]))
def test_places_never_overlap(text: str, language: str) -> None:
    before = 0
    for number in numbers_in(text, language):
        assert before <= number.start < number.end <= len(text)
        before = number.end
