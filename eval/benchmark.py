"""Questions over articles, the articles indexed into a library of the moment.

Three kinds: questions that quote their evidence in articles given apart, questions that bring their
own contexts, and folders as BEIR has them.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from eval.beir import read_beir
from eval.questions import contexts, label
from eval.rows import read_rows
from eval.twins import Sentences
from index import models
from index.build import add_articles, build
from index.errors import InputError
from index.store import create_library
from rag.reading_model import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eval.measures import Relevant
    from eval.questions import Labelled
    from index.store import Library
    from index.types import Embedder


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Questions, and what is right for each."""

    about: dict[str, Any]
    questions: tuple[Labelled, ...]
    relevant: Relevant  # question -> id of a passage, or of an article -> grade
    whole_articles: bool  # relevance is of articles: whichever of their passages is found

    def documents(self, ranking: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
        """A ranking of passages as one of what relevance is of."""
        if not self.whole_articles:
            return list(ranking)
        best: dict[str, float] = {}
        for passage, score in ranking:
            best.setdefault(article_of(passage), score)
        return list(best.items())


def article_of(passage: str) -> str:
    """The article in a passage's id."""
    return passage.rpartition(":")[0]


@contextmanager
def open_benchmark(
    questions: Path, articles: Path | None, embedder: Embedder, qrels: Path | None = None
) -> Iterator[tuple[Library, Benchmark]]:
    """The library made of the articles, and what to ask it.

    :param articles: None when the questions bring their own
    :param qrels: of a BEIR folder, which judgements; its `qrels/test.tsv` when None
    :raises InputError: a file cannot be used
    """
    with TemporaryDirectory(prefix="depeche-eval-") as folder:
        library = create_library(Path(folder))
        try:
            yield library, _benchmark(library, questions, articles, embedder, qrels)
        finally:
            library.close()


def _benchmark(
    library: Library,
    questions: Path,
    articles: Path | None,
    embedder: Embedder,
    qrels: Path | None,
) -> Benchmark:
    if questions.is_dir():
        if articles is not None:
            raise InputError(f"{questions} is a BEIR folder, which brings its own articles")
        own, asked, judged, files = read_beir(questions, qrels)
        add_articles(library, embedder, own)
        about = _about(library, embedder, questions, files, asked)
        return Benchmark(about, tuple(asked), judged, whole_articles=True)
    rows = read_rows(questions, "question", "lang")
    if not rows:
        raise InputError(f"{questions} holds no question")
    if articles is not None:
        for _ in build(library, embedder, [articles]):
            pass
        asked = label(rows, {article.id: article.text for article in library.articles()})
    elif all("context" in row for row in rows):
        own, asked = contexts(rows)
        add_articles(library, embedder, own)
    else:
        raise InputError(f"{questions} names articles; give their folder as the second argument")
    sentences = Sentences(list(library.articles()))
    known = tuple(sentences.with_twins(question) for question in asked)
    relevant = {q.id: _holding(library, q) for q in known if q.evidence}
    about = _about(library, embedder, questions, [questions], known)
    return Benchmark(about, known, relevant, whole_articles=False)


def _holding(library: Library, question: Labelled) -> dict[str, int]:
    """The passages that hold the evidence: two, where they overlap in it."""
    return {
        passage.id: 1
        for place in question.places
        for passage in library.passages(place.article)
        if place.is_held_by(passage)
    }


def _about(
    library: Library,
    embedder: Embedder,
    name: Path,
    files: Sequence[Path],
    questions: Sequence[Labelled],
) -> dict[str, Any]:
    count, passages = library.database.count()
    return {
        "questions": name.name,
        "sha256": sha256_of(files),
        "asked": len(questions),
        "answerable": sum(1 for q in questions if q.evidence),
        "articles": count,
        "passages": passages,
        "encoder": embedder.name,
        "reader": reader_hash(),
    }


def reader_hash() -> str:
    """Which reading model is installed."""
    return sha256_of([FOLDER / models.SUMS])


def sha256_of(files: Sequence[Path]) -> str:
    """Of the files' bytes, in the order given."""
    whole = hashlib.sha256()
    for file in files:
        whole.update(file.read_bytes())
    return whole.hexdigest()
