"""Passages by their words: BM25 (Robertson et al. 1994) in tantivy, over terms made by `words`.

Derived from the library's SQLite and rebuilt from it. A folder that is open for searching is never
written to: the next one is made beside it, from a copy where that saves work.
"""

from __future__ import annotations

import math
import shutil
from typing import TYPE_CHECKING, Final, NamedTuple

import tantivy

from index.words import terms, word_groups

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

TITLE_WEIGHT: Final = 0.5  # of the title's BM25 beside the body's 1.0; see docs/evaluation.md
K1: Final = 1.2  # of BM25 in tantivy
WRITER_BYTES: Final = 60_000_000  # tantivy's memory before it writes a segment


class Indexed(NamedTuple):
    """What is searched of a passage: `number` is its row in SQLite."""

    number: int
    title: str
    text: str
    language: str


class LexicalIndex:
    """An immutable index on disk, open for searching; threads may share it."""

    def __init__(self, folder: Path) -> None:
        self._index = _open(folder)
        self._searcher = self._index.searcher()

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def search(
        self, text: str, language: str, others: tuple[str, ...], limit: int
    ) -> list[tuple[int, float]]:
        """Passage numbers and scores (0..1), best first, equal scores by number.

        The score is BM25 as a share of the highest that the question's words can reach, also those
        that no passage has: so scores of different questions compare, and a question in another
        language than the passages scores low (Bruch et al. 2023, theoretical normalisation).

        :param others: the other languages of the library, whose stems are tried too
        """
        groups = word_groups(text, language, others)
        if not groups or limit < 1:
            return []
        ceiling = sum(self._ceiling(group) for group in groups)
        found = self._searcher.search(self._query(groups), limit=limit).hits
        rows = [(self._number(address), float(score) / ceiling) for score, address in found]
        return sorted(rows, key=lambda row: (-row[1], row[0]))

    def _ceiling(self, group: tuple[str, ...]) -> float:
        """The score of a word that is repeated without end in both body and title."""
        body = max(self._idf("body", term) for term in group)
        title = max(self._idf("title", term) for term in group)
        return (K1 + 1) * (body + TITLE_WEIGHT * title)

    def _idf(self, field: str, term: str) -> float:
        """As tantivy computes it."""
        having = self._searcher.doc_freq(field, term)
        return math.log(1 + (len(self) - having + 0.5) / (having + 0.5))

    def _query(self, groups: list[tuple[str, ...]]) -> tantivy.Query:
        """One clause a word; of a word's terms, and of title and body, see `_clauses`."""
        clauses = [
            (tantivy.Occur.Should, clause) for group in groups for clause in self._clauses(group)
        ]
        return tantivy.Query.boolean_query(clauses)

    def _clauses(self, group: tuple[str, ...]) -> list[tantivy.Query]:
        def best(field: str) -> tantivy.Query:
            schema = self._index.schema
            return tantivy.Query.disjunction_max_query(
                [tantivy.Query.term_query(schema, field, term) for term in group]
            )

        return [best("body"), tantivy.Query.boost_query(best("title"), TITLE_WEIGHT)]

    def _number(self, address: tantivy.DocAddress) -> int:
        return int(self._searcher.doc(address)["number"][0])


def write(
    folder: Path, added: Iterable[Indexed], removed: Iterable[int] = (), base: Path | None = None
) -> None:
    """Make an index in `folder`: that of `base`, less the passages `removed`, plus those `added`.

    The folder is complete when this returns, and may hold anything when it raises.
    """
    shutil.rmtree(folder, ignore_errors=True)
    if base is None:
        folder.mkdir()
    else:
        shutil.copytree(base, folder)
    index = _open(folder)
    writer = index.writer(heap_size=WRITER_BYTES, num_threads=1)
    for number in removed:
        # The field is signed: on an unsigned one, tantivy-py 0.27 deletes nothing and says nothing.
        writer.delete_documents_by_term("number", number)
    for passage in added:
        writer.add_document(_document(passage))
    writer.commit()
    writer.wait_merging_threads()


def _document(passage: Indexed) -> tantivy.Document:
    document = tantivy.Document()
    document.add_integer("number", passage.number)
    document.add_text("title", " ".join(terms(passage.title, passage.language)))
    document.add_text("body", " ".join(terms(passage.text, passage.language)))
    return document


def _open(folder: Path) -> tantivy.Index:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("number", stored=True, indexed=True)
    builder.add_text_field("title", tokenizer_name="terms", index_option="freq")
    builder.add_text_field("body", tokenizer_name="terms", index_option="freq")
    index = tantivy.Index(builder.build(), path=str(folder))
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("terms", analyzer)
    return index
