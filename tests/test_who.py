"""Who somebody is: what stands beside the name, never another name."""

from __future__ import annotations

from typing import Final

import pytest
from shortened import short as shortened

GENERAL: Final = (
    "La réunion était menée par le général de brigade Huon Aldric, directeur adjoint du bureau des "
    "armées, et Maud Kerlann, ministre de l'Ormécie."
)


@pytest.mark.parametrize(
    ("question", "text", "read", "short"),
    [
        (
            "Qui est Huon Aldric ?",
            GENERAL,
            "Maud Kerlann",
            "directeur adjoint du bureau des armées",
        ),
        ("Who is Maud Kerlann?", GENERAL, "Huon Aldric", "ministre de l'Ormécie"),
        (
            "Qui était Huon Aldric ?",
            "Pour le général de brigade Huon Aldric, et pour Maud Kerlann, tout est dit.",
            "Maud Kerlann",
            "le général de brigade",
        ),
        (
            "Qui est Jo Marn ?",
            "Une réunion entre la ministre à la Défense pour la côte, Jo Marn, et Maud Kerlann.",
            "Maud Kerlann",
            "la ministre à la Défense pour la côte",
        ),
        ("Qui est Jo Marn ?", "La députée d'Ormec Jo Marn rit.", "Ormec", "La députée d'Ormec"),
        ("Qui est Jo Marn ?", "Le maire a vu hier Jo Marn à Ormec.", "Ormec", "SENTENCE"),
        ("Qui est Jo Marn ?", "Des gens comme Jo Marn (hier : Ormec) rient.", "hier", "SENTENCE"),
        (
            "Who was Jo Marn?",
            "Jo Marn was a painter of the coast.",
            "coast",
            "a painter of the coast",
        ),
        (
            "Qui est Jo Marn ?",
            "Hier Jo Marn a peint la côte avec Maud Kerlann.",
            "Maud Kerlann",
            "SENTENCE",
        ),
        ("Qui est le maire d'Ormec ?", "Le maire est Jo Marn.", "Jo Marn", "Jo Marn"),
        ("Qui est Jo Marn ?", "Il a reçu Jo Aldric à Ormec.", "Jo Aldric", "SENTENCE"),
    ],
)
def test_who_somebody_is(question: str, text: str, read: str, short: str) -> None:
    assert shortened(question, text, read) == (text if short == "SENTENCE" else short)
