"""The reader as one int8 ONNX file, run with onnxruntime and no torch.

    python -m train.reader_folder --data ../shared/data --checkpoints DIR --out DIR

Inputs `input_ids`, `token_type_ids`, `attention_mask`, int64 (inputs, length); outputs `spans`,
float32 (inputs, length, 2), the logits of an answer's first and last token, and `relevance`,
(inputs,), the logit that the passage answers. What quantisation costs is measured and said.
"""

import argparse
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file
from torch import Tensor, nn

from train import checkpoint, vocabulary
from train.bert import new_body
from train.corpus import NEWSWIRE, VOCABULARY
from train.encoder_folder import write_json
from train.folder import write_checksums
from train.reader import alike
from train.reader_figures import Figures
from train.reader_model import Input, Reader, batched

NAMES = ("input_ids", "token_type_ids", "attention_mask")
EXACT, SMALL = "reader.onnx", "reader.int8.onnx"
BATCH = 16


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


def load(state: dict[str, Tensor]) -> Whole:
    """The reader of a training state."""
    reader = Reader(new_body())
    reader.load_state_dict(checkpoint.under("model.", state))
    return Whole(state["words.table"], reader).eval()


def write(whole: Whole, folder: Path) -> None:
    """Write the float32 and the int8 file."""
    ids = torch.ones((2, 8), dtype=torch.long)
    axes = {name: {0: "inputs", 1: "length"} for name in (*NAMES, "spans")}
    torch.onnx.export(
        whole,
        (ids, torch.zeros_like(ids), ids),
        str(folder / EXACT),
        input_names=list(NAMES),
        output_names=["spans", "relevance"],
        dynamic_axes={**axes, "relevance": {0: "inputs"}},
        dynamo=False,
    )
    # Per channel: one scale for a whole matrix costs more than it saves (untested here).
    quantize_dynamic(
        folder / EXACT,
        folder / SMALL,
        op_types_to_quantize=["MatMul", "Gather"],
        per_channel=True,
        weight_type=QuantType.QInt8,
    )


class Session:
    """Runs one of the two files over many inputs."""

    def __init__(self, path: Path, threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(str(path), options)

    def read_all(self, inputs: Sequence[Input]) -> Iterator[tuple[Tensor, float]]:
        """As `Training.read_all`."""
        found: dict[int, tuple[Tensor, float]] = {}
        for group in alike(inputs, max(len(inputs) // BATCH, 1)):
            batch = batched([inputs[place] for place in group])
            given = (batch.ids, batch.types, batch.mask.astype(np.int64))
            spans, relevance = self.session.run(None, dict(zip(NAMES, given, strict=True)))
            spans = np.where(batch.text[:, :, None], spans, -np.inf)
            for row, place in enumerate(group):
                found[place] = (torch.from_numpy(spans[row]), float(relevance[row]))
        for place in range(len(inputs)):
            yield found[place]


def compared(folder: Path, figures: Figures, threads: int) -> dict[str, tuple[float, float]]:
    """Each held-out figure of the float32 and of the int8 file."""
    exact, small = (
        figures.measure(Session(folder / name, threads).read_all) for name in (EXACT, SMALL)
    )
    return {name: (float(exact[name].mean()), float(small[name].mean())) for name in exact}


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
    write(load(dict(load_file(arguments.checkpoints / checkpoint.NAME))), folder)
    encoding = vocabulary.load(VOCABULARY)
    figures = Figures(arguments.data, arguments.data / NEWSWIRE, encoding, arguments.part)
    found = compared(folder, figures, threads=1)
    for name, (exact, small) in found.items():
        print(f"{name}: float32 {exact:.3f}, int8 {small:.3f}, lost {exact - small:+.3f}")
    (folder / EXACT).unlink()
    write_json(folder / "figures.json", found)
    write_checksums(folder)


if __name__ == "__main__":
    main()
