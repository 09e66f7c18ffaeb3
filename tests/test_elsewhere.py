"""Countries of question and sentence, by whatever name they go."""

from __future__ import annotations

import pytest

from rag.elsewhere import countries, is_elsewhere
from rag.understand import understand


@pytest.mark.parametrize(
    ("question", "sentence", "elsewhere"),
    [
        (
            "Combien de soldats la Corée du Sud a-t-elle envoyés ?",
            "Pyongyang en a envoyé dix.",
            True,
        ),
        ("Combien de soldats la Corée du Nord a-t-elle envoyés ?", "Pyongyang en a envoyé.", False),
        ("What did Beijing say about Tokyo?", "Le gouvernement chinois a protesté.", False),
        ("Quel est le budget du Mexique ?", "Le séisme a frappé l'Indonésie.", True),
        ("Quel est le budget du Mexique ?", "Il atteint dix milliards.", False),
        ("Qui a gagné la course ?", "La Chine a gagné.", False),
        ("Que dit l'ONU ?", "La France a voté.", False),
    ],
)
def test_a_sentence_about_other_countries_is_elsewhere(
    question: str, sentence: str, *, elsewhere: bool
) -> None:
    assert is_elsewhere(understand(question), sentence, "fr") == elsewhere


def test_a_country_has_one_mark_whatever_it_is_called() -> None:
    assert countries("Washington", "fr") == countries("the United States", "en") != set()
