"""The contextual model: distilled from an English teacher into every language.

    python -m train.contextual --data ../shared/data --start FILE --checkpoints DIR

Both sides of a pair are brought to the teacher's vector of the English side (Reimers & Gurevych
2020), as are running passages; questions are brought to their passages. Stopped and started
again, it goes on where it was. About 40 steps a minute on one core with bfloat16.
"""

import argparse
import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor
from torch.nn.functional import cross_entropy

from train import checkpoint, vocabulary
from train.bert import CLS, LONGEST, PAD, SEP, WORDS, Embedder, body, padded, pooled, read_state
from train.clock import Every, stamp
from train.corpus import NEWSWIRE, VOCABULARY, encode, open_corpus
from train.encoder import contrast, same
from train.heldout import HeldOut, measure, read_held_out, show, smaller
from train.mixture import Asking, Taught, steps
from train.ragged import Ragged
from train.rows import RowAdam
from train.teacher import Teacher, open_teacher

SPECIAL = (CLS, SEP, PAD)
NEWEST = "contextual.safetensors"
"""The newest state in float16, in the checkpoint folder, for the reader to start from."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """The numbers of a run."""

    steps: int = 3_200
    tokens: int = 2_560
    warm_up: int = 100
    body_rate: float = 1e-4
    word_rate: float = 1e-3
    decay: float = 0.01
    clip: float = 1.0
    scale: float = 20.0
    against_batch: float = 0.3
    seed: int = 1


RECIPE = Recipe()
LOG_SECONDS, MEASURE_SECONDS, SAVE_SECONDS = 60, 600, 300


class Student:
    """The model under training, its optimisers and its steps."""

    def __init__(
        self, words: Tensor, state: dict[str, Tensor], recipe: Recipe, device: str
    ) -> None:
        self.recipe = recipe
        self.model = body(state).to(device)
        self.words = RowAdam(words.to(device))
        self.weights = [
            w for name, w in self.model.named_parameters() if "word_embeddings" not in name
        ]
        self.optimiser = torch.optim.AdamW(
            self.weights, lr=recipe.body_rate, weight_decay=recipe.decay, fused=True
        )

    def rate(self) -> float:
        """Share of the full rate at this step: up in the warm-up, then linearly to zero."""
        done = self.words.steps
        return min((done + 1) / self.recipe.warm_up, 1 - done / self.recipe.steps)

    def vectors(self, sides: list[Ragged]) -> tuple[list[Tensor], Tensor, Tensor]:
        """(vectors (texts, 384) of each side, the used row numbers, the used rows)."""
        ids, masks = zip(*(padded(texts, *SPECIAL) for texts in sides), strict=True)
        used, rows, places = self.words.gather(np.concatenate([side.ravel() for side in ids]))
        vectors = []
        for side, mask, part in zip(
            ids, masks, torch.split(places, [side.size for side in ids]), strict=True
        ):
            gathered = rows[part].view(*side.shape, -1)
            vectors.append(pooled(self.model, gathered, torch.from_numpy(mask).to(rows.device)))
        return vectors, used, rows

    def learn(self, batch: Taught | Asking, teacher: Teacher) -> float:
        """One step; the loss."""
        if isinstance(batch, Taught):
            vectors, used, rows = self.vectors([batch.texts])
            loss = self.taught(vectors[0], batch, teacher)
        else:
            both, used, rows = self.vectors([batch.questions, batch.passages])
            loss = contrast(
                both[0], both[1], same(batch.questions, batch.passages), self.recipe.scale
            )
            loss = self.recipe.against_batch * loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.weights, self.recipe.clip)
        share = self.rate()
        self.optimiser.param_groups[0]["lr"] = self.recipe.body_rate * share
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.words.step(used, rows, self.recipe.word_rate * share)
        return loss.item()

    def taught(self, vectors: Tensor, batch: Taught, teacher: Teacher) -> Tensor:
        """Distance to the teacher's vectors, and telling them from those of the batch."""
        keys = batch.numbers
        if batch.counts is None:
            wanted = teacher.sentences(keys)
        else:
            wanted = teacher.passages(keys, batch.counts)
        targets = torch.from_numpy(wanted).to(vectors.device)
        number = torch.from_numpy(keys).to(vectors.device)
        own = torch.arange(len(number), device=vectors.device)
        twice = (number[:, None] == number) & (own[:, None] != own)
        logits = (vectors @ targets.T * self.recipe.scale).masked_fill(twice, -torch.inf)
        cosine = (vectors * targets).sum(1).mean()
        return 1 - cosine + self.recipe.against_batch * cross_entropy(logits, own)

    def embed(self, texts: Ragged) -> np.ndarray:
        """Unit vectors without training, (texts, 384)."""
        return Embedder(self.model, self.words.table, SPECIAL)(
            texts.take(np.arange(len(texts)), LONGEST - 2)
        )

    def state(self) -> dict[str, Tensor]:
        """Everything needed to go on."""
        state = {f"words.{name}": tensor for name, tensor in self.words.state().items()}
        state |= {f"body.{name}": tensor for name, tensor in self.body_state().items()}
        return state | checkpoint.moments(self.optimiser)

    def body_state(self) -> dict[str, Tensor]:
        """The body without word rows."""
        return {name: tensor for name, tensor in self.model.state_dict().items() if name != WORDS}

    def restore(self, state: dict[str, Tensor]) -> None:
        """Go on from what `state` gave."""
        self.words.restore(checkpoint.under("words.", state))
        self.model.load_state_dict(checkpoint.under("body.", state), strict=False)
        checkpoint.set_moments(self.optimiser, state)


def keep(student: Student, folder: Path) -> None:
    """Write the state to go on from and the float16 model."""
    checkpoint.save(folder, student.state())
    model = {WORDS: student.words.table, **student.body_state()}
    save_file(
        {n: t.half().cpu().contiguous() for n, t in model.items()},
        folder / (NEWEST + ".unfinished"),
    )
    (folder / (NEWEST + ".unfinished")).replace(folder / NEWEST)


def train(
    student: Student,
    teacher: Teacher,
    batches: Iterable[Taught | Asking],
    held_out: HeldOut,
    folder: Path,
) -> None:
    """Train to the end of the batches."""
    encoding = vocabulary.load(VOCABULARY)
    logging, measuring, saving = map(Every, (LOG_SECONDS, MEASURE_SECONDS, SAVE_SECONDS))
    losses: list[float] = []
    tokens = 0
    for batch in batches:
        losses.append(student.learn(batch, teacher))
        tokens += batch.tokens
        if logging.due():
            speed = f"{tokens / LOG_SECONDS:.0f} tokens/s"
            loss = f"loss {np.mean(losses):.4f}"
            print(f"{stamp()} step {student.words.steps} {loss} {speed}", flush=True)
            losses, tokens = [], 0
        if measuring.due():
            figures = measure(lambda texts: student.embed(encode(encoding, texts)), held_out)
            print(f"{stamp()} step {student.words.steps}  {show(figures)}", flush=True)
        if saving.due():
            keep(student, folder)
    keep(student, folder)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Distil the contextual model.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True, help="state to begin with")
    parser.add_argument("--checkpoints", type=Path, required=True)
    parser.add_argument("--cache", type=Path, help="tokenised data; default: CHECKPOINTS/cache")
    parser.add_argument("--steps", type=int, default=RECIPE.steps)
    parser.add_argument("--threads", type=int, default=1, help="processor cores to use")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    cache = arguments.cache or arguments.checkpoints / "cache"
    device = "cuda" if torch.cuda.is_available() else "cpu"
    corpus = open_corpus(arguments.data, cache)
    held_out = read_held_out(arguments.data, arguments.data / NEWSWIRE)
    teacher = open_teacher(arguments.data, held_out, cache.with_name("teacher"), device)
    recipe = replace(RECIPE, steps=arguments.steps)
    student = Student(*read_state(arguments.start), recipe, device)
    state = checkpoint.load(arguments.checkpoints)
    if state:
        student.restore(state)
    endless = steps(corpus, teacher.number, recipe.tokens, recipe.seed)
    batches = itertools.islice(endless, student.words.steps, recipe.steps)
    train(student, teacher, batches, smaller(held_out), arguments.checkpoints)


if __name__ == "__main__":
    main()
