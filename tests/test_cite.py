from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import Article, Passage
from rag.answer import QuotingAnswerer
from rag.cite import cited
from rag.quote import context, quotes, short_of
from rag.types import Answer, Question, Span

TEXT = (
    "Le port est fermé. Les dockers ont voté la grève lundi, a dit M. Durand. "
    "Ils sont 140 à cesser le travail.\n\nLa préfecture annonce 85 départs."
)
PORT = Article("port", "Grève au port", TEXT, "fr", "Le Courrier", None, "2024-03")
CRUE = Article("crue", "La crue", "La rivière a débordé. Trois morts sont à déplorer.", "fr")
QUESTION = Question("Combien ?", "fr", "Combien ?")
EMPTY = Answer(QUESTION, "", "", (), (), "answered", 0.5)


def span(article: Article, words: str) -> Span:
    start = article.text.index(words)
    return Span(Passage(article, 0, len(article.text)), start, start + len(words), 0.5)


def markers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\[(\d+)\]", text)]


def test_a_quote_is_the_whole_sentence_around_a_span() -> None:
    found = [quote.text for quote in quotes([span(PORT, "140"), span(PORT, "grève")])]
    assert found == [
        "Ils sont 140 à cesser le travail.",
        "Les dockers ont voté la grève lundi, a dit M. Durand.",
    ]


def test_a_span_over_two_sentences_is_quoted_whole() -> None:
    (quote,) = quotes([span(PORT, "lundi, a dit M. Durand. Ils sont 140")])
    assert quote.text == (
        "Les dockers ont voté la grève lundi, a dit M. Durand. Ils sont 140 à cesser le travail."
    )


def test_each_piece_is_followed_by_the_marker_of_its_quote() -> None:
    spans = [span(PORT, "140"), span(CRUE, "Trois morts")]
    draft = ["140", "Trois morts sont à déplorer.", "Ils sont 140 à cesser le travail."]
    *earlier, last = cited(EMPTY, draft, spans)
    assert last.text == (
        "140 [1]\n\nTrois morts sont à déplorer. [2]\n\nIls sont 140 à cesser le travail. [1]"
    )
    assert [citation.marker for citation in last.citations] == [1, 2]
    assert [citation.article for citation in last.citations] == ["port", "crue"]
    assert [len(answer.citations) for answer in earlier] == [1, 2]


def test_a_citation_carries_what_is_known_of_its_article() -> None:
    *_, last = cited(EMPTY, ["140"], [span(PORT, "140")])
    (citation,) = last.citations
    assert (citation.title, citation.source, citation.url, citation.published) == (
        "Grève au port",
        "Le Courrier",
        None,
        "2024-03",
    )
    assert PORT.text[citation.start : citation.end] == citation.quote
    assert last.as_of == "2024-03"


@pytest.mark.parametrize(
    ("piece", "withheld"),
    [("150 dockers.", 1), ("Les pêcheurs ont signé.", 1), ("14", 1), ("", 0), ("  ", 0)],
)
def test_a_piece_that_no_quote_proves_is_withheld_and_counted(piece: str, withheld: int) -> None:
    *_, last = cited(EMPTY, ["140", piece], [span(PORT, "140")])
    assert (last.text, last.withheld) == ("140 [1]", withheld)
    counted = replace(EMPTY, withheld=withheld)
    assert list(cited(EMPTY, [piece], [span(PORT, "140")])) == [counted]


def test_brackets_of_an_article_are_no_markers() -> None:
    text = "Les dockers ont voté la grève lundi [1]."
    article = Article("port", "Le port", text, "fr")
    *_, last = cited(EMPTY, [text], [span(article, "lundi")])
    assert last.text == "Les dockers ont voté la grève lundi (1). [1]"
    assert last.citations[0].quote == text


def test_a_sentence_in_another_language_than_the_question_is_withheld() -> None:
    spans = [span(PORT, "140"), span(PORT, "grève")]
    english = "The dockers of the port voted for a strike on Monday, according to Mr Durand."
    *_, last = cited(EMPTY, ["140", english], spans)
    assert (last.text, last.withheld) == ("140 [1]", 1)
    asked = replace(EMPTY, question=Question("How many?", "en", "How many?"))
    *_, last = cited(asked, [english], spans)
    assert last.text == f"{english} [1]"


def test_a_sentence_of_the_article_that_was_not_read_proves_nothing() -> None:
    draft = ["La préfecture annonce 85 départs."]
    assert list(cited(EMPTY, draft, [span(PORT, "140")])) == [replace(EMPTY, withheld=1)]


def test_the_same_sentence_twice_is_one_citation() -> None:
    spans = [span(PORT, "140"), span(PORT, "cesser")]
    *_, last = cited(EMPTY, ["140", "cesser"], spans)
    assert last.text == "140 [1]\n\ncesser [1]"
    assert len(last.citations) == 1


def test_the_same_words_in_two_articles_are_two_citations_when_each_is_used() -> None:
    copy = Article("copie", "Copie", TEXT, "fr")
    spans = [span(PORT, "140"), span(copy, "85")]
    *_, last = cited(EMPTY, ["140", "85"], spans)
    assert [(c.article, c.marker) for c in last.citations] == [("port", 1), ("copie", 2)]


@given(
    st.lists(st.sampled_from(["140", "grève", "fermé", "85", "Trois", "Ceci", ""]), max_size=8),
    st.lists(st.sampled_from(["140", "grève", "fermé", "85"]), min_size=1, max_size=4),
)
def test_markers_equal_citations(draft: list[str], words: list[str]) -> None:
    spans = [*(span(PORT, word) for word in words), span(CRUE, "Trois")]
    before = EMPTY
    for answer in cited(EMPTY, draft, spans):
        assert answer.text.startswith(before.text)
        assert answer.citations[: len(before.citations)] == before.citations
        assert set(markers(answer.text)) == {citation.marker for citation in answer.citations}
        assert [c.marker for c in answer.citations] == list(range(1, len(answer.citations) + 1))
        before = answer


def test_the_quoting_answerer_gives_the_value_then_its_sentence() -> None:
    spans = [span(PORT, "140"), span(CRUE, "Trois morts")]
    draft = list(QuotingAnswerer().write(QUESTION, spans))
    assert draft == ["140", "Ils sont 140 à cesser le travail."]
    assert short_of(spans[0]) == "140"
    assert list(QuotingAnswerer().write(QUESTION, [])) == []


def test_the_quoting_answerer_does_not_say_a_sentence_twice() -> None:
    sentence = "La préfecture annonce 85 départs."
    assert list(QuotingAnswerer().write(QUESTION, [span(PORT, sentence)])) == [sentence]


def test_context_reaches_the_edges_of_a_short_article() -> None:
    start = TEXT.index("Ils sont")
    end = TEXT.index("\n\n")
    assert context(TEXT, start, end) == (TEXT[:start], TEXT[end:])


def test_context_is_cut_at_spaces_with_an_ellipsis() -> None:
    text = "un deux trois quatre cinq six sept huit"
    start, end = text.index("quatre"), text.index("six")
    assert context(text, start, end, 8) == ("… trois ", "six …")


@given(st.data())
def test_context_continues_the_quote_on_both_sides(data: st.DataObject) -> None:
    text = data.draw(st.text("ab é\n\u00a0漢", max_size=120))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    width = data.draw(st.integers(1, 60))
    before, after = context(text, start, end, width)
    if start <= width:
        assert before == text[:start]
    else:
        assert before.startswith("… ")
        kept = before.removeprefix("… ")
        at = start - len(kept)
        assert text[at:start] == kept
        assert len(kept) <= width
        assert text[at - 1] == " " or " " not in text[start - width : start - 1]
    if end + width >= len(text):
        assert after == text[end:]
    else:
        assert after.endswith(" …")
        kept = after.removesuffix(" …")
        assert text[end : end + len(kept)] == kept
        assert len(kept) <= width
        assert text[end + len(kept)] == " " or " " not in text[end + 1 : end + width]
