"""The same vocabulary for `tokenizers`: a file of ranks turned back into merges."""

import itertools
import json
from pathlib import Path
from typing import Any

from train.vocabulary import byte_letters, load


def tokenizer_file(source: Path, target: Path) -> None:
    """Write a `tokenizers` file that cuts as `source` (tiktoken ranks) does; no special tokens."""
    encoding = load(source)
    ranks = {encoding.decode_single_token_bytes(rank): rank for rank in range(encoding.n_vocab)}
    letters = byte_letters()

    def spelt(token: bytes) -> str:
        return "".join(letters[byte] for byte in token)

    merges = [
        [spelt(a), spelt(b)] for a, b in (parts(token, ranks) for token in ranks if len(token) > 1)
    ]
    bpe = {
        "type": "BPE",
        "vocab": {spelt(token): rank for token, rank in ranks.items()},
        "merges": merges,
    }
    byte_level = {
        "type": "ByteLevel",
        "add_prefix_space": True,
        "trim_offsets": True,
        "use_regex": True,
    }
    normalizer = {"type": "Sequence", "normalizers": [{"type": "NFKC"}, {"type": "Lowercase"}]}
    whole: dict[str, Any] = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [],
        "normalizer": normalizer,
        "pre_tokenizer": byte_level,
        "post_processor": None,
        "decoder": byte_level,
        "model": bpe,
    }
    target.write_text(json.dumps(whole, ensure_ascii=False), "utf-8")


def parts(token: bytes, ranks: dict[bytes, int]) -> tuple[bytes, bytes]:
    """The two tokens whose merge made this one: merge its bytes by all earlier ranks."""
    pieces = [bytes([byte]) for byte in token]
    while len(pieces) > len(("left", "right")):
        joined = [ranks.get(a + b, len(ranks)) for a, b in itertools.pairwise(pieces)]
        place = min(range(len(joined)), key=joined.__getitem__)
        if joined[place] >= ranks[token]:
            raise ValueError(
                f"{token!r} is not the merge of two earlier tokens: this is no BPE file"
            )
        pieces[place : place + 2] = [pieces[place] + pieces[place + 1]]
    return pieces[0], pieces[1]
