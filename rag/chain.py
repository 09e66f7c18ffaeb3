"""A question's whole journey: understand, retrieve, read, decide, answer, cite."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from index.embed import EmbeddedEncoder, open_encoder
from index.errors import ChatModelError, LibraryMismatchError
from index.store import Library, open_library
from index.types import ALL
from rag.answer import QuotingAnswerer
from rag.cite import cited
from rag.dates.held import resolved
from rag.decide import status_of
from rag.others import answers_told, newest_first, origins, other_values
from rag.quote import short_of
from rag.rank import ranked
from rag.reader import EmbeddedReader
from rag.reading_model import ReadingModel
from rag.retrieve import HITS, retrieve
from rag.short import short_answer
from rag.types import Answer
from rag.understand import understand

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from index.types import Embedder, Filters, Hit
    from rag.others import Told
    from rag.types import Answerer, Question, Reader, Span, Status

NOTHING: Final = {
    "fr": "Les articles ne répondent pas à cette question.",
    "en": "The articles do not answer this question.",
    "de": "Die Artikel beantworten diese Frage nicht.",
    "es": "Los artículos no responden a esta pregunta.",
    "it": "Gli articoli non rispondono a questa domanda.",
    "pt": "Os artigos não respondem a esta pergunta.",
    "nl": "De artikelen beantwoorden deze vraag niet.",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A question as it was searched, and the passages that may answer it, best first."""

    question: Question
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A question, what was found for it and what was read in that."""

    question: Question
    hits: tuple[Hit, ...]
    spans: tuple[Span, ...]  # best first, of those that answer as well the newest
    told: tuple[Told, ...]  # those that give the same value, or another one, as the first
    status: Status
    confidence: float


@dataclass(frozen=True, slots=True)
class Chain:
    """A library and the parts that answer from it; threads may share it."""

    library: Library
    embedder: Embedder
    reader: Reader
    answerer: Answerer
    today: date | None = None  # what relative dates are counted from; the day itself when None
    max_risk: float | None = None  # how probable an answer may be wrong at most, 0..1

    def ask(self, text: str, history: Sequence[str] = (), filters: Filters = ALL) -> Answer:
        """The whole answer.

        :param history: earlier questions of the conversation, oldest first
        :param filters: the articles that may answer
        :raises InputError: the question is empty or too long, or a filter's date is none
        """
        *_, last = self.stream(text, history, filters)
        return last

    def stream(
        self, text: str, history: Sequence[str] = (), filters: Filters = ALL
    ) -> Iterator[Answer]:
        """Ever fuller answers, the last one whole."""
        read = self.read(text, history, filters)
        empty = Answer(read.question, "", "", (), read.hits, read.status, read.confidence)
        if read.status != "answered":
            yield _refusal(empty)
            return
        started = replace(
            empty,
            short=short_of(short_answer(read.question, read.spans)),
            as_of=read.told[0].held,
            dated=resolved(read.spans[0], read.question.standalone),
            others=other_values(read.question, read.told, self.embedder),
            origins=origins(read.told),
        )
        yield from self._written(started, read)

    def _written(self, empty: Answer, read: Read) -> Iterator[Answer]:
        """The draft as far as it is proved; if none of it is, the articles' own words."""
        answer = empty
        try:
            for step in cited(empty, self.answerer.write(read.question, read.spans), read.spans):
                answer = step
                if answer.citations:
                    yield _short_proved(answer)
        except ChatModelError as error:
            answer = replace(answer, note=str(error))
            if answer.citations:
                yield _short_proved(answer)
        if not answer.citations:
            quoted = QuotingAnswerer().write(read.question, read.spans)
            yield from cited(answer, quoted, read.spans)

    def read(
        self,
        text: str,
        history: Sequence[str] = (),
        filters: Filters = ALL,
        limit: int = HITS,
    ) -> Read:
        """What an answer is made from, before a word of it is written; hits as they answer."""
        found = self.search(text, history, filters, limit)
        question = found.question
        spans = self.reader.read(question, found.hits)
        sure = self.reader.confidence(question, spans)
        status = status_of(sure, self.max_risk)
        hits = ranked(found.hits, spans)
        told = newest_first(question, answers_told(question, spans, self.embedder))
        spans.sort(key=lambda span: span is not told[0].span)
        return Read(question, tuple(hits), tuple(spans), tuple(told), status, sure)

    def search(
        self,
        text: str,
        history: Sequence[str] = (),
        filters: Filters = ALL,
        limit: int = HITS,
    ) -> Found:
        """What is found for a question, unread."""
        self.check()
        question = understand(text, history, self.today)
        hits = retrieve(self.library, self.embedder, question, limit, filters)
        return Found(question, tuple(hits))

    def check(self) -> None:
        """Raise `LibraryError` when the library is no longer one that these parts can read."""
        made = self.library.settings.encoder
        if made != self.embedder.name:
            raise LibraryMismatchError(
                f"the library was made again with the encoder {made}; start this command anew"
            )


def open_chain(
    folder: Path | str, answerer: Answerer | None = None, max_risk: float | None = None
) -> Chain:
    """The parts that answer from a library, by the encoder that made it.

    :param answerer: who writes the draft; by default it is the articles' own words
    :param max_risk: how probable an answer may be wrong at most; None for the usual
    :raises NoLibraryError: there is no library in this folder
    :raises LibraryMismatchError: the encoder is no longer the one that made it
    """
    library = open_library(Path(folder))
    chain = chain_of(library, open_encoder(library.settings.encoder))
    return replace(chain, answerer=answerer or chain.answerer, max_risk=max_risk)


def chain_of(library: Library, embedder: Embedder) -> Chain:
    """The shipped parts over an open library and the encoder that made it.

    The reader compares sentences by the static encoder whatever made the library: it was fitted so,
    and a hundred sentences take it a millisecond.
    """
    static = embedder if isinstance(embedder, EmbeddedEncoder) else EmbeddedEncoder()
    reader = EmbeddedReader(static, ReadingModel())
    return Chain(library, embedder, reader, QuotingAnswerer())


def _short_proved(answer: Answer) -> Answer:
    """Without the short answer where no quote has it: a chat model's sentences rest on others."""
    proved = any(answer.short in citation.quote for citation in answer.citations)
    return answer if proved else replace(answer, short="")


def _refusal(empty: Answer) -> Answer:
    """What is said when nothing is proved, in the question's language or in English."""
    nothing = NOTHING.get(empty.question.language, NOTHING["en"])
    return replace(empty, text=nothing)
