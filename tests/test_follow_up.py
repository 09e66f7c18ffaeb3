"""Follow-ups as people type them: completed, joined, or left to the letter."""

from __future__ import annotations

import time

import pytest

from rag.follow_up.completion import complete
from rag.understand import MAX_QUESTION, understand

MAYOR = "Qui est Maud Kerlann ?"
STRIKE = "Que s'est-il passé au port de Brissagne en 2019 ?"


@pytest.mark.parametrize(
    ("before", "turn", "standalone"),
    [
        # Pronouns
        (MAYOR, "Où est-elle née ?", "Où Maud Kerlann est-elle née ?"),
        (MAYOR, "Est-elle mariée ?", "Maud Kerlann est-elle mariée ?"),
        (MAYOR, "Elle a quel âge ?", "Maud Kerlann a quel âge ?"),
        (MAYOR, "Quand est-ce qu'elle part ?", "Quand est-ce que Maud Kerlann part ?"),
        ("Who is Maud Kerlann?", "Where was she born?", "Where was Maud Kerlann born?"),
        ("What is Solvane?", "Who founded it?", "Who founded Solvane?"),
        (
            "Quand le tramway de Brissagne ouvrira-t-il ?",
            "Combien coûtera-t-il ?",
            "Combien le tramway de Brissagne coûtera-t-il ?",
        ),
        (
            "Solvane et Ormec fusionnent-ils ?",
            "Quand l'ont-ils annoncé ?",
            "Solvane et Ormec fusionnent-ils, et quand l'ont-ils annoncé ?",
        ),
        # Possessives
        (MAYOR, "Qui est son mari ?", "Qui est le mari de Maud Kerlann ?"),
        (MAYOR, "Quelles sont ses idées ?", "Quelles sont les idées de Maud Kerlann ?"),
        ("Who is Maud Kerlann?", "Who is her husband?", "Who is Maud Kerlann's husband?"),
        # Places
        (
            STRIKE,
            "Combien de dockers y travaillent ?",
            "Combien de dockers travaillent au port de Brissagne ?",
        ),
        ("What happened in Palu?", "Who lives there?", "Who lives in Palu?"),
        ("Où se trouve Ormec ?", "Qui travaille là-bas ?", "Qui travaille à Ormec ?"),
        (
            "Où se trouve l'ambassade de Solvane ?",
            "Qui y a dormi ?",
            "Qui a dormi à l'ambassade de Solvane ?",
        ),
        (
            "Que prévoit le pacte de Solvane ?",
            "Pourquoi Ormec s'y oppose-t-il ?",
            "Que prévoit le pacte de Solvane, et pourquoi Ormec s'y oppose-t-il ?",
        ),
        # Someone by an office
        (
            "Qui est le ministre de la Défense de Solvane ?",
            "Quel âge a-t-il ?",
            "Quel âge le ministre de la Défense de Solvane a-t-il ?",
        ),
        (
            "Who is the mayor of Brissagne?",
            "When was she elected?",
            "When was the mayor of Brissagne elected?",
        ),
        # Demonstratives
        (
            "Que prévoit la loi Kerlann ?",
            "Qui critique cette loi ?",
            "Qui critique la loi Kerlann ?",
        ),
        (
            "Did the council pass a law on rents?",
            "Who opposed this law?",
            "Did the council pass a law on rents, and who opposed this law?",
        ),
        # Periods
        (
            "Quel était le budget en octobre 2019 ?",
            "Et en mai ?",
            "Quel était le budget en mai 2019 ?",
        ),
        ("Who won the 2018 Ryder Cup?", "And in 2016?", "Who won the 2016 Ryder Cup?"),
        ("Combien de loups en 2019 ?", "Et l'an dernier ?", "Combien de loups l'an dernier ?"),
        # What is counted
        (
            "Combien de civils ont péri à Ormec ?",
            "Et de soldats ?",
            "Combien de soldats ont péri à Ormec ?",
        ),
        (
            "Qui est le ministre de la Défense du Japon ?",
            "Et celui du Canada ?",
            "Qui est le ministre de la Défense du Canada ?",
        ),
        ("Combien de loups en 2019 ?", "Et l'année suivante ?", "Combien de loups en 2020 ?"),
        ("How many wolves in 2019?", "And the year before?", "How many wolves in 2018?"),
        ("Qui dirige Ormec ?", "Merci ! Et Solvane ?", "Qui dirige Solvane ?"),
        # Corrections
        (
            "Combien de soldats la Corée du Sud a-t-elle envoyés ?",
            "Non, je parlais de la Corée du Nord",
            "Combien de soldats la Corée du Nord a-t-elle envoyés ?",
        ),
        ("How many people live in Leeds?", "I meant York", "How many people live in York?"),
        # Where and when it happened
        (STRIKE, "Combien de blessés ?", "Combien de blessés au port de Brissagne en 2019 ?"),
        (STRIKE, "Quel est le bilan ?", "Quel est le bilan au port de Brissagne en 2019 ?"),
        # One more thing
        ("Ormec ferme son usine ?", "Pourquoi ça ?", "Pourquoi Ormec ferme son usine ?"),
        ("Did Ormec close?", "Since when?", "Since when did Ormec close?"),
        ("Où est mort Jean Solvane ?", "Et quand ?", "Quand est mort Jean Solvane ?"),
        ("Wer leitet Ormec?", "Und in Bonn?", "Wer leitet Ormec in Bonn?"),
    ],
)
def test_a_turn_is_completed_as_a_person_would(before: str, turn: str, standalone: str) -> None:
    assert complete(turn, before).text == standalone


@pytest.mark.parametrize(
    "turn",
    [
        "Pourquoi la mairie ferme-t-elle ses bureaux ?",
        "Quelle région de France a perdu des habitants ?",
        "Y a-t-il des loups dans la vallée de l'Aune ?",
        "Combien de voix fallait-il à Maud Kerlann ?",
        "Why did Maud Kerlann sell her house?",
        "Qu'est-ce que la maladie de Lyme ?",
        "loyers plafonnés Brissagne",
        "Qui a traversé la Manche à la nage cette année ?",
        "How long does it take to cross the Channel?",
        "Combien de policiers du Nord l'Allemagne a-t-elle envoyés ?",
        "Pourquoi des dockers se sont-ils rassemblés au port ?",
    ],
)
def test_a_turn_with_all_it_needs_stays_to_the_letter(turn: str) -> None:
    for before in (MAYOR, STRIKE, "Who founded Solvane in London?"):
        assert complete(turn, before).text == turn


def test_the_next_turn_leans_on_the_question_and_not_on_what_was_joined_to_it() -> None:
    asked = understand("Et en 2020 ?", ["Qui a vendu Ormec en 2019 ?", "A quel prix ?"])
    assert asked.standalone == "Qui a vendu Ormec en 2020 ?"


def test_he_is_not_the_company_and_it_is_not_the_person() -> None:
    before = "What did the Clarion say about Hugh Ormec?"
    assert complete("How old is he?", before).text == "How old is Hugh Ormec?"


@pytest.mark.parametrize(
    "unit", ["? ", "l'", "de la ", "Et A ", "a-t-il ", "2020 ", "combien de ", "A et ", "le ", "x"]
)
def test_long_turns_take_no_longer_than_their_length(unit: str) -> None:
    """The whole of the longest question; a rule that is quadratic takes minutes here."""
    text = (unit * MAX_QUESTION)[:MAX_QUESTION].strip() or "?"
    began = time.perf_counter()
    for turn, before in ((text, MAYOR), ("Et le Japon ?", text), ("Où est-il né ?", text)):
        understand(turn, [before])
    assert time.perf_counter() - began < 5
