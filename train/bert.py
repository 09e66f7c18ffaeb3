"""The contextual body: a 6-layer, 384-wide BERT over our vocabulary, and its English teacher.

Word rows are handed in, not looked up: while training, only the rows of a batch are touched.
"""

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor
from torch.nn.functional import normalize
from transformers import BertConfig, BertModel

from train import shipped
from train.ragged import Ragged

CLS, SEP, PAD = 64_000, 64_001, 64_002
WORDS = "embeddings.word_embeddings.weight"
LONGEST = 512


def new_body() -> BertModel:
    """The body with random weights; dropout off."""
    config = BertConfig(
        vocab_size=1,
        hidden_size=384,
        num_hidden_layers=6,
        num_attention_heads=12,
        intermediate_size=1536,
        max_position_embeddings=LONGEST,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        # On one core with bfloat16, training steps with sdpa take 1.2 to 1.7 times as long.
        attn_implementation="eager",
    )
    return BertModel(config, add_pooling_layer=False)


def body(state: dict[str, Tensor]) -> BertModel:
    """The body with the weights of a state without word rows."""
    model = new_body()
    missing, unknown = model.load_state_dict({**state, WORDS: torch.zeros(1, 384)}, strict=False)
    if missing or unknown:
        raise ValueError(f"not the state of this body: missing {missing}, unknown {unknown}")
    return model


def read_state(path: Path) -> tuple[Tensor, dict[str, Tensor]]:
    """(word rows in float32, the rest of the body in float32), of a file or a shipped folder."""
    if path.is_dir():
        found = shipped.weights(path / shipped.ENCODER)
        return shipped.word_rows(), {name.removeprefix("body."): found[name] for name in found}
    state = {name: tensor.float() for name, tensor in load_file(path).items()}
    state = {
        name: tensor
        for name, tensor in state.items()
        if "pooler" not in name and "position_ids" not in name
    }
    return state.pop(WORDS), state


def padded(
    texts: Ragged, first: int, last: int, filler: int
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """[first] text [last] and filler up to the longest: ids and mask, both (texts, length)."""
    lengths = texts.lengths
    longest = int(lengths.max(initial=0)) + 2
    columns = np.arange(longest)
    mask = columns < lengths[:, None] + 2
    ids = np.full((len(texts), longest), filler, np.int64)
    ids[:, 0] = first
    ids[np.arange(len(texts)), lengths + 1] = last
    ids[(columns >= 1) & (columns < lengths[:, None] + 1)] = texts.ids
    return ids, mask


def pooled(model: BertModel, rows: Tensor, mask: Tensor) -> Tensor:
    """Mean over the real tokens, of unit length: (texts, length, 384) -> (texts, 384)."""
    with torch.autocast(rows.device.type, torch.bfloat16):
        states = model(inputs_embeds=rows, attention_mask=attention(mask)).last_hidden_state
    weights = mask[:, :, None].float()
    return normalize((states.float() * weights).sum(1) / weights.sum(1), dim=1)


def attention(mask: Tensor) -> Tensor | None:
    """The mask for the body, none where nothing is padded (faster)."""
    return None if bool(mask.all()) else mask.long()


def by_length(texts: Ragged, tokens: int) -> list[NDArray[np.int64]]:
    """Row numbers in groups of like length, each about `tokens` tokens with its padding."""
    order = np.argsort(texts.lengths, kind="stable")
    groups, start = [], 0
    for place in range(1, len(order) + 1):
        full = (
            place == len(order) or (place + 1 - start) * (texts.lengths[order[place]] + 2) > tokens
        )
        if full:
            groups.append(order[start:place])
            start = place
    return groups


class Embedder:
    """A frozen body with its word rows: token rows -> unit vectors."""

    def __init__(self, model: BertModel, words: Tensor, special: tuple[int, int, int]) -> None:
        self.model, self.words, self.special = model, words, special

    @torch.no_grad()
    def __call__(self, texts: Ragged, tokens: int = 8_192) -> NDArray[np.float32]:
        """Unit vectors, (texts, 384)."""
        vectors = np.zeros((len(texts), self.words.shape[1]), np.float32)
        for group in by_length(texts, tokens):
            ids, mask = padded(texts.take(group, LONGEST - 2), *self.special)
            rows = self.words[torch.from_numpy(ids).to(self.words.device)]
            found = pooled(self.model, rows, torch.from_numpy(mask).to(rows.device))
            vectors[group] = found.cpu().numpy()
        return vectors
