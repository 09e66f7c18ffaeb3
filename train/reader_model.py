"""The reader: where in a passage the answer to a question stands, and whether it is there.

[CLS] question [SEP] title . passage [SEP] through the contextual body; one head gives the first
and the last token of the answer, another how well the passage answers.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from transformers import BertModel

from train.bert import CLS, LONGEST, PAD, SEP

QUESTION_TOKENS = 64


class Input(NamedTuple):
    """One question with one passage; `begin` is where the passage's own text starts in `ids`.

    `ends` are the places in `ids` at which its sentences end, where they are known.
    """

    ids: NDArray[np.int64]
    second: int
    begin: int
    ends: tuple[int, ...] = ()


class Batch(NamedTuple):
    """Inputs of like length, all (inputs, length); `text` marks the passage's own tokens."""

    ids: NDArray[np.int64]
    types: NDArray[np.int64]
    mask: NDArray[np.bool_]
    text: NDArray[np.bool_]


def put_together(
    question: Sequence[int], passage: Sequence[int], begin: int, ends: Sequence[int] = ()
) -> Input:
    """The input for a question and a passage whose text starts at its token `begin`.

    :param ends: tokens of the passage after which a sentence ends; what is cut off falls away
    """
    asked = list(question)[:QUESTION_TOKENS]
    read = list(passage)[: LONGEST - len(asked) - 3]
    ids = np.asarray([CLS, *asked, SEP, *read, SEP], np.int64)
    before = len(asked) + 2
    kept = sorted({min(before + end, len(ids) - 1) for end in ends})
    return Input(ids, before, before + begin, tuple(kept))


def batched(inputs: Sequence[Input]) -> Batch:
    """Pad to the longest."""
    longest = max(len(one.ids) for one in inputs)
    shape = (len(inputs), longest)
    ids, types = np.full(shape, PAD, np.int64), np.zeros(shape, np.int64)
    mask, text = np.zeros(shape, np.bool_), np.zeros(shape, np.bool_)
    for row, one in enumerate(inputs):
        length = len(one.ids)
        ids[row, :length] = one.ids
        types[row, one.second : length] = 1
        mask[row, :length] = True
        text[row, one.begin : length - 1] = True
    return Batch(ids, types, mask, text)


class Reader(nn.Module):
    """The body and the two heads; word rows are handed in."""

    def __init__(self, model: BertModel) -> None:
        super().__init__()
        self.body = model
        width = model.config.hidden_size
        self.span = nn.Linear(width, 2)
        self.relevance = nn.Linear(width, 1)
        for head in (self.span, self.relevance):
            nn.init.normal_(head.weight, std=model.config.initializer_range)
            nn.init.zeros_(head.bias)

    def forward(self, rows: Tensor, types: Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor]:
        """(span logits (inputs, length, 2), relevance logits (inputs,))."""
        states = self.body(
            inputs_embeds=rows, token_type_ids=types, attention_mask=mask
        ).last_hidden_state.float()
        return self.span(states), self.relevance(states[:, 0])[:, 0]

    def read(self, rows: Tensor, batch: Batch) -> tuple[Tensor, Tensor]:
        """As `forward` in bfloat16, the span logits of all but the text's own tokens -inf."""
        device = rows.device
        types = torch.from_numpy(batch.types).to(device)
        mask = torch.from_numpy(batch.mask).to(device)
        with torch.autocast(device.type, torch.bfloat16):
            spans, relevance = self(rows, types, mask.long())
        outside = ~torch.from_numpy(batch.text).to(device)
        return spans.float().masked_fill(outside[:, :, None], -torch.inf), relevance.float()
