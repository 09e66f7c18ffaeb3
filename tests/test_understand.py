from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.errors import InputError
from rag.understand import MAX_QUESTION, TURNS, understand

SOLDIERS = "Combien de soldats la Corée du Nord a-t-elle envoyés ?"
TROOPS = "How many soldiers did North Korea send?"
BUDGET = "Quel est le budget de la défense de la France ?"
BRIDGE = "Pourquoi le pont de Brissagne est-il fermé ?"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (SOLDIERS, "fr"),
        (TROOPS, "en"),
        ("Wie viele Soldaten hat Nordkorea geschickt?", "de"),
        ("¿Cuántos soldados envió Corea del Norte?", "es"),
        ("Quanti soldati ha inviato la Corea del Nord?", "it"),
        ("Quantos soldados enviou a Coreia do Norte?", "pt"),
        ("Hoeveel soldaten heeft Noord-Korea gestuurd?", "nl"),
        ("budget défense Japon", "fr"),
    ],
)
def test_a_question_tells_its_language(text: str, language: str) -> None:
    assert understand(text).language == language


@pytest.mark.parametrize("text", ["", " ", "\n\t ", "\u00a0\u202f"])
def test_an_empty_question_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="empty"):
        understand(text)


def test_a_question_may_be_long_but_not_endless() -> None:
    assert len(understand("é" * MAX_QUESTION).text) == MAX_QUESTION
    with pytest.raises(InputError, match="4,000 characters, not 4,001"):
        understand("é" * (MAX_QUESTION + 1))


def test_white_space_of_all_kinds_becomes_one_space() -> None:
    assert understand("  Combien\n de\u00a0 soldats\t? ").text == "Combien de soldats ?"


@pytest.mark.parametrize(
    ("before", "text", "standalone"),
    [
        # A name in the place of a name, with the article that the place asks for
        (SOLDIERS, "Et le Japon ?", "Combien de soldats le Japon a-t-elle envoyés ?"),
        (SOLDIERS, "et celui du Japon?", "Combien de soldats le Japon a-t-elle envoyés ?"),
        (SOLDIERS, "Et la Chine ?", "Combien de soldats la Chine a-t-elle envoyés ?"),
        (SOLDIERS, "Et l’Ukraine ?", "Combien de soldats l'Ukraine a-t-elle envoyés ?"),
        (SOLDIERS, "Qu'en est-il du Japon ?", "Combien de soldats le Japon a-t-elle envoyés ?"),
        (SOLDIERS, "Quid du Japon ?", "Combien de soldats le Japon a-t-elle envoyés ?"),
        (BUDGET, "Et celui du Japon ?", "Quel est le budget de la défense du Japon ?"),
        (BUDGET, "Et l'Allemagne ?", "Quel est le budget de la défense de l'Allemagne ?"),
        (BUDGET, "Et pour le Japon ?", "Quel est le budget de la défense du Japon ?"),
        (BUDGET, "Et au Japon ?", "Quel est le budget de la défense au Japon ?"),
        (TROOPS, "And Japan?", "How many soldiers did Japan send?"),
        (TROOPS, "What about Japan?", "How many soldiers did Japan send?"),
        ("How large is Japan's army?", "And Germany's?", "How large is Germany's army?"),
        ("Wie hoch war die Flut in Köln?", "Und in Bonn?", "Wie hoch war die Flut in Bonn?"),
        ("taux fécondité Japon 2023", "et France", "taux fécondité France 2023"),
        # Nothing to exchange: more is asked
        (SOLDIERS, "Et en 2023 ?", f"{SOLDIERS[:-2]} en 2023 ?"),
        (SOLDIERS, "Et en Ukraine ?", f"{SOLDIERS[:-2]} en Ukraine ?"),
        (TROOPS, "And in 2023?", f"{TROOPS[:-1]} in 2023?"),
        # A pronoun for what was named before
        (BRIDGE, "Quand rouvrira-t-il ?", "Quand le pont de Brissagne rouvrira-t-il ?"),
        (BRIDGE, "Quel est son âge ?", "Quel est l'âge du pont de Brissagne ?"),
        (BRIDGE, "Pourquoi l'a-t-il fait ?", f"{BRIDGE[:-2]}, et pourquoi l'a-t-il fait ?"),
        (TROOPS, "Why did they go?", f"{TROOPS[:-1]}, and why did they go?"),
        # No word of its own
        (BRIDGE, "Depuis quand ?", f"{BRIDGE[:-2]}, et depuis quand ?"),
        (BRIDGE, "Et comment ?", "Comment le pont de Brissagne est-il fermé ?"),
        (TROOPS, "Why?", f"{TROOPS[:-1]}, and why?"),
    ],
)
def test_a_follow_up_is_completed(before: str, text: str, standalone: str) -> None:
    question = understand(text, [before])
    assert question.standalone == standalone
    assert question.text == text


@pytest.mark.parametrize(
    "text",
    [
        BUDGET,
        BRIDGE,
        "Qui est Kim Jong-un ?",
        "Le tramway coûte-t-il cher ?",
        "Pourquoi la crise a-t-elle commencé ?",
        "En quelle année le Japon a-t-il augmenté son budget ?",
        "Y a-t-il des loups en Haute-Aune ?",
        "Et quel est le budget du Japon ?",
        "Combien de loups vivent en Haute-Aune ?",
        "How many wolves live in Haute-Aune?",
        "And how many wolves live in Haute-Aune?",
        "inflation zone euro",
    ],
)
@pytest.mark.parametrize("before", [SOLDIERS, TROOPS])
def test_a_full_question_after_another_stays_as_it_is(before: str, text: str) -> None:
    assert understand(text, [before]).standalone == text


def test_follow_ups_lean_on_each_other_in_turn() -> None:
    history = [SOLDIERS, "Et le Japon ?", "  "]
    question = understand("Et la Chine ?", history)
    assert question.standalone == "Combien de soldats la Chine a-t-elle envoyés ?"
    assert question.history == tuple(history)


def test_a_long_conversation_does_not_make_an_endless_question() -> None:
    question = understand("Pourquoi ?", ["Pourquoi ?"] * 3_000)
    assert len(question.standalone.split("?")) <= TURNS + 2


def test_a_question_without_a_past_is_searched_as_it_is() -> None:
    assert understand("Et le Japon ?").standalone == "Et le Japon ?"


@given(st.lists(st.text(max_size=200), max_size=4), st.text(min_size=1, max_size=200))
@example(["Le Japon"], "Et la Chine")
def test_any_conversation_gives_a_question(history: list[str], text: str) -> None:
    if not text.split():
        return
    question = understand(text, history)
    assert question.text == " ".join(text.split())
    assert question.standalone == " ".join(question.standalone.split())
    assert question.standalone != ""
