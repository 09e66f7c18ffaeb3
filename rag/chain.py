"""A question's whole journey: understand, retrieve, read, decide, answer, cite."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from index.embed import open_encoder
from index.store import Library, open_library
from rag.answer import QuotingAnswerer
from rag.cite import cited, short_of
from rag.decide import confidence, status_of
from rag.reader import SentenceReader
from rag.retrieve import retrieve
from rag.types import Answer
from rag.understand import understand

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from index.types import Embedder
    from rag.types import Answerer, Reader

READ: Final = 20  # passages that the reader sees
NOTHING: Final = {
    "fr": "Les articles ne répondent pas à cette question.",
    "en": "The articles do not answer this question.",
}


@dataclass(frozen=True, slots=True)
class Chain:
    """A library and the parts that answer from it; threads may share it."""

    library: Library
    embedder: Embedder
    reader: Reader
    answerer: Answerer

    def ask(self, text: str, history: Sequence[str] = ()) -> Answer:
        """The whole answer.

        :param history: earlier questions of the conversation, oldest first
        :raises InputError: the question is empty or too long
        """
        *_, last = self.stream(text, history)
        return last

    def stream(self, text: str, history: Sequence[str] = ()) -> Iterator[Answer]:
        """Ever fuller answers, the last one whole."""
        question = understand(text, history)
        hits = retrieve(self.library, self.embedder, question)
        spans = self.reader.read(question, hits[:READ])
        sure = confidence(spans, hits)
        status = status_of(sure)
        empty = Answer(question, "", "", (), tuple(hits), status, sure)
        if status != "answered":
            yield _refusal(empty)
            return
        short = short_of(spans[0])
        started = replace(empty, short=short)
        yield from cited(started, self.answerer.write(question, spans), spans)


def open_chain(folder: Path) -> Chain:
    """The parts that answer from a library, by the encoder that made it.

    :raises NoLibraryError: there is no library in this folder
    :raises LibraryMismatchError: the encoder is no longer the one that made it
    """
    library = open_library(folder)
    embedder = open_encoder(library.settings.encoder)
    return Chain(library, embedder, SentenceReader(embedder), QuotingAnswerer())


def _refusal(empty: Answer) -> Answer:
    """What is said when nothing is proved, in the question's language or in English."""
    nothing = NOTHING.get(empty.question.language, NOTHING["en"])
    return replace(empty, text=nothing)
