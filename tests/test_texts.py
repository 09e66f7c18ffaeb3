"""The page's words, dates and numbers in both languages."""

from __future__ import annotations

from dataclasses import fields
from string import Formatter

import pytest

from page.texts import ENGLISH, FRENCH, LANGUAGES, Texts, chosen, written_count, written_date


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
    assert written_date(published, FRENCH) == french
    assert written_date(published, ENGLISH) == english


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

    for field in fields(Texts):
        french, english = (getattr(texts, field.name) for texts in LANGUAGES.values())
        assert french
        assert english
        if isinstance(french, str):
            assert filled(french) == filled(english)
        else:
            assert len(french) == len(english)
    assert written_count(1234567, FRENCH) == "1\u202f234\u202f567"
