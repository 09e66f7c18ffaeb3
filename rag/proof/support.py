"""Whether a sentence is proved by sentences of articles, and by which: claims first, then wording.

What can be compared by rule is (`rag.proof.claims`); how much of the wording the sentences cover is
scored by shared stems and by the words' vectors, so that a draft may be in another language.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from rag.dates.moments import is_dated
from rag.proof.claims import Ground, refuted
from rag.proof.meanings import meaning, nearness
from rag.proof.names import spelling_of
from rag.proof.statement import statement
from rag.quote import article_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rag.proof.names import Spelling
    from rag.proof.statement import Statement
    from rag.proof.wording import Word
    from rag.quote import Quote

TRIED: Final = 8  # sentences that a claim is compared with, the likeliest first; untested
BEFORE: Final = 6  # sentences before one, for what its pronouns mean; untested
ALIKE: Final = 0.5  # cosine from which two words mean the same; untested
# Part of the wording covered by a word's vector: none at the first cosine, whole at the second.
COVERS: Final = (0.25, 0.55)
# By hand on the split "dev" of tests/data/supported.jsonl: sentences that no rule refutes score 2.3
# or more with their own article, nearly all, and 0.3 or less with others; across languages, with
# FOREIGN, 0.5 and -3.5.
COVERAGE_WEIGHT: Final = 10.0
MEANING_WEIGHT: Final = 4.0
OFFSET: Final = -7.5
FOREIGN: Final = 1.0  # in favour of a sentence in another language than its proof
# Where a sentence is parted; "Selon X, ..." is no claim by itself.
_JOINT: Final = re.compile(
    r"(?<!\s)\s*(?:;|,?\s\b(?:et|and|mais|but|tandis que|alors que|while|whereas)\b|,\s)\s*"
)
_NO_CLAIM: Final = re.compile(r"(?:pour|selon|d['’]après|according to|for|as)\b", re.IGNORECASE)
# Claims, words counted, in a part of a sentence that is proved by itself; untested.
LEAST: Final = 2
LEAST_ELSEWHERE: Final = 3  # where the parts are proved by several articles
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What proves a sentence; none when nothing does, and then why the likeliest does not."""

    quotes: tuple[Quote, ...]
    reason: str | None = None


class Proof:
    """The sentences of articles that a draft may rest on."""

    def __init__(self, quotes: Sequence[Quote]) -> None:
        once = {(q.span.passage.article.id, q.start, q.end): q for q in reversed(quotes)}
        self._quotes = list(reversed(once.values()))

    def of(self, sentence: str, language: str) -> Verdict:
        """The quotes that prove a sentence, the main one first.

        :param language: of the sentence; an article's own words are read in the article's
        """
        text = _SPACES.sub(" ", sentence).strip()
        having = [quote for quote in self._quotes if text and text in _SPACES.sub(" ", quote.text)]
        for quote in having:
            if len(text) == len(_SPACES.sub(" ", quote.text)) or self._is_part(text, quote):
                return Verdict((quote,))
        claim = statement(text, language, self._spellings())
        if not _claims(claim):
            return Verdict((), "nothing is claimed")
        verdict = self._proved(claim)
        return verdict if verdict.quotes else self._proved_by_parts(claim) or verdict

    def _is_part(self, text: str, quote: Quote) -> bool:
        """Whether words of a quote say by themselves what they say in it."""
        article = quote.span.passage.article
        claim = statement(text, article.language, (spelling_of(article.text),))
        return _claims(claim) > 0 and refuted(claim, _ground(quote), alike) is None

    def _spellings(self) -> tuple[Spelling, ...]:
        articles = {q.span.passage.article.id: q.span.passage.article for q in self._quotes}
        return tuple(spelling_of(article.text) for article in articles.values())

    def _proved(self, claim: Statement) -> Verdict:
        """By one quote: of several, one would lend another its number or its name."""
        reason = None
        for place in self._ranked(claim)[:TRIED]:
            ground = _ground(self._quotes[place])
            why = refuted(claim, ground, alike)
            if why is None and score(claim, ground) < 0:
                why = "too little of its wording"
            if why is None:
                return Verdict((self._quotes[place],))
            reason = reason or why
        return Verdict((), reason)

    def _proved_by_parts(self, claim: Statement) -> Verdict | None:
        """The quotes of a sentence of which each part is proved by another."""
        parts = [part for part in _JOINT.split(claim.text) if part]
        quotes: dict[Quote, None] = {}
        fewest = None
        for part in parts if len(parts) > 1 else ():
            said = statement(part, claim.language, self._spellings())
            fewest = min(_claims(said), fewest or _claims(said))
            alone = fewest >= LEAST and not _NO_CLAIM.match(part)
            proved = self._proved(said) if alone else None
            if not proved or not proved.quotes:
                return None
            quotes |= dict.fromkeys(proved.quotes)
        articles = {quote.span.passage.article.id for quote in quotes}
        enough = fewest is not None and (len(articles) == 1 or fewest >= LEAST_ELSEWHERE)
        return Verdict(tuple(quotes)) if enough and not _repeats(claim, quotes) else None

    def _ranked(self, claim: Statement) -> list[int]:
        """Places of the quotes, the likeliest proof first."""
        covered = [coverage(claim, _ground(quote)) for quote in self._quotes]
        return sorted(range(len(covered)), key=lambda place: (-covered[place], place))


def _repeats(claim: Statement, quotes: Iterable[Quote]) -> bool:
    """Whether the claim has a number or a name more often than the quotes together."""
    grounds = [_ground(quote).said for quote in quotes]
    numbers = Counter(quantity.value for said in grounds for quantity in said.quantities)
    names = Counter(name.place or name.words[-1] for said in grounds for name in said.names)
    claimed = Counter(quantity.value for quantity in claim.quantities)
    named = Counter(name.place or name.words[-1] for name in claim.names)
    return any(1 < count > numbers[value] for value, count in claimed.items()) or any(
        1 < count > names[name] for name, count in named.items()
    )


def score(claim: Statement, ground: Ground) -> float:
    """How sure it is that the ground says what the claim says; enough from 0 on."""
    cosine = float(meaning(claim.text) @ meaning(ground.said.text))
    foreign = FOREIGN if claim.language != ground.said.language else 0.0
    return COVERAGE_WEIGHT * coverage(claim, ground) + MEANING_WEIGHT * cosine + foreign + OFFSET


def coverage(claim: Statement, ground: Ground) -> float:
    """The share of the claim's words, names and numbers that the ground has, or nearly, 0..1.

    The title says what an article's sentences are about, so its words count too.
    """
    there = [word for word in (*ground.said.all_words, *ground.title.all_words) if word.terms]
    parts = [*_covered(claim.words, there), *_named(claim, ground)]
    return sum(parts) / len(parts) if parts else 1.0


def _claims(said: Statement) -> int:
    return len(said.words) + len(said.names) + len(said.quantities) + len(said.moments)


def _covered(words: Sequence[Word], there: Sequence[Word]) -> list[float]:
    """How much of each word is said there: by its stem, else by the nearest meaning."""
    terms = {term for word in there for term in word.terms}
    parts = [float(not word.terms.isdisjoint(terms)) for word in words]
    unknown = [place for place, part in enumerate(parts) if not part]
    if unknown and there:
        here = np.stack([meaning(words[place].folded) for place in unknown])
        best = (here @ np.stack([meaning(word.folded) for word in there]).T).max(axis=1)
        low, high = COVERS
        for place, cosine in zip(unknown, best, strict=True):
            parts[place] = min(1.0, max(0.0, (float(cosine) - low) / (high - low)))
    return parts


def _named(claim: Statement, ground: Ground) -> list[float]:
    """Whether the ground has each name, number and date, roughly: for ranking, not for proof."""
    said, title = ground.said, ground.title
    keys = {key for n in (*said.names, *title.names) for key in (*n.places, *n.words)}
    values = {quantity.value for quantity in said.quantities}
    names = [float((name.place or name.words[-1]) in keys) for name in claim.names]
    dates = [float(is_dated(m, said.moments, ground.article.published)) for m in claim.moments]
    return [*names, *(float(quantity.value in values) for quantity in claim.quantities), *dates]


def alike(word: Word, other: Word) -> bool:
    """Whether two words mean the same, be it in two languages."""
    return nearness(word, other) >= ALIKE


@lru_cache(maxsize=2048)
def _ground(quote: Quote) -> Ground:
    article = quote.span.passage.article
    earlier = [span for span in article_sentences(article) if span[1] <= quote.start][-BEFORE:]
    before = article.text[earlier[0][0] : quote.start] if earlier else ""
    said = statement(quote.text, article.language, (spelling_of(article.text),))
    title = statement(article.title, article.language, (spelling_of(article.text),))
    return Ground(said, title, article, before)
