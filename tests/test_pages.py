"""The pages of printed texts: where they begin, and what a citation says of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.clean import clean
from index.pages import marked, page, unmarked
from index.types import Article, Passage
from rag.cite import cited
from rag.types import Answer, Question, Span

FIRST = "Le port est fermé. Les dockers ont voté la grève lundi."
SECOND = "Ils sont 140 à cesser le travail, dit le syndicat."
TEXT = f"{FIRST}\n\n\f{SECOND}"
EMPTY = Answer(Question("Combien ?", "fr", "Combien ?"), "", "", (), (), "answered", 0.5)


def test_a_citation_says_its_page() -> None:
    for text, expected in ((TEXT, 2), (TEXT.replace("\f", ""), None)):
        article = Article("port", "Grève", text, "fr")
        start = text.index("140")
        span = Span(Passage(article, 0, len(text)), start, start + 3, 0.5)
        *_, answer = cited(EMPTY, ["140"], [span])
        (citation,) = answer.citations
        assert (citation.quote, citation.page) == (SECOND, expected)


def test_a_line_that_goes_takes_no_page_with_it() -> None:
    raw = f"{FIRST}\f© La Gazette\f{SECOND}"
    text, count = marked(raw)
    left = unmarked(clean(text), count)
    assert count == 2
    assert "\ufdd0" not in left
    assert page(left, left.index("140")) in {3, None}


prose = st.text(st.characters(categories=["L", "N", "Zs"]), max_size=60)


@given(st.lists(prose.map(lambda words: f"Début {words} fin."), min_size=1, max_size=6))
def test_every_page_keeps_its_number(pages: list[str]) -> None:
    text, count = marked("\f".join(pages))
    kept = unmarked(clean(text), count)
    assert kept.count("\f") == len(pages) - 1
    at = 0
    for number, words in enumerate(pages, start=1):
        at = kept.index("Début", at)
        assert page(kept, at) == (number if len(pages) > 1 else None), words
        at += 1
