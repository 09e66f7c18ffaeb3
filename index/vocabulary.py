"""The one vocabulary: byte-level BPE, shipped, loaded without network, safe to share by threads.

It counts tokens for chunking and feeds the encoder and the reader; train/README.md tells how
it was made.
"""

from __future__ import annotations

import binascii
import functools
import re
import unicodedata
from typing import TYPE_CHECKING

from index import models
from index.errors import DamagedModelError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import tiktoken

# What a manifest records: another vocabulary gets another name.
NAME = "depeche-64k"
ENTRIES = 64_000
BEGIN, BETWEEN = ENTRIES, ENTRIES + 1  # the contextual models' [CLS] and [SEP]; no text has them

# GPT-2's split, the one the vocabulary was trained with.
PATTERN = r"""'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"""

# tiktoken 0.14 dies (a Rust panic, no Python error) on runs of white space: 300,000 characters
# passed, 1,000,000 did not. What exceeds this many is dropped; no two libraries agree there.
LONGEST_SPACE = 10_000
_TOO_MUCH_SPACE = re.compile(rf"(?<!\s)(\s{{{LONGEST_SPACE}}})\s+")


@functools.cache
def encoding() -> tiktoken.Encoding:
    """Return the encoding; feed it what `normalise` returns. Loads in about 0.07 s.

    :raises DamagedModelError: when the shipped file is missing or is not a vocabulary.
    """
    import tiktoken

    file = models.folder() / "vocabulary.tiktoken"
    try:
        lines = file.read_bytes().splitlines()
        ranks = {binascii.a2b_base64(line.split()[0]): int(line.split()[1]) for line in lines}
    except (OSError, ValueError, IndexError) as error:
        raise DamagedModelError(f"{file} cannot be read ({error}). {models.REMEDY}") from error
    if sorted(ranks.values()) != list(range(ENTRIES)):
        raise DamagedModelError(
            f"{file} holds {len(ranks)} tokens, {ENTRIES} were shipped. {models.REMEDY}"
        )
    # No special tokens: "<|endoftext|>" in an article is text like any other.
    return tiktoken.Encoding(NAME, pat_str=PATTERN, mergeable_ranks=ranks, special_tokens={})


def normalise(text: str) -> str:
    """Fold a text as the vocabulary knows it: NFKC, lower case, one space in front.

    Python and the Rust library that trained the vocabulary fold 127 of 1,112,064 code points
    differently, those of Unicode versions they do not share; Python's folding is the one used.
    Σ is folded by hand: Python lowers it to ς at the end of a word, the Rust library never does.
    """
    folded = fold(text)
    if len(folded) > LONGEST_SPACE:
        folded = _TOO_MUCH_SPACE.sub(r"\1", folded)
    return folded if not folded or folded.startswith(" ") else " " + folded


def fold(text: str) -> str:
    """Fold compatibility forms and case."""
    return unicodedata.normalize("NFKC", text).replace("Σ", "σ").lower()


def encode(text: str) -> list[int]:
    """Return the ids of a text; the empty text has none. A lone surrogate is read as U+FFFD."""
    return encoding().encode_ordinary(normalise(text))


def encode_batch(texts: Iterable[str]) -> list[list[int]]:
    """Return the ids of each text.

    In one thread, 15,000 passages of 160 tokens a second; tiktoken's own pool of two was slower
    (13,800), blocks given to two threads reached 20,900 at best on two idle cores.
    """
    encode_ordinary = encoding().encode_ordinary
    return [encode_ordinary(normalise(text)) for text in texts]


def count(text: str) -> int:
    """Return the number of tokens of a text."""
    return len(encode(text))


def count_batch(texts: Iterable[str]) -> list[int]:
    """Return the number of tokens of each text."""
    return [len(ids) for ids in encode_batch(texts)]
