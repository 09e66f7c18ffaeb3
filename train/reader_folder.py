"""The reader as one int8 ONNX file, run with onnxruntime and no torch.

    python -m train.reader_folder --data ../shared/data --checkpoints DIR --out DIR

Inputs `input_ids`, `token_type_ids`, `attention_mask`, int64 (inputs, length); outputs `spans`,
float32 (inputs, length, 2), the logits of an answer's first and last token, and `relevance`,
(inputs,), the logit that the passage answers. What quantisation costs is measured and said.
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
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file
from torch import Tensor, nn

from train import checkpoint, vocabulary
from train.bert import new_body
from train.corpus import NEWSWIRE, VOCABULARY
from train.encoder_folder import quantised
from train.folder import write_checksums
from train.heldout import interval
from train.reader_figures import Figures
from train.reader_model import Input, Reader, batched

NAMES = ("input_ids", "token_type_ids", "attention_mask")
CARD = Path(__file__).with_name("reader_card.md")
EXACT, SMALL = "reader.onnx", "reader.int8.onnx"


class Whole(nn.Module):
    """The reader with its word rows inside."""

    def __init__(self, words: Tensor, reader: Reader) -> None:
        super().__init__()
        self.words = nn.Embedding(words.shape[0], words.shape[1], _weight=words)
        self.reader = reader

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """As `Reader.forward`, from token ids."""
        spans, relevance = self.reader(self.words(ids), types, mask)
        return spans, relevance


class Rounded(nn.Module):
    """The same with int8 word rows, each with its own scale."""

    def __init__(self, whole: Whole) -> None:
        super().__init__()
        rows, scales = quantised(whole.words.weight.detach().numpy())
        self.rows, self.scales = torch.from_numpy(rows), torch.from_numpy(scales)[:, None]
        self.reader = whole.reader

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """As `Whole.forward`."""
        spans, relevance = self.reader(self.rows[ids].float() * self.scales[ids], types, mask)
        return spans, relevance


def load(state: dict[str, Tensor]) -> Whole:
    """The reader of a training state."""
    reader = Reader(new_body())
    reader.load_state_dict(checkpoint.under("model.", state))
    return Whole(state["words.table"], reader).eval()


def write(whole: Whole, folder: Path) -> None:
    """Write the float32 and the int8 file.

    Matrices are rounded by channel, words by row. One scale for all words, as onnxruntime's own
    rounding of Gather has it, lost 1.3 points of F1 on 317 questions of piaf.dev, this 0.6, at
    the same speed. Choosing among passages suffers more: the right sentence came first for 58.0 %
    of the 250 questions of news.dev, in float32 for 61.6. With the feed-forward outputs left in
    float32 it is 60.4, for 47 MB instead of 37 and 1.4 times the time: not taken so far.
    """
    to_onnx(whole, folder / EXACT)
    half = folder / "rounded.onnx"
    to_onnx(Rounded(whole).eval(), half)
    quantize_dynamic(
        half,
        folder / SMALL,
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        weight_type=QuantType.QInt8,
    )
    half.unlink()


def to_onnx(model: nn.Module, path: Path) -> None:
    """Write a module of (ids, types, mask) for any number of inputs of any length."""
    ids = torch.ones((2, 8), dtype=torch.long)
    axes = {name: {0: "inputs", 1: "length"} for name in (*NAMES, "spans")}
    torch.onnx.export(
        model,
        (ids, torch.zeros_like(ids), ids),
        str(path),
        input_names=list(NAMES),
        output_names=["spans", "relevance"],
        dynamic_axes={**axes, "relevance": {0: "inputs"}},
        dynamo=False,
    )


class Session:
    """Runs one of the two files, one input at a time as when answering.

    int8 activations are scaled by the batch: in company the logits would be others.
    """

    def __init__(self, path: Path, threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(str(path), options)

    def read_all(self, inputs: Sequence[Input]) -> Iterator[tuple[Tensor, float]]:
        """As `Training.read_all`."""
        for one in inputs:
            batch = batched([one])
            given = (batch.ids, batch.types, batch.mask.astype(np.int64))
            spans, relevance = self.session.run(None, dict(zip(NAMES, given, strict=True)))
            spans = np.where(batch.text[:, :, None], spans, -np.inf)
            yield torch.from_numpy(spans[0]), float(relevance[0])


def card(figures: Figures, folder: Path, steps: int) -> str:
    """The model card: each held-out figure of the int8 file, and what float32 would have given."""
    exact, small = (
        figures.measure(Session(folder / name, threads=1).read_all) for name in (EXACT, SMALL)
    )
    values = {"steps": str(steps)}
    for name, found in small.items():
        low, high = interval(found)
        place = re.sub(r"\W", "_", name)
        values[place] = (
            f"{100 * found.mean():.1f} ({100 * low:.1f}-{100 * high:.1f}) of {len(found)} "
            f"| {100 * exact[name].mean():.1f}"
        )
    return Template(CARD.read_text("utf-8")).substitute(values)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Export the reader.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--checkpoints", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--part", type=int, default=3, help="measure on every n-th question")
    arguments = parser.parse_args()
    folder: Path = arguments.out
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    state = dict(load_file(arguments.checkpoints / checkpoint.NAME))
    write(load(state), folder)
    encoding = vocabulary.load(VOCABULARY)
    figures = Figures(arguments.data, arguments.data / NEWSWIRE, encoding, arguments.part)
    told = card(figures, folder, int(state["words.steps"]))
    print(told)
    (folder / "README.md").write_text(told, "utf-8")
    (folder / EXACT).unlink()
    write_checksums(folder)


if __name__ == "__main__":
    main()
