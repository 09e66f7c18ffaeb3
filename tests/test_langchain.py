from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from langchain_core.runnables import RunnableLambda
from pydantic import ValidationError

from rag.langchain import ArticleRetriever, as_runnable
from rag.retrieve import HITS

if TYPE_CHECKING:
    from langchain_core.documents import Document

    from rag.chain import Chain
    from rag.types import Answer

SOLDIERS = "Combien de soldats la Corée du Nord a-t-elle envoyés ?"
WOLVES = "Combien de loups vivent en Haute-Aune ?"


def titles(documents: list[Document]) -> str:
    return " / ".join(document.metadata["title"] for document in documents)


def test_each_document_is_a_passage_with_its_article_and_offsets(corpus_chain: Chain) -> None:
    documents = ArticleRetriever(chain=corpus_chain).invoke(SOLDIERS)
    answer = corpus_chain.ask(SOLDIERS)
    assert [document.id for document in documents] == [hit.passage.id for hit in answer.hits]
    scores = [document.metadata["score"] for document in documents]
    assert scores == [hit.score for hit in answer.hits] == sorted(scores, reverse=True)
    assert len(documents) == HITS
    for document in documents:
        facts = document.metadata
        article = corpus_chain.library.article(facts["id"])
        assert document.page_content == article.text[facts["start"] : facts["end"]]
        assert (facts["title"], facts["source"]) == (article.title, article.source)
        assert (facts["url"], facts["published"]) == (article.url, article.published)
        assert facts["language"] == article.language
        assert "text" not in facts


def test_the_retriever_needs_a_chain() -> None:
    with pytest.raises(ValidationError, match="instance of Chain"):
        ArticleRetriever(chain="a library's folder")  # type: ignore[arg-type]  # what is tested


def test_k_limits_the_documents(corpus_chain: Chain) -> None:
    documents = ArticleRetriever(chain=corpus_chain).invoke(SOLDIERS)
    assert ArticleRetriever(chain=corpus_chain, k=3).invoke(SOLDIERS) == documents[:3]
    assert len(ArticleRetriever(chain=corpus_chain, k=HITS + 5).invoke(SOLDIERS)) == HITS + 5


def test_the_retriever_works_inside_a_chain(corpus_chain: Chain) -> None:
    pipeline = ArticleRetriever(chain=corpus_chain, k=4) | RunnableLambda(titles)
    alone = [pipeline.invoke(question) for question in (SOLDIERS, WOLVES)]
    assert pipeline.batch([SOLDIERS, WOLVES]) == alone
    assert "loups" in alone[1].lower()


def test_the_runnable_answers_and_streams(corpus_chain: Chain) -> None:
    runnable = as_runnable(corpus_chain)
    answer = runnable.invoke(SOLDIERS)
    assert answer == corpus_chain.ask(SOLDIERS)
    *earlier, last = runnable.stream(SOLDIERS)
    assert earlier
    assert last == answer
    assert runnable.batch([SOLDIERS, WOLVES]) == [
        corpus_chain.ask(SOLDIERS),
        corpus_chain.ask(WOLVES),
    ]


def test_the_runnable_works_inside_a_chain(corpus_chain: Chain) -> None:
    def short(answer: Answer) -> str:
        return answer.short

    pipeline = as_runnable(corpus_chain) | RunnableLambda(short)
    assert pipeline.invoke(SOLDIERS) == corpus_chain.ask(SOLDIERS).short != ""
