"""The reader as one int8 ONNX file, run with onnxruntime and no torch.

    python -m train.reader_folder --data ../shared/data --checkpoints DIR --out DIR

Inputs `rows`, float32 (inputs, length, 384), the tokens' word rows (`train.contextual_folder`
writes them), and `types`, int64 (inputs, length); outputs `spans`, float32 (inputs, length, 2), the
logits of an answer's first and last token, and `relevance`, (inputs,), the logit that the passage
answers. What rounding costs is measured and said.
"""

import argparse
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from string import Template

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor, nn

from train import checkpoint, shipped, vocabulary
from train.bert import new_body
from train.corpus import NEWSWIRE, VOCABULARY
from train.encoder_folder import quantised
from train.folder import write_checksums
from train.heldout import interval
from train.onnx_file import round_matrices, to_onnx
from train.reader_figures import Figures
from train.reader_model import Input, Reader, batched

NAMES = ("rows", "types")
CARD = Path(__file__).with_name("reader_card.md")
EXACT, SMALL = "reader.onnx", shipped.READER


def load(state: dict[str, Tensor]) -> Reader:
    """The reader of a training state."""
    reader = Reader(new_body())
    reader.load_state_dict(checkpoint.under("model.", state))
    return reader.eval()


class Reading(nn.Module):
    """The reader with nothing padded."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, rows: Tensor, types: Tensor) -> tuple[Tensor, Tensor]:
        """As `Reader.forward`."""
        spans, relevance = self.reader(rows, types, None)
        return spans, relevance


def write(reader: Reader, folder: Path) -> None:
    """Write the float32 and the int8 file."""
    rows = torch.randn(2, 8, reader.body.config.hidden_size)
    outputs = {"spans": {0: "inputs", 1: "length"}, "relevance": {0: "inputs"}}
    given = (rows, torch.ones((2, 8), dtype=torch.long))
    to_onnx(Reading(reader), given, NAMES, outputs, folder / EXACT)
    round_matrices(folder / EXACT, folder / SMALL)


class Session:
    """Runs one of the two files, one input at a time as when answering."""

    def __init__(self, path: Path, words: NDArray[np.float32]) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.words, self.session = words, onnxruntime.InferenceSession(str(path), options)

    def read_all(self, inputs: Sequence[Input]) -> Iterator[tuple[Tensor, float]]:
        """As `Training.read_all`."""
        for one in inputs:
            batch = batched([one])
            given = (self.words[batch.ids], batch.types)
            spans, relevance = self.session.run(None, dict(zip(NAMES, given, strict=True)))
            spans = np.where(batch.text[:, :, None], spans, -np.inf)
            yield torch.from_numpy(spans[0]), float(relevance[0])


def card(figures: Figures, folder: Path, words: NDArray[np.float32], steps: int) -> str:
    """The model card: each held-out figure of the int8 file, and what float32 would have given."""
    rows, scales = quantised(words)
    small = figures.measure(Session(folder / SMALL, rows * scales[:, None]).read_all)
    exact = figures.measure(Session(folder / EXACT, words).read_all)
    values = {"steps": str(steps)}
    for name, found in small.items():
        low, high = interval(found)
        place = re.sub(r"\W", "_", name)
        values[place] = (
            f"{100 * found.mean():.1f} ({100 * low:.1f}-{100 * high:.1f}) of {len(found)} "
            f"| {100 * exact[name].mean():.1f}"
        )
    return Template(CARD.read_text("utf-8")).substitute(values)


def mean(states: Sequence[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The mean weights of several states of one run (Wortsman et al. 2022), the rest the last's."""
    last = states[-1]
    weights = [name for name in last if name.startswith("model.")]
    return last | {
        name: torch.stack([state[name].float() for state in states]).mean(0) for name in weights
    }


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Export the reader.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument(
        "--checkpoints", type=Path, nargs="+", required=True, help="several: their mean is written"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--part", type=int, default=3, help="measure on every n-th question")
    arguments = parser.parse_args()
    folder: Path = arguments.out
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    states = [dict(load_file(one / checkpoint.NAME)) for one in arguments.checkpoints]
    state = mean(states)
    write(load(state), folder)
    encoding = vocabulary.load(VOCABULARY)
    figures = Figures(arguments.data, arguments.data / NEWSWIRE, encoding, arguments.part)
    told = card(figures, folder, state["words"].numpy(), int(state["steps"]))
    print(told)
    (folder / "README.md").write_text(told, "utf-8")
    (folder / EXACT).unlink()
    write_checksums(folder)


if __name__ == "__main__":
    main()
