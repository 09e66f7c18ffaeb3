"""The vocabulary: train a byte-level BPE, or write one as tiktoken ranks.

    python -m train.vocabulary train --data ../shared/data --out vocabulary.json
    python -m train.vocabulary export vocabulary.json index/models/vocabulary.tiktoken

Byte-level BPE as in GPT-2 (Radford et al. 2019): any text is covered, no token is ever unknown.
Knows nothing about the models that use the vocabulary.
"""

import argparse
import base64
import json
import random
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import tiktoken

from train.data import parallel_files, read_parallel

ENTRIES = 64_000
MIN_FREQUENCY = 3
PAIRS = 700_000
"""Pairs read to train: the shipped vocabulary was made from this many (../shared/start)."""

# GPT-2's split, which `tokenizers` applies in its ByteLevel pre-tokenizer.
PATTERN = r"""'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"""


def prepare(text: str) -> str:
    """What is done to a text before it is cut: NFKC, lower case, one space in front.

    Σ is mapped by hand: str.lower makes it ς at the end of a word, `tokenizers` never does.
    """
    text = unicodedata.normalize("NFKC", text).replace("Σ", "σ").lower()
    return text if not text or text.startswith(" ") else " " + text


def load(path: Path) -> tiktoken.Encoding:
    """The encoding in a file of lines `base64(token) rank`; feed it `prepare(text)`."""
    lines = path.read_text("ascii").splitlines()
    ranks = {base64.b64decode(token): int(rank) for token, rank in map(str.split, lines)}
    return tiktoken.Encoding(path.stem, pat_str=PATTERN, mergeable_ranks=ranks, special_tokens={})


def export(source: Path, target: Path) -> None:
    """Write a `tokenizers` file as tiktoken ranks; a token's id is its rank."""
    vocabulary: dict[str, int] = json.loads(source.read_text("utf-8"))["model"]["vocab"]
    of_letter = {letter: byte for byte, letter in byte_letters().items()}
    lines = []
    for token, rank in sorted(vocabulary.items(), key=lambda entry: entry[1]):
        raw = bytes(of_letter[letter] for letter in token)
        lines.append(f"{base64.b64encode(raw).decode('ascii')} {rank}\n")
    target.write_text("".join(lines), "ascii")


def byte_letters() -> dict[int, str]:
    """The printable letter that stands for each byte in a byte-level `tokenizers` file."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(0x100) if byte not in printable]
    letters = {byte: chr(byte) for byte in printable}
    return letters | {byte: chr(0x100 + place) for place, byte in enumerate(others)}


def train(data: Path, target: Path, entries: int, pairs: int) -> None:
    """Train on about `pairs` pairs, each language pair contributing as the root of its size."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True)
    trainer = trainers.BpeTrainer(
        vocab_size=entries,
        min_frequency=MIN_FREQUENCY,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    )
    tokenizer.train_from_iterator(balanced(data, pairs, random.Random(0)), trainer)
    tokenizer.save(str(target))


def balanced(data: Path, pairs: int, rng: random.Random) -> Iterator[str]:
    """Both sides of a random sample, small languages over-represented (size ** 0.5)."""
    sizes = {path: sum(1 for _ in read_parallel(path)) for path in parallel_files(data)}
    total = sum(size**0.5 for size in sizes.values())
    for path, size in sizes.items():
        keep = pairs * size**0.5 / total / size
        for pair in read_parallel(path):
            if rng.random() < keep:
                yield pair.first
                yield pair.second


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    commands = parser.add_subparsers(required=True, dest="command")
    training = commands.add_parser("train")
    training.add_argument("--data", type=Path, required=True)
    training.add_argument("--out", type=Path, required=True)
    training.add_argument("--entries", type=int, default=ENTRIES)
    training.add_argument("--pairs", type=int, default=PAIRS)
    exporting = commands.add_parser("export")
    exporting.add_argument("source", type=Path)
    exporting.add_argument("target", type=Path)
    arguments = parser.parse_args()
    if arguments.command == "train":
        train(arguments.data, arguments.out, arguments.entries, arguments.pairs)
    else:
        export(arguments.source, arguments.target)


if __name__ == "__main__":
    main()
