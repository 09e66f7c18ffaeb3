from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.rows import read_rows
from index.build import add_articles
from index.errors import InputError, LibraryMismatchError, NoLibraryError
from index.store import create_library
from index.types import Article
from rag.chain import NOTHING, open_chain

if TYPE_CHECKING:
    from index.types import Embedder
    from rag.chain import Chain
    from rag.types import Answer

SOLDIERS = "Combien de soldats la Corée du Nord a-t-elle envoyés ?"
NONSENSE = "zxq vlorp brindezingue"


@pytest.fixture(scope="module")
def questions(request: pytest.FixtureRequest) -> list[str]:
    file = request.config.rootpath / "tests" / "data" / "corpus-questions.jsonl"
    return [row["question"] for row in read_rows(file)]


def markers(answer: Answer) -> set[int]:
    """Those that `cite` set: at the end of each paragraph."""
    paragraphs = answer.text.split("\n\n")
    return {int(m[1]) for p in paragraphs if (m := re.search(r" \[(\d+)\]$", p))}


def test_the_stream_grows_to_the_answer(corpus_chain: Chain) -> None:
    *earlier, last = corpus_chain.stream(SOLDIERS)
    assert last == corpus_chain.ask(SOLDIERS)
    assert last.status == "answered"
    assert earlier
    for before, after in zip(earlier, [*earlier, last][1:], strict=True):
        assert after.text.startswith(before.text)
        assert len(after.text) > len(before.text)
        assert after.hits == before.hits


def test_markers_match_citations_in_every_streamed_answer(
    corpus_chain: Chain, questions: list[str]
) -> None:
    for question in questions[::10]:
        for answer in corpus_chain.stream(question):
            assert markers(answer) == {citation.marker for citation in answer.citations}
            for citation in answer.citations:
                text = corpus_chain.library.article(citation.article).text
                assert text[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize(
    ("question", "language"),
    [(NONSENSE, "fr"), ("What is the zxq of the vlorp?", "en"), ("Wie teuer ist das Vlorp?", "de")],
)
def test_what_the_articles_do_not_say_is_refused_in_the_questions_language(
    tmp_path: Path, embedder: Embedder, question: str, language: str
) -> None:
    library = create_library(tmp_path)
    add_articles(library, embedder, [Article("port", "Le port", "Le port ferme lundi.", "fr")])
    answer = open_chain(tmp_path).ask(question)
    assert answer.status != "answered"
    assert answer.text == NOTHING[language]
    assert (answer.short, answer.citations, answer.as_of) == ("", (), None)
    assert [hit.passage.article.id for hit in answer.hits] == ["port"]
    library.close()


def test_a_library_without_articles_refuses_without_hits(
    tmp_path: Path, embedder: Embedder
) -> None:
    library = create_library(tmp_path)
    add_articles(library, embedder, [Article("port", "Le port", "Le port ferme lundi.", "fr")])
    library.remove("port")
    library.publish()
    library.close()
    answer = open_chain(tmp_path).ask(SOLDIERS)
    assert (answer.status, answer.hits, answer.citations) == ("refused", (), ())
    assert answer.text == NOTHING["fr"]
    assert answer.confidence == 0.0


def test_a_follow_up_is_answered_as_it_was_understood(corpus_chain: Chain) -> None:
    answer = corpus_chain.ask(
        "Et celui du Japon ?", ["Quel est le budget de la défense de la France ?"]
    )
    alone = corpus_chain.ask("Quel est le budget de la défense du Japon ?")
    assert answer.question.standalone == alone.question.text
    assert (answer.text, answer.citations) == (alone.text, alone.citations)
    assert answer.hits == alone.hits


def test_eight_threads_answer_as_one(corpus_chain: Chain, questions: list[str]) -> None:
    """Forty answers; `test_retrieve` has the searching that 200 questions do."""
    some = questions[::12]
    asked = (some * 8)[:40]
    alone = {question: corpus_chain.ask(question) for question in some}
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(corpus_chain.ask, asked))
    for question, answer in zip(asked, answers, strict=True):
        expected = alone[question]
        assert (answer.status, answer.text) == (expected.status, expected.text), question
        assert answer.citations == expected.citations
        assert [hit.passage.id for hit in answer.hits] == [hit.passage.id for hit in expected.hits]


WORDS = [
    "10 000 soldats", "le Japon", "a envoyé", "M. Dupont", "lundi", "12 mars 2024", "L’armée",
    "Les", "47,2 %", "«", "»", "?", "!", ".", "…", "\n", "\n\n", "[1]", "\u202f", "漢字。", "😀",
]  # fmt: skip
odd_texts = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)


@settings(max_examples=10)
@given(st.lists(odd_texts, min_size=1, max_size=3))
def test_answers_from_any_articles_quote_them_exactly(
    corpus_chain: Chain, texts: list[str]
) -> None:
    with TemporaryDirectory() as folder:
        library = create_library(Path(folder))
        made = [Article(f"n{n}", f"Titre {n}", text, "fr") for n, text in enumerate(texts)]
        add_articles(library, corpus_chain.embedder, made)
        asked = replace(corpus_chain, library=library)
        for question in (SOLDIERS, "Quand ?", "Qui est Dupont ?", "漢字"):
            for answer in asked.stream(question):
                assert bool(answer.citations) == (answer.status == "answered")
                assert markers(answer) == {citation.marker for citation in answer.citations}
                for citation in answer.citations:
                    text = library.article(citation.article).text
                    assert text[citation.start : citation.end] == citation.quote != ""
        library.close()


def test_a_question_that_cannot_be_asked_changes_nothing(corpus_chain: Chain) -> None:
    with pytest.raises(InputError, match="empty"):
        corpus_chain.ask("  ")
    assert corpus_chain.ask(SOLDIERS).status == "answered"


def test_a_chain_needs_a_library(tmp_path: Path) -> None:
    with pytest.raises(NoLibraryError, match="depeche index"):
        open_chain(tmp_path)


def test_a_library_of_another_version_of_the_encoder_is_refused(
    tmp_path: Path, embedder: Embedder
) -> None:
    library = create_library(tmp_path)
    add_articles(library, embedder, [Article("port", "Le port", "Le port ferme lundi.", "fr")])
    library.database.manifest.set_settings(replace(library.settings, encoder="depeche@00000000"))
    library.close()
    with pytest.raises(LibraryMismatchError, match="depeche index"):
        open_chain(tmp_path)
