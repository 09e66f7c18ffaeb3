"""Reading ../shared/data: parallel sentences, running documents, questions.

Knows the files and their formats; knows nothing about tokens or models.
"""

import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple


class Pair(NamedTuple):
    """Two texts that mean the same."""

    first: str
    second: str
    source: str


class Line(NamedTuple):
    """One sentence of a running document, in English and in French."""

    part: str
    english: str
    french: str


def parallel_files(data: Path) -> list[Path]:
    """The files of sentence pairs, in a fixed order."""
    return sorted(path for path in (data / "parallel").glob("??-??.tsv.xz"))


def read_parallel(path: Path) -> Iterator[Pair]:
    """The pairs of one file, in its order; the languages are in the file's name."""
    with lzma.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            first, second, source = line.rstrip("\n").split("\t")
            yield Pair(first, second, source)


def read_documents(data: Path) -> Iterator[Line]:
    """The news tests in the order of their articles."""
    path = data / "parallel" / "news-documents.en-fr.tsv.xz"
    with lzma.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield Line(*line.rstrip("\n").split("\t"))


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a file of JSON lines, compressed or not."""
    if path.suffix == ".xz":
        text = lzma.decompress(path.read_bytes()).decode("utf-8")
    else:
        text = path.read_text("utf-8")
    return [json.loads(line) for line in text.split("\n") if line]
