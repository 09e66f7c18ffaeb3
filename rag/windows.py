"""What the reading model is given of a passage, and the way back from its tokens to characters."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Final

import numpy as np

from index import vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from index.types import Passage

QUESTION_TOKENS: Final = 64
TITLE_TOKENS: Final = 32
TOKENS: Final = 512  # of the whole


@dataclass(frozen=True, slots=True)
class Window:
    """[CLS] question [SEP] title . passage [SEP]."""

    ids: list[int]
    second: int  # tokens up to and with the first [SEP]
    begin: int  # the passage's first token
    bounds: list[int]  # offset in the passage's text at which each of its tokens ends

    @property
    def types(self) -> NDArray[np.int64]:
        """0 for the question's tokens, 1 for the others, shape (1, tokens)."""
        return (np.arange(len(self.ids)) >= self.second).astype(np.int64)[None]

    def characters(self, first: int, last: int) -> tuple[int, int]:
        """Offsets in the passage's text of its tokens `first` to `last`, counted from 0."""
        end = self.bounds[last]
        # Of a character that became several ("½"), any token means the whole.
        return min(self.bounds[first - 1] if first else 0, max(0, end - 1)), end


def window(question: Sequence[int], passage: Passage) -> Window:
    """Put together what is read; a passage too long loses its end."""
    head = [vocabulary.BEGIN, *question[:QUESTION_TOKENS], vocabulary.BETWEEN]
    title = passage.article.title
    before = head + (vocabulary.encode(f"{title} .")[:TITLE_TOKENS] if title else [])
    ids = vocabulary.encode(passage.text)[: TOKENS - len(before) - 1]
    whole = [*before, *ids, vocabulary.BETWEEN]
    return Window(whole, len(head), len(before), _bounds(passage.text, ids))


def _bounds(text: str, ids: Sequence[int]) -> list[int]:
    """Where each token ends in the text: its bytes are those of the normalised text, in order."""
    # The vocabulary puts a space before the text; normalisation works a character at a time but
    # where letters compose, which cleaned text has done already.
    ends = list(accumulate(map(_width, text), initial=0 if text.startswith(" ") else 1))
    tokens = map(vocabulary.encoding().decode_single_token_bytes, ids)
    return [min(len(text), bisect_left(ends, size)) for size in accumulate(map(len, tokens))]


@lru_cache(maxsize=4096)
def _width(character: str) -> int:
    """Bytes of a character in the normalised text."""
    return len(vocabulary.fold(character).encode())
