"""Train the reader on top of the contextual model.

    python -m train.reader --data ../shared/data --start FILE --encoder index/models/encoder \
        --checkpoints DIR

Each step takes some questions, each with a passage that answers it and one that does not: a near
one, or the same without the sentence that answers, or the same with a question about something
else. The word rows stay those of the contextual model, which share them.
Stopped and started again, it goes on where it was. About an hour on one core.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from train import checkpoint, vocabulary
from train.altered import Names
from train.bert import body, read_state
from train.clock import Every, stamp
from train.corpus import NEWSWIRE, VOCABULARY
from train.neighbours import known_neighbours
from train.reader_figures import Figures
from train.reader_model import Batch, Input, Reader, batched, put_together
from train.reading import QUIZ, Problem, Reading, Span, varied
from train.vocabulary import prepare

UNANSWERABLE = "unanswerable"
SHARES = {
    "news.train": 0.40,
    "piaf.train": 0.34,
    "other-languages.train": 0.09,
    "covid-qa.en.train": 0.04,
    QUIZ: 0.04,
    UNANSWERABLE: 0.09,
}
"""Share of the questions of a step (untested)."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """The numbers of a run."""

    steps: int = 1_500
    questions: int = 12
    wrong: int = 1
    warm_up: int = 60
    body_rate: float = 1.5e-4
    head_rate: float = 1e-3
    altered: float = 0.2
    without: float = 0.35
    decay: float = 0.01
    clip: float = 1.0
    groups: int = 3
    seed: int = 1


RECIPE = Recipe()
LOG_SECONDS, MEASURE_SECONDS, SAVE_SECONDS = 60, 900, 300
MEASURED_PART = 8
"""Every so-many-th held-out question is measured while training: half a minute on one core."""


class Lesson(NamedTuple):
    """One question's inputs, the answering one first if any, and its answer's tokens."""

    inputs: list[Input]
    span: tuple[int, int] | None


class Lessons:
    """The lessons of each step, a pure function of (seed, step)."""

    def __init__(self, reading: Reading, wrong: list[list[int]], recipe: Recipe) -> None:
        self.reading, self.wrong, self.recipe = reading, wrong, recipe
        sources = [p.source if p.spans else UNANSWERABLE for p in reading.problems]
        self.places = {name: [i for i, s in enumerate(sources) if s == name] for name in SHARES}
        self.names = Names((problem.question, problem.lang) for problem in reading.problems)

    def of(self, step: int) -> list[Lesson]:
        """The lessons of one step."""
        rng = random.Random(self.recipe.seed * 1_000_003 + step)
        names = rng.choices(list(SHARES), list(SHARES.values()), k=self.recipe.questions)
        return [self._lesson(rng.choice(self.places[name]), rng) for name in names]

    def _lesson(self, place: int, rng: random.Random) -> Lesson:
        problem: Problem = self.reading.problems[place]
        asked = varied(problem.question, problem.lang, rng)
        question = self.cut(asked)
        span = rng.choice(problem.spans) if problem.spans else None
        lesson = self._hard(problem, asked, span, rng) if span else None
        if lesson:
            return lesson
        count = self.recipe.wrong + (span is None)
        wrong = self.wrong[place] or range(len(self.reading.passages))  # none looked like one
        chosen = [rng.choice(wrong) for _ in range(count)]
        places = [span.passage, *chosen] if span else chosen
        passages = [self.reading.passages[p] for p in places]
        inputs = [put_together(question, passage.ids, passage.begin) for passage in passages]
        if span is None or inputs[0].begin + span.last >= len(inputs[0].ids) - 1:
            return Lesson(inputs, None) if span is None else Lesson(inputs[1:], None)
        return Lesson(inputs, (inputs[0].begin + span.first, inputs[0].begin + span.last))

    def _hard(self, problem: Problem, asked: str, span: Span, rng: random.Random) -> Lesson | None:
        """The answering passage, and all but the answer of it or all but the question."""
        kind, passage = rng.random(), self.reading.passages[span.passage]
        right = put_together(self.cut(asked), passage.ids, passage.begin)
        wrong = None
        if kind < self.recipe.altered:
            other = self.names.altered(asked, problem.lang, passage.text, rng)
            wrong = other and put_together(self.cut(other), passage.ids, passage.begin)
        elif kind < self.recipe.altered + self.recipe.without:
            ids = self.reading.without(passage, problem.answer)
            wrong = ids and put_together(self.cut(asked), ids, passage.begin)
        first, last = right.begin + span.first, right.begin + span.last
        return (
            Lesson([right, wrong], (first, last)) if wrong and last < len(right.ids) - 1 else None
        )

    def cut(self, question: str) -> list[int]:
        """A question's tokens."""
        return self.reading.encoding.encode_ordinary(prepare(question))


class Training:
    """The reader under training, its optimisers and its steps."""

    def __init__(
        self, words: Tensor, state: dict[str, Tensor], recipe: Recipe, device: str
    ) -> None:
        torch.manual_seed(recipe.seed)
        self.recipe = recipe
        self.model = Reader(body(state)).to(device)
        self.words = words.to(device)
        self.steps = 0
        named = [(n, w) for n, w in self.model.named_parameters() if "word_embeddings" not in n]
        heads = [w for n, w in named if not n.startswith("body.")]
        bodies = [w for n, w in named if n.startswith("body.")]
        self.rates = (recipe.body_rate, recipe.head_rate)
        self.optimiser = torch.optim.AdamW(
            [{"params": bodies}, {"params": heads}], weight_decay=recipe.decay, fused=True
        )

    def learn(self, lessons: list[Lesson]) -> tuple[float, float]:
        """One step; (span loss, relevance loss)."""
        inputs = [one for lesson in lessons for one in lesson.inputs]
        spans: list[Tensor] = [torch.empty(0)] * len(inputs)
        scores: list[Tensor] = [torch.empty(0)] * len(inputs)
        for group in alike(inputs, self.recipe.groups):
            batch = batched([inputs[place] for place in group])
            found, relevance = self.model.read(self.rows(batch), batch)
            for row, place in enumerate(group):
                spans[place], scores[place] = found[row], relevance[row]
        span_loss, relevance_loss = losses(lessons, spans, scores)
        (span_loss + relevance_loss).backward()  # type: ignore[no-untyped-call]
        self._move()
        return span_loss.item(), relevance_loss.item()

    def rows(self, batch: Batch) -> Tensor:
        """The word rows of a batch, (inputs, length, 384)."""
        return self.words[torch.from_numpy(batch.ids).to(self.words.device)]

    def _move(self) -> None:
        share = min((self.steps + 1) / self.recipe.warm_up, 1.0)
        share = min(share, 1 - self.steps / self.recipe.steps)
        for group, rate in zip(self.optimiser.param_groups, self.rates, strict=True):
            group["lr"] = rate * share
            torch.nn.utils.clip_grad_norm_(group["params"], self.recipe.clip)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.steps += 1

    @torch.no_grad()
    def read_all(self, inputs: Sequence[Input]) -> Iterator[tuple[Tensor, float]]:
        """(span logits (length, 2), relevance logit) of each input, in their order."""
        found: dict[int, tuple[Tensor, float]] = {}
        for group in alike(inputs, max(len(inputs) // 16, 1)):
            batch: Batch = batched([inputs[place] for place in group])
            spans, relevance = self.model.read(self.rows(batch), batch)
            for row, place in enumerate(group):
                found[place] = (spans[row].cpu(), float(relevance[row]))
        for place in range(len(inputs)):
            yield found[place]

    def state(self) -> dict[str, Tensor]:
        """Everything needed to go on."""
        state = {"words": self.words, "steps": torch.tensor(self.steps)}
        state |= {f"model.{name}": tensor for name, tensor in self.model.state_dict().items()}
        return state | checkpoint.moments(self.optimiser)

    def restore(self, state: dict[str, Tensor]) -> None:
        """Go on from what `state` gave."""
        self.words.copy_(state["words"])
        self.steps = int(state["steps"])
        self.model.load_state_dict(checkpoint.under("model.", state))
        checkpoint.set_moments(self.optimiser, state)


def alike(inputs: Sequence[Input], groups: int) -> list[list[int]]:
    """Places in groups of like length, so that little is padded."""
    order = sorted(range(len(inputs)), key=lambda place: len(inputs[place].ids))
    parts = np.array_split(np.asarray(order), min(groups, len(order)))
    return [[int(place) for place in part] for part in parts]


def losses(
    lessons: list[Lesson], spans: list[Tensor], scores: list[Tensor]
) -> tuple[Tensor, Tensor]:
    """The span's cross entropy; relevance against 0 or 1 and among each question's passages."""
    span_losses, listwise, labels, place = [], [], [], 0
    for lesson in lessons:
        count = len(lesson.inputs)
        labels += [float(lesson.span is not None), *([0.0] * (count - 1))]
        if lesson.span is not None:
            wanted = torch.tensor(lesson.span, device=spans[place].device)
            span_losses.append(cross_entropy(spans[place].T, wanted))
            own = torch.zeros((), dtype=torch.long, device=wanted.device)
            listwise.append(cross_entropy(torch.stack(scores[place : place + count]), own))
        place += count
    logits = torch.stack(scores)
    truth = torch.tensor(labels, device=logits.device)
    relevance = binary_cross_entropy_with_logits(logits, truth)
    zero = logits.new_zeros(())
    span_loss = torch.stack(span_losses).mean() if span_losses else zero
    return span_loss, relevance + (torch.stack(listwise).mean() if listwise else zero)


def train(training: Training, lessons: Lessons, measure: Figures, folder: Path) -> None:
    """Train to the end of the recipe."""
    logging, measuring, saving = map(Every, (LOG_SECONDS, MEASURE_SECONDS, SAVE_SECONDS))
    seen: list[tuple[float, float]] = []
    for step in range(training.steps, training.recipe.steps):
        seen.append(training.learn(lessons.of(step)))
        if logging.due():
            span, relevance = np.mean(seen, axis=0)
            shown = f"span {span:.3f} relevance {relevance:.3f}"
            print(f"{stamp()} step {step + 1} {shown} {len(seen)} steps/min", flush=True)
            seen = []
        if saving.due():
            checkpoint.save(folder, training.state())
        if measuring.due():
            print(f"{stamp()} step {step + 1} {measure.show(training.read_all)}", flush=True)
    checkpoint.save(folder, training.state())
    print(f"{stamp()} end {measure.show(training.read_all)}", flush=True)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Train the reader.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True, help="the contextual model")
    parser.add_argument("--encoder", type=Path, required=True, help="the static encoder's folder")
    parser.add_argument("--checkpoints", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=RECIPE.steps)
    parser.add_argument("--threads", type=int, default=1, help="processor cores to use")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    encoding = vocabulary.load(VOCABULARY)
    recipe = replace(RECIPE, steps=arguments.steps)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    training = Training(*read_state(arguments.start), recipe, device)
    state = checkpoint.load(arguments.checkpoints)
    if state:
        training.restore(state)
    reading = Reading(arguments.data, encoding)
    wrong = known_neighbours(reading, arguments.encoder, arguments.checkpoints)
    measure = Figures(arguments.data, arguments.data / NEWSWIRE, encoding, MEASURED_PART)
    train(training, Lessons(reading, wrong, recipe), measure, arguments.checkpoints)


if __name__ == "__main__":
    main()
