"""Questions made of sentences: a name, a number or a phrase is left out, a passage tells it.

The sentence that tells it stands in the passage in the other language, or in the same one with
many of the question's words left out (Lewis et al. 2019 make their questions of statements so).
Knows nothing of the model.
"""

import random
import re
from collections.abc import Sequence
from pathlib import Path

from train.data import read_documents, read_rows
from train.gaps import Gap, cause, left_out, tells_why
from train.heldout import HELD_OUT_NEWS, sentences
from train.reader_model import Input, put_together
from train.reading import Reading
from train.vocabulary import prepare

CAUSES = 0.2
"""Share of the questions that ask why, where a sentence tells it (untested)."""
ASKING = {
    ("fr", "number"): ("combien", "combien de", "quel nombre", "quel"),
    ("fr", "year"): ("quand", "en quelle année", "à quelle date"),
    ("fr", "name"): ("qui", "où", "quel", "quelle", "que", "dans quel pays", "quel est"),
    ("fr", "phrase"): ("que", "quoi", "quel", "comment", "pourquoi", "de quoi", "quelle"),
    ("fr", "cause"): ("pourquoi", "pour quelle raison", "comment", "pourquoi est-ce que"),
    ("en", "cause"): ("why", "for what reason", "how", "why did"),
    ("en", "number"): ("how many", "how much", "what"),
    ("en", "year"): ("when", "in which year", "what year"),
    ("en", "name"): ("who", "where", "which", "what", "whose"),
    ("en", "phrase"): ("what", "how", "why", "which"),
}
TEXTS = ("piaf.train", "news.train.articles")
SIDES = (("fr", "fr"), ("fr", "en"), ("en", "fr"))
SIDE_SHARES = (0.5, 0.25, 0.25)
"""Languages of question and passage (untested)."""
KEPT_WORDS = 12
"""Words kept on each side of what is asked for."""
LEFT_OUT = {True: 0.5, False: 0.25}
"""Up to this share of words falls away, in the same language or across (untested)."""
LINES = 6
MARKED = 0.8
"""Share of the questions that end with their mark (untested)."""

Document = Sequence[dict[str, str]]
"""Sentences in order, each as {language: text}."""


def running_text(data: Path) -> list[Document]:
    """The news tests, one document a year, and French articles and passages."""
    years: dict[str, list[dict[str, str]]] = {}
    for line in read_documents(data):
        if line.part != HELD_OUT_NEWS:
            years.setdefault(line.part, []).append({"en": line.english, "fr": line.french})
    rows = (row for name in TEXTS for row in read_rows(data / "qa" / f"{name}.jsonl.xz"))
    texts = dict.fromkeys(row.get("context") or row["text"] for row in rows)
    french = ([{"fr": text[a:b].strip()} for a, b in sentences(text)] for text in texts)
    return [*years.values(), *french]


class Cloze:
    """Questions on running text."""

    def __init__(self, reading: Reading, documents: Sequence[Document]) -> None:
        self.reading = reading
        self.documents = [document for document in documents if len(document) > 1]
        self.places = [(d, n) for d, lines in enumerate(self.documents) for n in range(len(lines))]
        self.why = [place for place in self.places if self._tells_why(*place)]

    def question(self, rng: random.Random) -> tuple[list[Input], tuple[int, int]]:
        """Inputs as a lesson has them: one that tells, one near it that does not; the span."""
        while True:
            found = self._try(rng)
            if found:
                return found

    def _tells_why(self, document: int, place: int) -> bool:
        return any(tells_why(t, lang) for lang, t in self.documents[document][place].items())

    def _try(self, rng: random.Random) -> tuple[list[Input], tuple[int, int]] | None:
        why = rng.random() < CAUSES and self.why
        number, place = rng.choice(self.why if why else self.places)
        document, sides = self.documents[number], rng.choices(SIDES, SIDE_SHARES)[0]
        if any(side not in document[place] for side in sides):
            return None
        asked, told = (document[place][side] for side in sides)
        gap = cause(asked, told, sides) if why else left_out(asked, told, sides, rng)
        if gap is None:
            return None
        first = max(0, place - rng.randrange(LINES))
        last = max(min(len(document), first + 1 + rng.randrange(LINES)), place + 1)
        near = self._near(document, (first, place, last), sides[1], rng)
        said = told[slice(*gap.told)]
        if not near or said in near:
            return None
        before = "".join(f"{line.get(sides[1], '')} " for line in document[first:place])
        after = "".join(f" {line.get(sides[1], '')}" for line in document[place + 1 : last])
        text, begin = before + told + after, len(before) + gap.told[0]
        span = self.reading.tokens(text, begin, begin + len(said))
        typed = self._typed(asked, gap, sides, rng)
        right, wrong = (self._input(typed, passage) for passage in (text, near))
        if span is None or right.begin + span[1] >= len(right.ids) - 1:
            return None
        return [right, wrong], (right.begin + span[0], right.begin + span[1])

    @staticmethod
    def _near(
        document: Document, around: tuple[int, int, int], lang: str, rng: random.Random
    ) -> str:
        """The same lines without the one that tells, or the lines after or before."""
        first, place, last = around
        kept: Document = [*document[first:place], *document[place + 1 : last]]
        how = rng.random()
        if how > 2 / 3:
            kept = document[last : last + LINES]
        elif how > 1 / 3 or not kept:
            kept = document[max(0, first - LINES) : first]
        return " ".join(line.get(lang, "").strip() for line in kept)

    @staticmethod
    def _typed(asked: str, gap: Gap, sides: tuple[str, str], rng: random.Random) -> str:
        """The sentence as a question, some of its words left out."""
        start, end = gap.asked
        year = gap.kind == "number" and re.fullmatch(r"(?:1[5-9]|20)\d\d", asked[start:end])
        asking = rng.choice(ASKING[sides[0], "year" if year else gap.kind])
        share = rng.random() * LEFT_OUT[sides[0] == sides[1]]
        before = [word for word in asked[:start].split() if rng.random() > share]
        after = [word for word in asked[end:].split() if rng.random() > share]
        before, after = before[-rng.randint(4, KEPT_WORDS) :], after[: rng.randint(4, KEPT_WORDS)]
        first = gap.kind == "cause" or rng.random() < 2 / 3
        words = [asking, *before, *after] if first else [*before, asking, *after]
        return " ".join(words).rstrip(" .,;:!?") + (" ?" if rng.random() < MARKED else "")

    def _input(self, asked: str, text: str) -> Input:
        passage = self.reading.passage(text)
        question = self.reading.encoding.encode_ordinary(prepare(asked))
        return put_together(question, passage.ids, passage.begin, self.reading.ends(passage))
