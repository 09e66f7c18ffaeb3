"""The contextual model as an encoder: its word rows, shared with the reader, and its body.

    python -m train.contextual_folder --data ../shared/data --model DIR/contextual.safetensors \
        --out index/models

Input `rows`, float32 (1, tokens, 384), the word rows of [CLS] text [SEP]; output `vector`,
(1, 384), the mean over the tokens, of unit length. What rounding costs is measured and said.
"""

import argparse
import shutil
from pathlib import Path
from string import Template

import numpy as np
import onnxruntime
import torch
from safetensors.numpy import save_file
from torch import Tensor, nn
from torch.nn.functional import normalize
from transformers import BertModel

from train import shipped, vocabulary
from train.bert import CLS, LONGEST, SEP, body, read_state
from train.corpus import NEWSWIRE, VOCABULARY, encode
from train.encoder_folder import quantised
from train.folder import write_checksums
from train.heldout import Figures, HeldOut, Vectors, interval, measure, read_held_out, show
from train.onnx_file import round_matrices, to_onnx
from train.ragged import Ragged

CARD = Path(__file__).with_name("contextual_card.md")
WORDS_CARD = Path(__file__).with_name("words_card.md")
EXACT, SMALL, ROWS = "encoder.onnx", shipped.ENCODER, "words.safetensors"


class Pooled(nn.Module):
    """The body and the mean of what it gives."""

    def __init__(self, model: BertModel) -> None:
        super().__init__()
        self.body = model

    def forward(self, rows: Tensor) -> Tensor:
        """(texts, length, 384) -> unit vectors (texts, 384); nothing is padded."""
        return normalize(self.body(inputs_embeds=rows).last_hidden_state.mean(1), dim=1)


class Encoder:
    """Runs the rounded files as the product does: one text at a time."""

    def __init__(self, rows: np.ndarray, path: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.rows, self.session = rows, onnxruntime.InferenceSession(path, options)

    def __call__(self, texts: Ragged) -> Vectors:
        """Unit vectors, (texts, 384); zeros for a text without tokens."""
        vectors = np.zeros((len(texts), self.rows.shape[1]), np.float32)
        for place in range(len(texts)):
            ids = texts[place][: LONGEST - 2]
            if len(ids):
                read = self.rows[[CLS, *ids, SEP]][None]
                vectors[place] = self.session.run(None, {"rows": read})[0][0]
        return vectors


def write(words: Tensor, state: dict[str, Tensor], out: Path) -> None:
    """Write `words/` and `contextual/` under `out`, without their cards."""
    for name in ("words", "contextual"):
        shutil.rmtree(out / name, ignore_errors=True)
        (out / name).mkdir(parents=True)
    rows, scales = quantised(words.numpy())
    save_file({"rows": rows, "scales": scales}, out / "words" / ROWS)
    exact = out / "contextual" / EXACT
    given = (torch.randn(1, 8, words.shape[1]),)
    to_onnx(Pooled(body(state)), given, ["rows"], {"vector": {0: "inputs"}}, exact)
    round_matrices(exact, exact.with_name(SMALL))


def card(small: Figures, exact: Figures) -> str:
    """The model card: each held-out figure of the rounded files, and of float32."""
    values = {}
    for name, found in small.items():
        low, high = interval(found)
        values[name.replace("@", "_")] = (
            f"{100 * found.mean():.1f} ({100 * low:.1f}-{100 * high:.1f}) "
            f"| {100 * exact[name].mean():.1f}"
        )
    return Template(CARD.read_text("utf-8")).substitute(values)


def figures(words: Tensor, out: Path, held_out: HeldOut) -> tuple[Figures, Figures]:
    """(of the rounded files, of the float32 weights)."""
    encoding = vocabulary.load(VOCABULARY)
    rows, scales = quantised(words.numpy())
    small = Encoder(rows * scales[:, None], out / "contextual" / SMALL)
    exact = Encoder(words.numpy(), out / "contextual" / EXACT)
    return (
        measure(lambda texts: small(encode(encoding, texts)), held_out),
        measure(lambda texts: exact(encode(encoding, texts)), held_out),
    )


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Export the contextual encoder.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    words, state = read_state(arguments.model)
    write(words, state, arguments.out)
    held_out = read_held_out(arguments.data, arguments.data / NEWSWIRE)
    small, exact = figures(words, arguments.out, held_out)
    (arguments.out / "contextual" / EXACT).unlink()
    print("int8:", show(small), "\nfloat32:", show(exact))
    (arguments.out / "contextual" / "README.md").write_text(card(small, exact), "utf-8")
    (arguments.out / "words" / "README.md").write_text(WORDS_CARD.read_text("utf-8"), "utf-8")
    for name in ("words", "contextual"):
        write_checksums(arguments.out / name)


if __name__ == "__main__":
    main()
