from __future__ import annotations

import pytest

from rag.understand import understand
from rag.values import find_value, kind_asked


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Combien de soldats ont été envoyés ?", "number"),
        ("Quel nombre de postes disparaît ?", "number"),
        ("How many wolves are there?", "number"),
        ("How much will it cost?", "number"),
        ("Wie viele Menschen arbeiten dort?", "number"),
        ("¿Cuántos soldados envió Corea?", "number"),
        ("Quanti soldati ha inviato?", "number"),
        ("Quand le vol a-t-il eu lieu ?", "date"),
        ("En quelle année l'accord a-t-il été signé ?", "date"),
        ("When did it happen?", "date"),
        ("Wann geschah es?", "date"),
        ("Qui dirige l'hôpital ?", "name"),
        ("Avec qui a-t-il signé ?", "name"),
        ("Who led the mission?", "name"),
        ("Wer führt die Mission?", "name"),
        ("Dans quelle ville se trouve le musée ?", "name"),
        ("Pourquoi le pont est-il fermé ?", None),
        ("Comment expliquer cette hausse ?", None),
        ("Why is the bridge closed?", None),
    ],
)
def test_the_kind_of_value_that_a_question_asks_for(question: str, kind: str | None) -> None:
    found = kind_asked(understand(question))
    assert (found.name if found else None) == kind


@pytest.mark.parametrize(
    ("question", "sentence", "value"),
    [
        (
            "Combien de soldats la Corée du Nord a-t-elle envoyés ?",
            "Le 31 octobre 2024, Pyongyang a dépêché 10 000 soldats en Russie.",
            "10 000",
        ),
        ("Combien de postes ?", "Sur 620 salariés, 140 postes disparaissent.", "140"),
        ("Combien de postes ?", "Sur 620 agents, 1\u202f140 postes partent.", "1\u202f140"),
        ("Combien coûte le tram ?", "Le tram coûte 412 millions d’euros.", "412 millions d’euros"),
        ("De combien a monté le loyer ?", "Le loyer a monté de 3,6 % en un an.", "3,6 %"),
        ("How many wolves were counted?", "In 2024, 46 wolves were counted.", "46"),
        ("How many soldiers were sent?", "It sent 10,000 soldiers.", "10,000"),
        (
            "Quand le pont a-t-il fermé ?",
            "Le pont a fermé le 21 novembre 2024 à midi.",
            "21 novembre 2024",
        ),
        ("When did it close?", "It closed on November 21, 2024.", "November 21, 2024"),
        ("Quand le vol a-t-il eu lieu ?", "Le vol a eu lieu mardi dernier.", "mardi dernier"),
        (
            "Qui dirige le Centre hospitalier ?",
            "le Centre hospitalier est dirigé par Étienne Marchessault.",
            "Étienne Marchessault",
        ),
    ],
)  # fmt: skip
def test_the_value_of_a_sentence(question: str, sentence: str, value: str) -> None:
    asked = understand(question)
    kind = kind_asked(asked)
    assert kind
    found = find_value(asked, kind, sentence, asked.language)
    assert found
    assert sentence[found.start : found.end] == value


def test_a_number_of_the_thing_asked_for_is_exact() -> None:
    asked = understand("Combien de soldats ont été envoyés ?")
    kind = kind_asked(asked)
    assert kind
    soldiers = find_value(asked, kind, "On compte 12 navires et 500 soldats.", "fr")
    ships = find_value(asked, kind, "On compte 12 navires.", "fr")
    assert soldiers
    assert soldiers.exact
    assert ships
    assert not ships.exact


@pytest.mark.parametrize(
    "sentence",
    ["Aucun chiffre n'a été donné.", "En 2024, des soldats ont été envoyés.", "Les 86 soldats."],
)
def test_no_value_where_only_a_year_or_what_the_question_says_stands(sentence: str) -> None:
    asked = understand("Combien de soldats parmi les 86 ont été envoyés ?")
    kind = kind_asked(asked)
    assert kind
    assert find_value(asked, kind, sentence, "fr") is None


def test_a_capital_at_the_start_of_a_sentence_is_no_name() -> None:
    asked = understand("Qui a remporté le prix ?")
    kind = kind_asked(asked)
    assert kind
    assert find_value(asked, kind, "Les ventes ont doublé.", "fr") is None
