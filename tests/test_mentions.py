"""What a question names: heads with what leads to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.follow_up.mentions import joined, mentions, wholes


@pytest.mark.parametrize(
    ("text", "language", "phrases"),
    [
        (
            "Le budget de la Corée du Nord en Russie ?",
            "fr",
            ["le budget", "la Corée du Nord", "la Russie"],
        ),
        ("Qui dirige la Banque centrale européenne ?", "fr", ["la Banque centrale européenne"]),
        ("Quand la frégate Ormec partira-t-elle ?", "fr", ["la frégate Ormec"]),
        ("Combien de voitures Ormec a-t-il vendues ?", "fr", ["voitures", "Ormec"]),
        ("Que devient le nouveau pont ?", "fr", ["le nouveau pont"]),
        ("Who said so according to the UN?", "en", ["the UN"]),
        ("How large is Japan's army?", "en", ["Japan"]),
        ("Combien ?", "fr", []),
    ],
)
def test_heads_are_found_with_their_articles(text: str, language: str, phrases: list[str]) -> None:
    assert [mention.phrase for mention in mentions(text, language)] == phrases


def test_two_names_are_one_where_a_plural_stands_for_both() -> None:
    text = "Solvane et Ormec fusionnent-ils ?"
    [pair] = joined(mentions(text, "fr"), text)
    assert pair.words == "Solvane et Ormec"
    assert pair.agrees("ils")
    assert not pair.agrees("il")


def test_gender_is_what_the_article_tells() -> None:
    bridge, law = mentions("le pont, la loi", "fr")
    assert bridge.agrees("il")
    assert not bridge.agrees("elle")
    assert law.agrees("elle")
    assert not law.agrees("il")


@given(st.text(max_size=200), st.sampled_from(["fr", "en", "de"]))
def test_mentions_lie_in_the_text_in_order(text: str, language: str) -> None:
    found = mentions(text, language)
    ends = [0, *(mention.end for mention in found)]
    for mention, before in zip(found, ends, strict=False):
        assert before <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end].endswith(mention.words)
    assert len(wholes(found, text)) <= len(found)
