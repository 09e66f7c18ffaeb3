"""The static encoder as a folder: `SentenceTransformer(folder)` loads it, NumPy needs one file.

`model.safetensors` holds `embeddings`, int8 (entries, dim), and `weights`, float32 (entries,):
token i has the vector `embeddings[i] * weights[i]`. sentence-transformers folds the two into a
float32 table when loading (the names are model2vec's); it would compute in float16 if the table
were float16, and then differ from NumPy by more than 1e-4.
"""

import json
import shutil
from pathlib import Path
from string import Template

import numpy as np
import tiktoken
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file
from torch import Tensor

from train import vocabulary
from train.corpus import VOCABULARY, encode
from train.folder import write_checksums
from train.heldout import HeldOut, Vectors, interval, measure, show
from train.merges import tokenizer_file
from train.ragged import Ragged

CARD = Path(__file__).with_name("encoder_card.md")
MODULES = {
    "0_StaticEmbedding": "sentence_transformers.sentence_transformer.modules.StaticEmbedding",
    "1_Normalize": "sentence_transformers.sentence_transformer.modules.Normalize",
}


def write_folder(table: Tensor, folder: Path, held_out: HeldOut) -> None:
    """Write weights, tokenizer, card and checksums; `table` is (entries, dim)."""
    shutil.rmtree(folder, ignore_errors=True)
    static = folder / "0_StaticEmbedding"
    static.mkdir(parents=True)
    (folder / "1_Normalize").mkdir()
    embeddings, weights = quantised(table.float().cpu().numpy())
    save_file({"embeddings": embeddings, "weights": weights}, static / "model.safetensors")
    tokenizer_file(VOCABULARY, static / "tokenizer.json")
    (folder / "1_Normalize" / "config.json").write_text("{}\n", "ascii")
    write_json(folder / "modules.json", module_list())
    settings: dict[str, object] = {
        "prompts": {},
        "default_prompt_name": None,
        "similarity_fn_name": "cosine",
    }
    write_json(folder / "config_sentence_transformers.json", settings)
    encoding = vocabulary.load(VOCABULARY)
    figures = measure(lambda texts: embed(folder, encoding, texts), held_out)
    print("exported:", show(figures), flush=True)
    (folder / "README.md").write_text(card(figures, table.shape[1]), "utf-8")
    write_checksums(folder)


def module_list() -> list[dict[str, object]]:
    """What modules.json says."""
    return [
        {"idx": place, "name": str(place), "path": path, "type": kind}
        for place, (path, kind) in enumerate(MODULES.items())
    ]


def write_json(path: Path, value: object) -> None:
    """Readable JSON with a line end."""
    path.write_text(json.dumps(value, indent=2) + "\n", "utf-8")


def quantised(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Rows as int8 and one scale a row: (entries, dim), (entries,)."""
    weights = np.maximum(np.abs(table).max(1), np.finfo(np.float32).tiny) / 127
    return np.rint(table / weights[:, None]).astype(np.int8), weights.astype(np.float32)


def embed(folder: Path, encoding: tiktoken.Encoding, texts: list[str]) -> Vectors:
    """Unit vectors from the folder with NumPy alone, (texts, dim); zeros for an empty text."""
    tensors = load_file(folder / "0_StaticEmbedding" / "model.safetensors")
    table = tensors["embeddings"].astype(np.float32) * tensors["weights"][:, None]
    return unit_means(table, encode(encoding, texts))


def unit_means(table: NDArray[np.float32], texts: Ragged) -> Vectors:
    """The mean of each text's rows, of unit length."""
    vectors = np.zeros((len(texts), table.shape[1]), np.float32)
    for place in range(len(texts)):
        if len(texts[place]):
            vectors[place] = table[texts[place]].mean(0)
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = (vectors / np.where(length > 0, length, 1)).astype(np.float32)
    return unit


def card(figures: dict[str, NDArray[np.float32]], dim: int) -> str:
    """The model card with the measured figures in it."""
    values = {"dim": str(dim)}
    for name, found in figures.items():
        low, high = interval(found)
        place = name.replace("@", "_")
        values[place] = f"{100 * found.mean():.1f} ({100 * low:.1f}-{100 * high:.1f})"
    return Template(CARD.read_text("utf-8")).substitute(values)
