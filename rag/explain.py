"""Why an answer is what it is: what was searched, what each arm found, what was read and dropped.

Asks the parts of the chain the same questions that it asks them. Knows nothing of how it is shown.
"""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from index.types import ALL
from rag.dates.periods import meet
from rag.retrieve import HITS, fuse, retrieve, search_vector, search_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Filters, Hit, Passage
    from index.words import Asked
    from rag.chain import Chain, Read

SHOWN: Final = 160  # characters of a passage in a row
Why: TypeAlias = Literal[
    "outside the filters",
    "copy",
    "outside the period",
    "ranked too low",
    "not needed",
    "unsupported",
]


@dataclass(frozen=True, slots=True)
class Dropped:
    """A passage that was found and led to nothing.

    `ranked too low`: not among the hits; `outside the period`: nor of the period asked for.
    `not needed`: a better one answered before it was read. `unsupported`: read, proves no answer.
    """

    passage: Passage
    why: Why
    of: tuple[str, ...] = ()  # the articles of its origin that stand for it, by id


@dataclass(frozen=True, slots=True)
class Explanation:
    """A question's journey; every ranking best first."""

    read: Read
    filters: Filters
    words: tuple[Asked, ...]  # as they were searched, near spellings included
    by_words: tuple[Hit, ...]
    by_vector: tuple[Hit, ...]
    fused: tuple[Hit, ...]  # before copies became one
    dropped: tuple[Dropped, ...]
    seconds: float

    def is_read(self, passage: Passage) -> bool:
        return any(span.passage == passage for span in self.read.spans)


def explain(
    chain: Chain, text: str, history: Sequence[str] = (), filters: Filters = ALL
) -> Explanation:
    """The journey of one question.

    :raises InputError: as `Chain.ask`
    """
    began = time.perf_counter()
    read = chain.read(text, history, filters)
    question = read.question
    by_words = search_words(chain.library, question, filters=filters)
    by_vector = search_vector(chain.library, chain.embedder, question, filters=filters)
    fused = fuse(by_words, by_vector)
    return Explanation(
        read,
        filters,
        chain.library.words_searched(question.standalone, question.language),
        tuple(by_words),
        tuple(by_vector),
        tuple(fused),
        tuple(_outside(chain, read, filters) + _dropped(read, fused)),
        time.perf_counter() - began,
    )


def _outside(chain: Chain, read: Read, filters: Filters) -> list[Dropped]:
    """What would have been among the hits without the filters, and is not."""
    if filters == ALL:
        return []
    whole = retrieve(chain.library, chain.embedder, read.question)
    articles = tuple({hit.passage.article.id for hit in whole})
    allowed = chain.library.articles_within(filters, articles)
    return [
        Dropped(hit.passage, "outside the filters")
        for hit in whole
        if hit.passage.article.id not in allowed
    ]


def _dropped(read: Read, fused: Sequence[Hit]) -> list[Dropped]:
    """Of the passages ranked above the last hit: copies; of the hits: those that do not answer."""
    hits = {hit.passage.id: hit for hit in read.hits}
    spoken = {span.passage.id for span in read.spans}
    told = {one.span.passage.id for one in read.told if read.status == "answered"}
    dropped = []
    for hit in fused[: 2 * HITS]:
        if hit.passage.id not in hits:
            same = tuple({h.passage.article.id: None for h in read.hits if _stands_for(h, hit)})
            dropped.append(Dropped(hit.passage, "copy" if same else _low(read, hit), same))
        elif hit.passage.id not in told:
            why: Why = "unsupported" if hit.passage.id in spoken else "not needed"
            dropped.append(Dropped(hit.passage, why))
    return dropped


def _low(read: Read, hit: Hit) -> Why:
    """Why a passage is not among the hits."""
    asked = read.question.dates
    published = hit.passage.article.published
    inside = not asked or (published and any(meet(published, period) for period in asked))
    return "ranked too low" if inside else "outside the period"


def _stands_for(kept: Hit, hit: Hit) -> bool:
    article = hit.passage.article.id
    return article in kept.copies and article != kept.passage.article.id


def explanation_row(explanation: Explanation) -> dict[str, Any]:
    """The explanation as JSON, the first `HITS` of each ranking."""
    read = explanation.read
    question = read.question
    by_words, by_vector = _scores(explanation.by_words), _scores(explanation.by_vector)
    return {
        "question": question.text,
        "standalone": question.standalone,
        "language": question.language,
        "dates": list(question.dates),
        "filters": asdict(explanation.filters),
        "words": [
            {"terms": list(word.terms), "others": list(word.others)} for word in explanation.words
        ],
        "by_words": [_row(hit) for hit in explanation.by_words[:HITS]],
        "by_vector": [_row(hit) for hit in explanation.by_vector[:HITS]],
        "hits": [
            _row(hit)
            | {
                "by_words": by_words.get(hit.passage.id),
                "by_vector": by_vector.get(hit.passage.id),
                "copies": list(hit.copies),
                "read": explanation.is_read(hit.passage),
            }
            for hit in read.hits
        ],
        "spans": [
            _place(span.passage, span.start, span.end) | {"score": round(span.score, 4)}
            for span in read.spans[:HITS]
        ],
        "dropped": [
            _place(d.passage, d.passage.start, d.passage.end) | {"why": d.why, "of": list(d.of)}
            for d in explanation.dropped
        ],
        "status": read.status,
        "confidence": round(read.confidence, 4),
        "seconds": round(explanation.seconds, 4),
    }


def _row(hit: Hit) -> dict[str, Any]:
    return _place(hit.passage, hit.passage.start, hit.passage.end) | {"score": round(hit.score, 6)}


def _place(passage: Passage, start: int, end: int) -> dict[str, Any]:
    """Where words stand, and how they begin."""
    article = passage.article
    text = " ".join(article.text[start:end].split())
    return {
        "article": article.id,
        "title": article.title,
        "start": start,
        "end": end,
        "text": text[:SHOWN],
    }


def _scores(hits: Sequence[Hit]) -> dict[str, dict[str, float]]:
    """By passage id, its rank (from 1) and score in one arm."""
    return {
        hit.passage.id: {"rank": rank, "score": round(hit.score, 6)}
        for rank, hit in enumerate(hits, 1)
    }
