"""Passages by their words: BM25 (Robertson et al. 1994) in tantivy, over terms made by `words`.

Derived from the library's SQLite and rebuilt from it. A folder that is open for searching is never
written to: the next one is made beside it, from a copy where that saves work.
"""

from __future__ import annotations

import json
import math
import shutil
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import tantivy

from index import faults
from index.spelling import near
from index.words import Asked, asked_words, terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

# Weights of the BM25 of the passage, of its article's title and of its whole article: what the
# question names often stands elsewhere in the article. On 1,000 questions of news.train, recall@5
# was .756 by the passage alone, .841 with the title at 0.3, .870 with the article at 0.6 too
# (passages of 240 tokens); title 0 to 0.5 and article 0.3 to 0.6 differ by under a point.
WEIGHTS: Final = {"body": 1.0, "title": 0.3, "article": 0.5}
# Weight of what a word of the question also goes by (a place's other names, a compound in one word,
# a number's words, a near spelling) beside the word itself.
# On news.dev, words alone, success@5: .824 at 0.3, .844 at 0.5, .840 at 0.7, .836 at 1; fused .840,
# .844, .844, .852; on the sample corpus fused .880, .880, .892, .892; on piaf.dev no difference.
EXPANSION: Final = 0.8
ARTICLE_TERMS: Final = 2_000  # of an article that count as its whole: bounds what is stored
K1: Final = 1.2  # of BM25 in tantivy
# Segments of fewer than 10,000 passages that tantivy makes one of, so that nothing stays of what
# was deleted in them: its own rule, which cannot be asked for more.
MERGED: Final = 8
WRITER_BYTES: Final = 60_000_000  # tantivy's memory before it writes a segment


class Indexed(NamedTuple):
    """What is searched of a passage: `number` is its row in SQLite."""

    number: int
    title: str
    text: str
    article: str  # the whole text that the passage is from
    language: str


class LexicalIndex:
    """An immutable index on disk, open for searching; threads may share it."""

    def __init__(self, folder: Path) -> None:
        self._index = _open(folder)
        self._searcher = self._index.searcher()

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def search(
        self,
        text: str,
        language: str,
        others: tuple[str, ...],
        limit: int,
        allowed: NDArray[np.int64] | None = None,
    ) -> list[tuple[int, float]]:
        """Passage numbers and scores (0..1), best first, equal scores by number.

        The score is BM25 as a share of the highest that the question's words can reach, also those
        that no passage has: so scores of different questions compare, and a question in another
        language than the passages scores low (Bruch et al. 2023, theoretical normalisation).

        :param others: the other languages of the library, whose stems are tried too
        :param allowed: the only numbers that may be found; a passage's score is the same
        """
        asked = self.searched(text, language, others)
        if not asked or limit < 1 or (allowed is not None and not len(allowed)):
            return []
        ceiling = sum(self._ceiling(word.terms) for word in asked)
        query = self._query(asked)
        query = query if allowed is None else self._within(query, allowed)
        found = self._searcher.search(query, limit=limit).hits
        rows = [(self._number(address), float(score) / ceiling) for score, address in found]
        return sorted(rows, key=lambda row: (-row[1], row[0]))

    def searched(self, text: str, language: str, others: tuple[str, ...]) -> list[Asked]:
        """A question's words as they are looked for, near spellings included."""
        return [self._spelled(word) for word in asked_words(text, language, others)]

    def _ceiling(self, terms_of_word: tuple[str, ...]) -> float:
        """The score of a word that is repeated without end everywhere."""
        return (K1 + 1) * sum(
            weight * max(self._idf(field, term) for term in terms_of_word)
            for field, weight in WEIGHTS.items()
        )

    def _idf(self, field: str, term: str) -> float:
        """As tantivy computes it."""
        having = self._searcher.doc_freq(field, term)
        return math.log(1 + (len(self) - having + 0.5) / (having + 0.5))

    def _spelled(self, asked: Asked) -> Asked:
        """The word, if no passage has it, with words that are spelled nearly so."""
        if any(self._is_known(term) for term in asked.terms + asked.others):
            return asked
        term = asked.terms[0]
        known = self._searcher.terms_with_prefix("body", term[:1])
        return Asked(asked.terms, tuple(near(term, known)))

    def _is_known(self, term: str) -> bool:
        return any(self._searcher.doc_freq(field, term) for field in WEIGHTS)

    def _query(self, asked: list[Asked]) -> tantivy.Query:
        """The sum over words and fields; of what a word may be found by, the best counts."""
        clauses = []
        for word in asked:
            for field, weight in WEIGHTS.items():
                best = tantivy.Query.disjunction_max_query(
                    [self._term(field, term) for term in word.terms]
                    + [
                        tantivy.Query.boost_query(self._term(field, term), EXPANSION)
                        for term in word.others
                    ]
                )
                clauses.append((tantivy.Occur.Should, tantivy.Query.boost_query(best, weight)))
        return tantivy.Query.boolean_query(clauses)

    def _term(self, field: str, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._index.schema, field, term)

    def _within(self, query: tantivy.Query, allowed: NDArray[np.int64]) -> tantivy.Query:
        """The query over these passages only; at 100k passages 7 ms for 5k of them, 38 for 50k."""
        numbers = tantivy.Query.term_set_query(self._index.schema, "number", allowed.tolist())
        unscored = tantivy.Query.const_score_query(numbers, 0.0)
        must = tantivy.Occur.Must
        return tantivy.Query.boolean_query([(must, query), (must, unscored)])

    def numbers(self) -> list[int]:
        """The passage numbers it holds, in order."""
        if not len(self):
            return []
        found = self._searcher.search(tantivy.Query.all_query(), limit=len(self)).hits
        return sorted(self._number(address) for _, address in found)

    def _number(self, address: tantivy.DocAddress) -> int:
        return int(self._searcher.doc(address)["number"][0])


def write(
    folder: Path,
    added: Iterable[Indexed],
    removed: Iterable[int] = (),
    base: Path | None = None,
    again: Sequence[Indexed] = (),
) -> None:
    """Make an index in `folder`: that of `base`, less the passages `removed`, plus those `added`.

    The folder is complete when this returns, and may hold anything when it raises.

    :param again: passages of `base` to add anew, each in a segment of its own: with `MERGED` - 1 of
        them `is_rid` most often holds afterwards
    :raises OSError: the disk does not take it
    """
    shutil.rmtree(folder, ignore_errors=True)
    if base is None:
        folder.mkdir()
    else:
        shutil.copytree(base, folder)
        faults.at("words copied")
    try:
        _fill(_open(folder), added, removed, again)
    except ValueError as error:  # what tantivy makes of a disk's error
        raise OSError(str(error)) from error


def is_rid(folder: Path) -> bool:
    """Whether no word is left of passages that were removed; the files keep them until a merge."""
    said = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    return not any(segment["deletes"] for segment in said["segments"])


def _fill(
    index: tantivy.Index,
    added: Iterable[Indexed],
    removed: Iterable[int],
    again: Sequence[Indexed],
) -> None:
    writer = index.writer(heap_size=WRITER_BYTES, num_threads=1)
    for number in (*removed, *(passage.number for passage in again)):
        # The field is signed: on an unsigned one, tantivy-py 0.27 deletes nothing and says nothing.
        writer.delete_documents_by_term("number", number)
    for passage in added:
        writer.add_document(_document(passage))
    faults.at("words added")
    writer.commit()
    faults.at("words committed")
    for passage in again:
        writer.add_document(_document(passage))
        writer.commit()
    writer.wait_merging_threads()


def _document(passage: Indexed) -> tantivy.Document:
    document = tantivy.Document()
    document.add_integer("number", passage.number)
    document.add_text("title", " ".join(terms(passage.title, passage.language)))
    document.add_text("body", " ".join(terms(passage.text, passage.language)))
    document.add_text("article", _article_terms(passage.article, passage.language))
    return document


@lru_cache(maxsize=4)  # an article's passages come one after the other
def _article_terms(text: str, language: str) -> str:
    return " ".join(terms(text, language)[:ARTICLE_TERMS])


def _open(folder: Path) -> tantivy.Index:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("number", stored=True, indexed=True)
    for field in WEIGHTS:
        builder.add_text_field(field, tokenizer_name="terms", index_option="freq")
    index = tantivy.Index(builder.build(), path=str(folder))
    # Once written the folder never changes. Left to watch it, tantivy would read it anew while it
    # is being swept, and put a lock back into what was to be empty.
    index.config_reader("manual")
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("terms", analyzer)
    return index
