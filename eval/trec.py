"""TREC run and qrels files, read and written; BEIR's judgements, which have three columns, too.

Columns are separated by white space, so white space and "%" in an id are written as in addresses.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from eval.rows import lines
from index.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from eval.measures import Relevant, Run

_GRADE = re.compile(r"-?\d{1,9}")
_UNSAFE = re.compile(r"[\s%]")
_HEADER = ("query-id", "corpus-id", "score")
_JUDGED, _RANKED = 4, 6  # columns of a line of qrels, of a run
_QRELS = "question, 0, document, grade; or question, document, grade by tabs"
_RUN = "question, Q0, document, rank, score, name"


def read_qrels(path: Path) -> dict[str, dict[str, int]]:
    """Question -> document -> grade.

    :raises InputError: the file cannot be read, or a line of it has another form
    """
    judged: dict[str, dict[str, int]] = {}
    for number, line in lines(path):
        columns = line.split("\t") if line.count("\t") == len(_HEADER) - 1 else line.split()
        if number == 1 and tuple(columns) == _HEADER:
            continue
        if len(columns) == _JUDGED:  # of TREC, the second is unused
            columns = [columns[0], *columns[2:]]
        grade = columns[-1].strip()
        if len(columns) != len(_HEADER) or not _GRADE.fullmatch(grade):
            raise InputError(f"{path}, line {number}: a line of qrels has {_QRELS}, not {line!r}")
        judged.setdefault(columns[0], {})[columns[1]] = int(grade)
    if not any(grade > 0 for grades in judged.values() for grade in grades.values()):
        raise InputError(f"{path} judges no document relevant")
    return judged


def read_run(path: Path) -> dict[str, list[tuple[str, float]]]:
    """Question -> documents and scores, in the file's order.

    :raises InputError: the file cannot be read, or a line of it has another form
    """
    run: dict[str, dict[str, float]] = {}
    for number, line in lines(path):
        columns = line.split()
        score = _number(columns[4]) if len(columns) == _RANKED else None
        if score is None:
            raise InputError(f"{path}, line {number}: a line of a run has {_RUN}, not {line!r}")
        found = run.setdefault(columns[0], {})
        if columns[2] in found:
            raise InputError(f"{path}, line {number}: {columns[2]!r} was ranked before")
        found[columns[2]] = score
    return {question: list(found.items()) for question, found in run.items()}


def write_run(path: Path, run: Run, name: str) -> None:
    """One line a document; the scores fall with the rank, so that ties are kept as ranked."""
    with path.open("w", encoding="utf-8") as file:
        for question, found in run.items():
            for rank, (document, _) in enumerate(found, 1):
                file.write(f"{safe(question)} Q0 {safe(document)} {rank} {1 / rank:.6f} {name}\n")


def write_qrels(path: Path, relevant: Relevant) -> None:
    """One line a document that was judged."""
    with path.open("w", encoding="utf-8") as file:
        for question, grades in relevant.items():
            for document, grade in grades.items():
                file.write(f"{safe(question)} 0 {safe(document)} {grade}\n")


def safe(name: str) -> str:
    """An id without white space."""
    return _UNSAFE.sub(lambda found: quote(found[0]), name)


def _number(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if math.isfinite(found) else None
