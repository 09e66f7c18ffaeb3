"""What kind of answer a question wants."""

from __future__ import annotations

import pytest

from rag.wanted import is_given, wanted


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Combien de soldats la Corée du Nord a-t-elle envoyés ?", "number"),
        ("À quel prix le blé est-il monté ?", "number"),
        ("How many people live there?", "number"),
        ("prix tonne blé combien", "number"),
        ("Quand le pont a-t-il fermé ?", "date"),
        ("Depuis quand le pont est-il fermé ?", "date"),
        ("En quelle année est-elle née ?", "date"),
        ("Wann wurde die Brücke gesperrt?", "date"),
        ("Qui a signé l'accord ?", "person"),
        ("Selon la presse, qui a signé ?", "person"),
        ("Where was she born?", "place"),
        ("Dans quelle ville s'est tenu le sommet ?", "place"),
        ("Pourquoi le pont a-t-il fermé quand il gelait ?", "reason"),
        ("Pour quelle raison le maire part-il ?", "reason"),
        ("Que fait le ministre quand il pleut ?", None),
        ("Quel texte a été signé par celui qui préside ?", None),
        ("Quelle est la ville où il vit ?", None),
        ("tramway Valbrenne", None),
    ],
)
def test_the_kind_that_a_question_wants(question: str, kind: str | None) -> None:
    assert wanted(question) == kind


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("Combien ?", "dix mille soldats", "des soldats"),
        ("Combien ?", "10 000", "Pyongyang"),
        ("Quand ?", "mardi matin", "le maire"),
        ("Qui ?", "Paul Durand", "la rivière"),
        ("Pourquoi ?", "parce que les sols étaient saturés", "le pont rouvre"),
    ],
)
def test_words_are_of_the_kind_or_not(question: str, right: str, wrong: str) -> None:
    assert is_given(wanted(question), right)
    assert not is_given(wanted(question), wrong)


def test_anything_is_of_no_kind() -> None:
    assert is_given(None, "des soldats")
