"""Fuzzing that coverage guides, of what reads files and questions in Python itself.

    pip install atheris
    python tests/guided.py csv -max_total_time=60

Beside the seeded mutators, which go through everything: atheris cannot follow what is done in C, as
most reading of pages and documents is. Whatever is no `DepecheError` ends it, and the input is
kept in the current folder; more options are libFuzzer's.
"""

from __future__ import annotations

import importlib
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]
atheris = importlib.import_module("atheris")
with atheris.instrument_imports(include=["index", "rag"]):
    from documents import MAKERS

    from index.errors import DepecheError
    from index.readers import mail, markdown, pdf, rows, text
    from rag.understand import understand

READERS: Final[Mapping[str, Callable[[bytes], Iterable[object]]]] = {
    "csv": rows.read_csv,
    "eml": mail.read,
    "json": rows.read_json,
    "jsonl": rows.read_json_lines,
    "md": markdown.read,
    "pdf": pdf.read,
    "txt": text.read,
    "question": lambda data: [understand(data.decode("utf-8", "surrogateescape"))],
}


def main(name: str, *options: str) -> None:
    seeds = Path(mkdtemp())
    whole = MAKERS.get(
        f".{name}", "Combien de loups vivaient en octobre 2024, depuis 2021 ?".encode
    )
    (seeds / "whole").write_bytes(whole())

    def read(data: bytes) -> None:
        with suppress(DepecheError):
            for _ in READERS[name](data):
                pass

    atheris.Setup([sys.argv[0], "-max_len=4096", *options, str(seeds)], read)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
