"""The static encoder: the mean of token vectors, of unit length, alike across languages.

    python -m train.encoder --data ../shared/data --checkpoints DIR --out index/models/encoder

Contrastive learning (InfoNCE, van den Oord et al. 2018) on both sides of the pairs, with
question-passage pairs in the last epochs. Stopped and started again, it goes on where it was.
About 30 minutes on one core.
"""

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy, embedding_bag, normalize

from train import checkpoint, vocabulary
from train.batches import NONE, Aligned, Recipe, Schedule
from train.clock import Every, stamp
from train.corpus import NEWSWIRE, VOCABULARY, encode, open_corpus
from train.encoder_folder import write_folder
from train.heldout import HeldOut, Vectors, measure, read_held_out, show
from train.mined import mined
from train.ragged import Ragged, join
from train.rows import RowAdam

RECIPE = Recipe()
MEASURE_SECONDS, SAVE_SECONDS = 120, 240


class Encoder:
    """The table under training and the step that trains it."""

    def __init__(self, entries: int, recipe: Recipe, device: str) -> None:
        generator = torch.Generator().manual_seed(recipe.seed)
        table = torch.randn(entries, recipe.dim, generator=generator) * recipe.start
        self.rows = RowAdam(table.to(device))
        self.recipe = recipe

    def vectors(self, texts: Ragged) -> Vectors:
        """Unit vectors, (texts, dim); zeros for a text without tokens."""
        device = self.rows.table.device
        ids = torch.from_numpy(texts.ids.astype(np.int64)).to(device)
        starts = torch.from_numpy(texts.starts[:-1]).to(device)
        means = embedding_bag(ids, self.rows.table, starts, mode="mean")
        found: Vectors = normalize(means, dim=1).cpu().numpy()
        return found

    def step(self, sides: list[Aligned], rate: float, rng: np.random.Generator) -> float:
        """One step on several lists of aligned rows, each its own softmax; the loss."""
        flat = [side for pair in sides for side in pair]
        texts = flat[0]
        for side in flat[1:]:
            texts = join(texts, side)
        kept = thin(texts, self.recipe.dropped, rng)
        used, rows, places = self.rows.gather(kept.ids)
        starts = torch.from_numpy(kept.starts[:-1]).to(rows.device)
        vectors = normalize(embedding_bag(places, rows, starts, mode="mean"), dim=1)
        loss = torch.zeros((), device=rows.device)
        for pair, parts in zip(sides, thirds(vectors, sides), strict=True):
            first, second, wrong = parts
            loss = loss + contrast(first, second, same(*pair), self.recipe.scale, wrong)
        loss.backward()
        self.rows.step(used, rows, rate)
        return loss.item()


def thirds(vectors: Tensor, sides: list[Aligned]) -> list[tuple[Tensor, ...]]:
    """Cut the stacked vectors into the parts of each list again."""
    parts = torch.split(vectors, [len(side) for pair in sides for side in pair])
    return list(zip(parts[::3], parts[1::3], parts[2::3], strict=True))


def thin(texts: Ragged, dropped: float, rng: np.random.Generator) -> Ragged:
    """Leave out a share of the tokens at random, never all of a text's."""
    keep = rng.random(len(texts.ids)) >= dropped
    keep[texts.starts[:-1][texts.lengths > 0]] = True
    counts = np.concatenate([[0], np.cumsum(keep)])
    return Ragged(texts.ids[keep], counts[texts.starts])


def same(first: Ragged, second: Ragged, wrong: Ragged = NONE) -> Tensor:
    """Which of (second, then wrong) is no wrong answer for row i of the first, though not its own.

    One of their sides is equal. (rows, rows + wrong)
    """
    left, right, other = (torch.from_numpy(side.hashes()) for side in (first, second, wrong))
    equal = (left[:, None] == left) | (right[:, None] == right)
    equal &= ~torch.eye(len(first), dtype=torch.bool)
    return torch.cat([equal, right[:, None] == other], 1)


def contrast(
    first: Tensor, second: Tensor, excluded: Tensor, scale: float, wrong: Tensor | None = None
) -> Tensor:
    """Symmetric InfoNCE over the batch: the wrong ones are wrong for each of the first."""
    seconds = second if wrong is None else torch.cat([second, wrong])
    logits = (first.bfloat16() @ seconds.bfloat16().T).float() * scale
    logits = logits.masked_fill(excluded.to(logits.device), -torch.inf)
    own = torch.arange(len(logits), device=logits.device)
    back = logits[:, : len(first)].T
    return (cross_entropy(logits, own) + cross_entropy(back, own)) / 2


def train(schedule: Schedule, held_out: HeldOut, folder: Path, device: str) -> Encoder:
    """Train to the end of the schedule, from the last state in `folder` where there is one."""
    encoding = vocabulary.load(VOCABULARY)
    encoder = Encoder(encoding.n_vocab, schedule.recipe, device)
    state = checkpoint.load(folder)
    if state:
        encoder.rows.restore(state)
    measuring, saving = Every(MEASURE_SECONDS), Every(SAVE_SECONDS)
    for step in range(encoder.rows.steps, schedule.steps):
        rng = np.random.default_rng([schedule.recipe.seed, schedule.recipe.epochs, step])
        loss = encoder.step(schedule.lists(step, rng), schedule.rate(step), rng)
        if measuring.due():
            figures = measure(lambda texts: encoder.vectors(encode(encoding, texts)), held_out)
            done = f"step {step + 1}/{schedule.steps} loss {loss:.3f}"
            print(f"{stamp()} {done}  {show(figures)}", flush=True)
        if saving.due():
            checkpoint.save(folder, encoder.rows.state())
    checkpoint.save(folder, encoder.rows.state())
    return encoder


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Train the static encoder.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--checkpoints", type=Path, required=True)
    parser.add_argument("--cache", type=Path, help="tokenised data; default: CHECKPOINTS/cache")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=RECIPE.epochs)
    parser.add_argument("--dim", type=int, default=RECIPE.dim)
    parser.add_argument("--mined", type=Path, help="an earlier encoder that finds wrong passages")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    corpus = open_corpus(arguments.data, arguments.cache or arguments.checkpoints / "cache")
    held_out = read_held_out(arguments.data, arguments.data / NEWSWIRE)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    kept = arguments.checkpoints / "mined.npy"
    near = mined(corpus, arguments.mined, kept) if arguments.mined else None
    schedule = Schedule(corpus, replace(RECIPE, epochs=arguments.epochs, dim=arguments.dim), near)
    encoder = train(schedule, held_out, arguments.checkpoints, device)
    write_folder(encoder.rows.table, arguments.out, held_out)


if __name__ == "__main__":
    main()
