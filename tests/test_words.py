from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.words import numbers, terms, word_groups, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("l'armée", "armée"),
        ("l’armée", "l'armée"),
        ("d'États-Unis", "Etats Unis"),
        ("jusqu'à Pékin", "Pékin"),
        ("cœur", "coeur"),
        ("élevées", "élevé"),
        ("élevées", "elevees"),
        ("soldats", "SOLDAT"),
        ("10 000 soldats", "10.000 soldats"),
        ("10\u202f000", "10\u00a0000"),
        ("l'O.N.U.", "ONU"),
        ("Straße", "Strasse"),
    ],
)
def test_these_are_the_same_to_a_french_reader(one: str, other: str) -> None:
    assert set(terms(one, "fr")) & set(terms(other, "fr"))


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "soldiers' houses", "house soldier"),
        ("de", "Soldaten", "Soldat"),
        ("es", "soldados", "soldado"),
        ("it", "dell'esercito", "esercito"),
        ("pt", "cidades", "cidade"),
        ("nl", "soldaten", "soldaat soldaten"),
        ("ru", "солдаты", "солдат"),
    ],
)
def test_inflection_in_other_languages(language: str, one: str, other: str) -> None:
    assert set(terms(one, language)) & set(terms(other, language))


def test_question_words_and_function_words_do_not_count() -> None:
    assert words("Combien de soldats la Corée du Nord a-t-elle envoyés ?", "fr") == [
        "soldats", "corée", "nord", "envoyés",
    ]  # fmt: skip


def test_aujourdhui_stays_whole() -> None:
    assert words("Aujourd’hui, l'aube", "fr") == ["aujourd'hui", "aube"]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("10 000", "fr", ["10000"]),
        ("10.000", "fr", ["10000"]),
        ("10,000", "en", ["10000"]),
        ("2,5", "fr", ["2.5"]),
        ("1.234.567,89", "fr", ["1234567.89"]),
        ("2021, 2022", "fr", ["2021", "2022"]),
        ("1 500", "fr", ["1500"]),
        ("2004 32", "fr", ["2004", "32"]),
    ],
)
def test_numbers(text: str, language: str, found: list[str]) -> None:
    assert numbers(text, language) == found


def test_chinese_is_found_by_pairs() -> None:
    assert "北京" in terms("我在北京工作", "zh")


def test_a_name_is_stemmed_as_the_articles_language_does() -> None:
    [group] = word_groups("soldats", "fr", ("en",))
    assert "soldat" in group
    assert set(terms("soldats", "en")) <= set(group)


@given(st.text(), st.sampled_from(["fr", "en", "de", "zh", "xx"]))
def test_any_text_has_terms_without_white_space(text: str, language: str) -> None:
    for term in terms(text, language):
        assert term
        assert not any(c.isspace() for c in term)
