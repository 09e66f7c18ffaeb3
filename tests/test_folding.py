from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rag.folding import folded


@given(st.text())
def test_offsets_hold_in_both(text: str) -> None:
    assert len(folded(text)) == len(text)


def test_accents_capitals_and_kinds_of_spaces_are_gone() -> None:
    assert folded("L’Élysée, à\u00a0Port‑Nord\nhier") == "l'elysee, a port-nord hier"
