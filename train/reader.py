"""Train the reader on top of the contextual model.

    python -m train.reader --data ../shared/data --start FILE --encoder index/models/encoder \
        --checkpoints DIR

Each step takes some questions, asked by people or (`--made`) made of sentences, each with a passage
that answers it and one that does not: a near one, or the same without the sentence that answers, or
the same with a question about something else. The sentences of these that look most like answers
may then be learnt from alone (`--alone`). The word rows stay those of the contextual model,
which share them.
Stopped and started again, it goes on where it was. 15 steps a minute on one core.
"""

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from train import checkpoint, shipped, vocabulary
from train.bert import WORDS, read_state
from train.clock import Every, stamp
from train.cloze import Cloze, running_text
from train.corpus import NEWSWIRE, VOCABULARY
from train.lessons import Lessons, Recipe
from train.neighbours import known_neighbours
from train.reader_figures import Figures
from train.reader_training import Training
from train.reading import Reading

RECIPE = Recipe()
LOG_SECONDS, MEASURE_SECONDS, SAVE_SECONDS = 60, 900, 300
MEASURED_PART = 8
"""Every so-many-th held-out question is measured while training: half a minute on one core."""


def begun(start: Path, recipe: Recipe, device: str) -> Training:
    """On top of a contextual model's file, or going on from the folder of a shipped reader."""
    if not start.is_dir():
        return Training(*read_state(start), recipe, device)
    state = checkpoint.under("reader.", shipped.weights(start / shipped.READER))
    training = Training(shipped.word_rows(), checkpoint.under("body.", state), recipe, device)
    training.model.load_state_dict(state, strict=False)  # its word rows are beside it
    return training


@torch.no_grad()
def follow(training: Training, before: Path, after: Path) -> None:
    """Move the body as a contextual model moved while it was distilled further.

    The difference of two states of a model carries over to what was trained on the first of them
    (Ilharco et al. 2023): the reader goes on with what it learnt.
    """
    (old_words, old), (new_words, new) = read_state(before), read_state(after)
    training.words += (new_words - old_words).to(training.words.device)
    for name, weight in training.model.body.named_parameters():
        if name != WORDS:
            weight.add_((new[name] - old[name]).to(weight.device))


def train(training: Training, lessons: Lessons, measure: Figures, folder: Path) -> None:
    """Train to the end of the recipe."""
    logging, measuring, saving = map(Every, (LOG_SECONDS, MEASURE_SECONDS, SAVE_SECONDS))
    seen: list[tuple[float, float, float]] = []
    for step in range(training.steps, training.recipe.steps):
        seen.append(training.learn(lessons.of(step)))
        if logging.due():
            span, relevance, sentence = np.mean(seen, axis=0)
            shown = f"span {span:.3f} relevance {relevance:.3f} sentence {sentence:.3f}"
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
    parser.add_argument(
        "--follow",
        type=Path,
        nargs=2,
        metavar=("OLD", "NEW"),
        help="the contextual model that the reader's body was, and the same distilled further",
    )
    parser.add_argument("--encoder", type=Path, required=True, help="the static encoder's folder")
    parser.add_argument("--checkpoints", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=RECIPE.steps)
    parser.add_argument(
        "--rates", type=float, default=1.0, help="share of the full rates; half to train on"
    )
    parser.add_argument(
        "--made", type=float, default=0.0, help="share of the questions made of sentences"
    )
    parser.add_argument(
        "--alone",
        type=int,
        default=0,
        help="sentences are learnt from alone in every so many steps",
    )
    parser.add_argument(
        "--offered",
        type=int,
        default=RECIPE.offered,
        help="near passages of which the one most like an answer is learnt from as wrong",
    )
    parser.add_argument("--threads", type=int, default=1, help="processor cores to use")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    encoding = vocabulary.load(VOCABULARY)
    recipe = replace(
        RECIPE,
        steps=arguments.steps,
        made=arguments.made,
        alone_every=arguments.alone,
        offered=arguments.offered,
        body_rate=RECIPE.body_rate * arguments.rates,
        head_rate=RECIPE.head_rate * arguments.rates,
    )
    device = "cuda" if torch.cuda.is_available() else "cpu"
    training = begun(arguments.start, recipe, device)
    state = checkpoint.load(arguments.checkpoints)
    if state:
        training.restore(state)
    elif arguments.follow:
        follow(training, *arguments.follow)
    reading = Reading(arguments.data, encoding)
    wrong = known_neighbours(reading, arguments.encoder, arguments.checkpoints)
    measure = Figures(arguments.data, arguments.data / NEWSWIRE, encoding, MEASURED_PART)
    lessons = Lessons(reading, Cloze(reading, running_text(arguments.data)), wrong, recipe)
    train(training, lessons, measure, arguments.checkpoints)


if __name__ == "__main__":
    main()
