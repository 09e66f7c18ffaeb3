"""Train the reader on top of the contextual model.

    python -m train.reader --data ../shared/data --start FILE --encoder index/models/encoder \
        --checkpoints DIR

Each step takes some questions, each with a passage that answers it and one that does not: a near
one, or the same without the sentence that answers, or the same with a question about something
else. The word rows stay those of the contextual model, which share them.
Stopped and started again, it goes on where it was. About 24 steps a minute on one core.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from train import checkpoint, shipped, vocabulary
from train.bert import body, read_state
from train.clock import Every, stamp
from train.corpus import NEWSWIRE, VOCABULARY
from train.lessons import Lesson, Lessons, Recipe
from train.neighbours import known_neighbours
from train.reader_figures import Figures
from train.reader_model import Batch, Input, Reader, batched
from train.reading import Reading

RECIPE = Recipe()
LOG_SECONDS, MEASURE_SECONDS, SAVE_SECONDS = 60, 900, 300
MEASURED_PART = 8
"""Every so-many-th held-out question is measured while training: half a minute on one core."""


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
        (span_loss + relevance_loss).backward()
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


def begun(start: Path, recipe: Recipe, device: str) -> Training:
    """On top of a contextual model's file, or going on from the folder of a shipped reader."""
    if not start.is_dir():
        return Training(*read_state(start), recipe, device)
    state = checkpoint.under("reader.", shipped.weights(start / shipped.READER))
    training = Training(shipped.word_rows(), checkpoint.under("body.", state), recipe, device)
    training.model.load_state_dict(state, strict=False)  # its word rows are beside it
    return training


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
    parser.add_argument(
        "--start",
        type=Path,
        required=True,
        help="contextual model, or a shipped reader's folder",
    )
    parser.add_argument("--encoder", type=Path, required=True, help="the static encoder's folder")
    parser.add_argument("--checkpoints", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=RECIPE.steps)
    parser.add_argument("--threads", type=int, default=1, help="processor cores to use")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    encoding = vocabulary.load(VOCABULARY)
    recipe = replace(RECIPE, steps=arguments.steps)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    training = begun(arguments.start, recipe, device)
    state = checkpoint.load(arguments.checkpoints)
    if state:
        training.restore(state)
    reading = Reading(arguments.data, encoding)
    wrong = known_neighbours(reading, arguments.encoder, arguments.checkpoints)
    measure = Figures(arguments.data, arguments.data / NEWSWIRE, encoding, MEASURED_PART)
    train(training, Lessons(reading, wrong, recipe), measure, arguments.checkpoints)


if __name__ == "__main__":
    main()
