"""Everything to train on, tokenised once and kept on disk.

    python -m train.corpus --data ../shared/data --cache DIR

What is held out (train.heldout) is left out here, once for all models.
"""

import argparse
import hashlib
import itertools
import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tiktoken
from numpy.typing import NDArray

from train import vocabulary, written
from train.data import Pair, parallel_files, read_documents, read_parallel, read_rows
from train.heldout import HELD_OUT_NEWS, HeldOut, key, read_held_out
from train.questions import read_asked
from train.ragged import Ragged, load_ragged, ragged

VOCABULARY = Path(__file__).parents[1] / "index" / "models" / "vocabulary.tiktoken"
NEWSWIRE = Path("../articles/newswire")
"""The articles behind news.dev, beside the data folder."""
PARTS = ("first", "second", "english", "french", "question", "passage")


@dataclass(frozen=True, slots=True)
class Corpus:
    """Aligned rows: first and second, english and french in document order, question and passage.

    `group` names the file and source of each pair, (pairs,); `groups` is what the numbers mean.
    `origin` and `origins` are the same for the questions.
    """

    first: Ragged
    second: Ragged
    english: Ragged
    french: Ragged
    question: Ragged
    passage: Ragged
    group: NDArray[np.int16]
    groups: list[str]
    origin: NDArray[np.int16]
    origins: list[str]


def training_pairs(data: Path, held_out: HeldOut) -> Iterator[tuple[str, Pair]]:
    """(file stem, pair) of all that may be trained on, in a fixed order, repetitions once."""
    for path in parallel_files(data):
        seen: set[tuple[str, str]] = set()
        for pair in read_parallel(path):
            both = (key(pair.first), key(pair.second))
            if all(both) and both not in seen and not held_out.blocks(pair):
                seen.add(both)
                yield path.name.removesuffix(".tsv.xz"), pair
    for name, pair in question_translations(data):
        if not held_out.blocks(pair):
            yield name, pair


def question_translations(data: Path) -> Iterator[tuple[str, Pair]]:
    """The QALD questions, each language with English and with French."""
    for row in read_rows(data / "qa" / "qald.parallel-questions.jsonl.xz"):
        for anchor, other in itertools.product(("en", "fr"), row):
            if anchor in row and other != anchor and (anchor, other) != ("fr", "en"):
                yield f"{anchor}-{other}", Pair(row[anchor], row[other], "qald")


def encode(encoding: tiktoken.Encoding, texts: Iterable[str]) -> Ragged:
    """Token ids of many texts."""
    return ragged(encoding.encode_ordinary(vocabulary.prepare(text)) for text in texts)


def numbered(names: Iterable[str]) -> tuple[NDArray[np.int16], list[str]]:
    """Names as numbers, and the name of each number."""
    places: dict[str, int] = {}
    numbers = [places.setdefault(name, len(places)) for name in names]
    return np.asarray(numbers, dtype=np.int16), list(places)


def make(data: Path, folder: Path) -> None:
    """Tokenise everything into `folder`; it appears only when complete."""
    encoding = vocabulary.load(VOCABULARY)
    unfinished = folder.with_name(folder.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    held_out = read_held_out(data, data / NEWSWIRE)
    named = list(training_pairs(data, held_out))
    lines = [line for line in read_documents(data) if line.part != HELD_OUT_NEWS]
    asked = read_asked(data)
    texts: dict[str, Iterable[str]] = {
        "first": (pair.first for _, pair in named),
        "second": (pair.second for _, pair in named),
        "english": (line.english for line in lines),
        "french": (line.french for line in lines),
        "question": (row.question for row in asked),
        "passage": (row.passage for row in asked),
    }
    for part in PARTS:
        encode(encoding, texts[part]).save(unfinished / part)
    group, groups = numbered(f"{name} {pair.source}" for name, pair in named)
    origin, origins = numbered(row.source for row in asked)
    np.save(unfinished / "group.npy", group)
    np.save(unfinished / "origin.npy", origin)
    made = {"from": fingerprint(data), "groups": groups, "origins": origins}
    (unfinished / "made.json").write_text(json.dumps(made, indent=1), "utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    unfinished.rename(folder)


def fingerprint(data: Path) -> str:
    """Changes when a data file, the written questions or the vocabulary change."""
    folders = (data, written.FOLDER)
    files = [(path, folder) for folder in folders for path in sorted(folder.rglob("*.*"))]
    sizes = [f"{path.relative_to(folder)} {path.stat().st_size}" for path, folder in files]
    digest = hashlib.sha256("\n".join(sizes).encode() + VOCABULARY.read_bytes())
    return digest.hexdigest()


def open_corpus(data: Path, folder: Path) -> Corpus:
    """The tokenised data in `folder`, made first where it is missing or out of date."""
    made = folder / "made.json"
    if not made.exists() or json.loads(made.read_text("utf-8"))["from"] != fingerprint(data):
        make(data, folder)
    about = json.loads(made.read_text("utf-8"))
    parts = {part: load_ragged(folder / part) for part in PARTS}
    return Corpus(
        **parts,
        group=np.load(folder / "group.npy"),
        groups=about["groups"],
        origin=np.load(folder / "origin.npy"),
        origins=about["origins"],
    )


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Tokenise the training data.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    arguments = parser.parse_args()
    corpus = open_corpus(arguments.data, arguments.cache)
    print(f"{len(corpus.first):,} pairs, {len(corpus.question):,} questions")


if __name__ == "__main__":
    main()
