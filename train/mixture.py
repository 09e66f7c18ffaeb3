"""What the contextual model sees at each step: sentences, running passages, questions.

A pure function of the seed, so that a run can resume. Every batch holds texts of like length.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from train.bert import by_length
from train.corpus import Corpus
from train.ragged import Places, Ragged, join

LANGUAGES = {"fr": 0.42, "de": 0.13, "es": 0.12, "it": 0.09, "pt": 0.07, "nl": 0.05}
"""Share of the foreign sentences; all other languages share the rest evenly (untested)."""
SOURCES = {
    "wmt-news": 4.0,
    "tico19": 2.0,
    "qald": 3.0,
    "multi30k": 0.4,
    "mozilla": 0.15,
    "debian": 0.15,
    "php": 0.1,
    "python": 0.15,
    "django": 0.15,
    "canada-laws": 0.1,
}
"""How often a source is drawn for its size; the others 1 (untested)."""
KINDS = ("sentences", "passages", "questions")
KIND_SHARES = (0.75, 0.17, 0.08)
"""Share of the steps (untested)."""
ENGLISH = 0.3
"""Share of the drawn pairs whose English side is taught too."""
LINES = (2, 6)
FRENCH = 0.65
"""Share of the passages taught in French, the others in English."""
POOL = 8_192
QUESTIONS = 32
SENTENCE_TOKENS, PASSAGE_TOKENS, ANSWER_TOKENS = 128, 320, 128


@dataclass(frozen=True, slots=True)
class Taught:
    """Texts to bring to the teacher's vectors.

    `numbers` are the teacher's English texts, or where `counts` is given the first of so many
    document lines.
    """

    texts: Ragged
    numbers: Places
    counts: Places | None

    @property
    def tokens(self) -> int:
        """Tokens of the batch, with [CLS] and [SEP]."""
        return len(self.texts.ids) + 2 * len(self.texts)


@dataclass(frozen=True, slots=True)
class Asking:
    """Questions and their passages, aligned."""

    questions: Ragged
    passages: Ragged

    @property
    def tokens(self) -> int:
        """Tokens of the batch, with [CLS] and [SEP]."""
        return sum(len(side.ids) + 2 * len(side) for side in (self.questions, self.passages))


def draws(corpus: Corpus, number: NDArray[np.int32]) -> NDArray[np.float64]:
    """The chance of each pair to be drawn; zero without an English side."""
    language, factor = [], []
    for name in corpus.groups:
        stem, source = name.split(" ")
        language.append(stem[3:])
        factor.append(SOURCES.get(source, 1.0))
    weight = np.asarray(factor)[corpus.group] * (number >= 0)
    others = sorted(set(language) - set(LANGUAGES))
    rest = (1 - sum(LANGUAGES.values())) / max(len(others), 1)
    place = np.asarray([[*LANGUAGES, *others].index(name) for name in language])[corpus.group]
    totals = np.bincount(place, weight)
    share = np.asarray([*LANGUAGES.values(), *([rest] * len(others))])[: len(totals)]
    found = weight * (share / np.where(totals > 0, totals, 1))[place]
    chances: NDArray[np.float64] = found / found.sum()
    return chances


def steps(
    corpus: Corpus, number: NDArray[np.int32], tokens: int, seed: int
) -> Iterator[Taught | Asking]:
    """Batches without end, each of about `tokens` tokens."""
    total = np.cumsum(draws(corpus, number))
    rng = np.random.default_rng(seed)
    sources: dict[str, Iterator[Taught | Asking]] = {
        "sentences": sentences(corpus, number, total, tokens, np.random.default_rng([seed, 1])),
        "passages": passages(corpus, tokens, np.random.default_rng([seed, 2])),
        "questions": questions(corpus, np.random.default_rng([seed, 3])),
    }
    while True:
        yield next(sources[rng.choice(KINDS, p=KIND_SHARES)])


def sentences(
    corpus: Corpus,
    number: NDArray[np.int32],
    total: NDArray[np.float64],
    tokens: int,
    rng: np.random.Generator,
) -> Iterator[Taught]:
    """Foreign sentences, and some of their English originals."""
    while True:
        foreign = np.searchsorted(total, rng.random(POOL) * total[-1])
        english = foreign[rng.random(POOL) < ENGLISH]
        texts = join(
            corpus.second.take(foreign, SENTENCE_TOKENS),
            corpus.first.take(english, SENTENCE_TOKENS),
        )
        numbers = number[np.concatenate([foreign, english])].astype(np.int64)
        groups = by_length(texts, tokens)
        rng.shuffle(groups)
        for group in groups:
            yield Taught(texts.take(group), numbers[group], None)


def passages(corpus: Corpus, tokens: int, rng: np.random.Generator) -> Iterator[Taught]:
    """Runs of document lines, in French or in English."""
    while True:
        counts = rng.integers(LINES[0], LINES[1] + 1, POOL // 8)
        begins = rng.integers(0, len(corpus.english) - LINES[1], POOL // 8)
        french = rng.random(POOL // 8) < FRENCH
        order = np.concatenate([np.flatnonzero(french), np.flatnonzero(~french)])
        begins, counts, cut = begins[order], counts[order], int(french.sum())
        texts = join(
            corpus.french.runs(begins[:cut], counts[:cut], PASSAGE_TOKENS),
            corpus.english.runs(begins[cut:], counts[cut:], PASSAGE_TOKENS),
        )
        groups = by_length(texts, tokens)
        rng.shuffle(groups)
        for group in groups:
            yield Taught(texts.take(group), begins[group], counts[group])


def questions(corpus: Corpus, rng: np.random.Generator) -> Iterator[Asking]:
    """Random questions with their passages; no source more often than its size."""
    while True:
        rows = rng.choice(len(corpus.question), QUESTIONS, replace=False)
        yield Asking(
            corpus.question.take(rows, SENTENCE_TOKENS), corpus.passage.take(rows, ANSWER_TOKENS)
        )
