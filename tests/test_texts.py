"""The page's words, dates and numbers in both languages."""

from __future__ import annotations

from dataclasses import fields
from string import Formatter
from typing import TYPE_CHECKING

import pytest

from page.library_texts import LIBRARY, LibraryTexts
from page.texts import FRENCH, LANGUAGES, Texts, chosen, written_count
from rag.dates.written import written_at, written_date, written_period

if TYPE_CHECKING:
    from collections.abc import Mapping


@pytest.mark.parametrize(
    ("published", "french", "english"),
    [
        ("2024-10-24", "24 octobre 2024", "24 October 2024"),
        ("2024-10-01", "1er octobre 2024", "1 October 2024"),
        ("2024-08", "août 2024", "August 2024"),
        ("2024", "2024", "2024"),
        ("2024-13-01", "2024-13-01", "2024-13-01"),
        ("hier", "hier", "hier"),
        ("2024-10-01-02", "2024-10-01-02", "2024-10-01-02"),
        ("", "", ""),
    ],
)
def test_dates_are_written_with_the_precision_known(
    published: str, french: str, english: str
) -> None:
    assert written_date(published, "fr") == french
    assert written_date(published, "en") == english


@pytest.mark.parametrize(
    ("period", "french", "english"),
    [
        ("2024-10", "octobre 2024", "October 2024"),
        ("2021/..", "depuis 2021", "since 2021"),
        ("2021-05-03/..", "depuis le 3 mai 2021", "since 3 May 2021"),
        ("../2015", "jusqu’en 2015", "until 2015"),
        ("../2015-01-01", "jusqu’au 1er janvier 2015", "until 1 January 2015"),
        ("2019/2021", "de 2019 à 2021", "from 2019 to 2021"),
        ("2020-03/2020-06", "de mars 2020 à juin 2020", "from March 2020 to June 2020"),
        ("2020-04/2020-06", "d’avril 2020 à juin 2020", "from April 2020 to June 2020"),
        (
            "2024-10-14/2024-10-20",
            "du 14 octobre 2024 au 20 octobre 2024",
            "from 14 October 2024 to 20 October 2024",
        ),
        ("2024-10-14/2025", "du 14 octobre 2024 à 2025", "from 14 October 2024 to 2025"),
    ],
)
def test_periods_are_written_with_the_precision_known(
    period: str, french: str, english: str
) -> None:
    assert written_period(period, "fr") == french
    assert written_period(period, "en") == english
    assert written_period(period, "de") == english


def test_when_an_answer_holds_is_written_by_its_precision() -> None:
    assert written_at("2024-10-31", "fr") == "Au 31 octobre 2024"
    assert written_at("2024-10", "fr") == "En octobre 2024"
    assert written_at("2024", "en") == "In 2024"
    assert written_at("2019/2021", "fr") == "De 2019 à 2021"
    assert written_at("2019-10/2020-01", "fr") == "D’octobre 2019 à janvier 2020"


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("fr-FR,fr;q=0.9,en;q=0.8", "fr"),
        ("en-GB,en;q=0.9,fr;q=0.2", "en"),
        ("de,fr;q=0.3,en;q=0.7", "en"),
        ("de-DE", "en"),
        ("", "fr"),
        ("*", "fr"),
        ("en;q=0,*", "fr"),
        ("fr;q=nothing,en", "en"),
        (";;,=;,", "en"),
    ],
)
def test_the_browser_chooses_the_language(accepted: str, language: str) -> None:
    assert chosen(accepted).language == language


def test_both_languages_fill_in_the_same() -> None:
    def filled(text: object) -> list[str | None]:
        return [name for _, name, _, _ in Formatter().parse(str(text)) if name]

    both: list[tuple[Mapping[str, object], str]]
    both = [(LANGUAGES, field.name) for field in fields(Texts)]
    both += [(LIBRARY, field.name) for field in fields(LibraryTexts)]
    for languages, name in both:
        french, english = (getattr(texts, name) for texts in languages.values())
        assert french
        assert english
        if isinstance(french, str):
            assert filled(french) == filled(english)
        else:
            assert len(french) == len(english)
    assert written_count(1234567, FRENCH) == "1\u202f234\u202f567"
