"""Folders as BEIR has them (Thakur et al. 2021): corpus.jsonl, queries.jsonl, qrels/*.tsv.

Relevance is of whole documents, with grades.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from eval.questions import Labelled
from eval.rows import read_rows, write_rows
from eval.trec import read_qrels
from index.errors import InputError
from index.language import detect, question_language
from index.types import Article

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    Read: TypeAlias = tuple[list[Article], list[Labelled], dict[str, dict[str, int]], list[Path]]

TYPE = "search"  # of questions without known words of answer


def read_beir(folder: Path, qrels: Path | None = None) -> Read:
    """Its documents as articles, the queries that are judged, the judgements, the files read.

    :param qrels: which judgements; test.tsv of the folder, or the only ones there, when None
    :raises InputError: a file is missing, or a line of it cannot be used
    """
    corpus, queries = folder / "corpus.jsonl", folder / "queries.jsonl"
    qrels = qrels or _only_qrels(folder)
    articles = [_article(row) for row in read_rows(corpus, "_id", "text")]
    judged = read_qrels(qrels)
    known = {article.id for article in articles}
    for question, grades in judged.items():
        missing = next((d for d, grade in grades.items() if grade > 0 and d not in known), None)
        if missing is not None:
            raise InputError(f"{qrels}: question {question}: no document {missing!r} in {corpus}")
    asked = [
        Labelled(row["_id"], TYPE, question_language(row["text"]), row["text"], (), None)
        for row in read_rows(queries, "_id", "text")
        if row["_id"] in judged
    ]
    if not asked:
        raise InputError(f"{qrels} judges none of the questions of {queries}")
    return articles, asked, judged, [corpus, queries, qrels]


def write_beir(
    folder: Path,
    articles: Iterable[Article],
    questions: Sequence[Labelled],
    judged: Mapping[str, Mapping[str, int]],
) -> None:
    """The same folder, for other people's tools.

    :param judged: question -> article -> grade
    """
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    write_rows(
        folder / "corpus.jsonl",
        ({"_id": a.id, "title": a.title, "text": a.text} for a in articles),
    )
    write_rows(
        folder / "queries.jsonl",
        ({"_id": q.id, "text": q.text} for q in questions if judged.get(q.id)),
    )
    lines = [f"{q}\t{d}\t{grade}" for q, grades in judged.items() for d, grade in grades.items()]
    text = "\n".join(["query-id\tcorpus-id\tscore", *lines]) + "\n"
    (folder / "qrels" / "test.tsv").write_text(text, encoding="utf-8")


def _article(row: dict[str, str]) -> Article:
    """A document; one that is all title is its own text."""
    title = str(row.get("title") or "")
    text = row["text"] if row["text"].strip() else title
    return Article(row["_id"], title, text, detect(text))


def _only_qrels(folder: Path) -> Path:
    found = sorted((folder / "qrels").glob("*.tsv"))
    test = folder / "qrels" / "test.tsv"
    if test in found or len(found) == 1:
        return test if test in found else found[0]
    if not found:
        raise InputError(f"{folder} has no qrels/*.tsv; a BEIR folder has corpus.jsonl, too")
    names = ", ".join(file.name for file in found)
    raise InputError(f"{folder / 'qrels'} has {names}; name one with --qrels FILE")
