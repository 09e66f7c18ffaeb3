"""For people who build with LangChain: passages as a retriever, the whole chain as a runnable."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable
from pydantic import GetPydanticSchema
from pydantic_core.core_schema import is_instance_schema

from index.types import ALL, Filters
from rag.chain import Chain
from rag.retrieve import HITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from langchain_core.callbacks import CallbackManagerForRetrieverRun
    from langchain_core.runnables import RunnableConfig

    from index.types import Hit
    from rag.types import Answer


class ArticleRetriever(BaseRetriever):
    """The passages of an answer, as they answer, each a Document with its article and offsets.

    `score` is how probable it is that the passage answers; the first ones found are read for it.
    """

    # Taken as it is: pydantic would read a dataclass down to its parts.
    chain: Annotated[Chain, GetPydanticSchema(lambda *_: is_instance_schema(Chain))]
    k: int = HITS
    filters: Filters = ALL

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[Document]:
        del run_manager
        wanted = k or self.k
        read = self.chain.read(query, filters=self.filters, limit=max(wanted, HITS))
        return [_document(hit) for hit in read.hits[:wanted]]


class _Answering(Runnable["str", "Answer"]):
    """A chain behind LangChain's interface; `batch` asks from several threads."""

    def __init__(self, chain: Chain) -> None:
        self._chain = chain

    def invoke(
        self,
        input: str,  # noqa: A002 - LangChain's name
        config: RunnableConfig | None = None,
        **kwargs: object,
    ) -> Answer:
        del config, kwargs
        return self._chain.ask(input)

    def stream(
        self,
        input: str,  # noqa: A002 - LangChain's name
        config: RunnableConfig | None = None,
        **kwargs: object,
    ) -> Iterator[Answer]:
        del config, kwargs
        return self._chain.stream(input)


def as_runnable(chain: Chain) -> Runnable[str, Answer]:
    """Question in, Answer out; `stream` gives ever fuller Answers, the last one whole."""
    return _Answering(chain)


def _document(hit: Hit) -> Document:
    passage = hit.passage
    facts: dict[str, Any] = asdict(passage.article)
    del facts["text"]
    place = {"start": passage.start, "end": passage.end, "score": hit.score}
    return Document(page_content=passage.text, metadata=facts | place, id=passage.id)
