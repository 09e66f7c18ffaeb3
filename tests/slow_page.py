"""The chat page whose answers come slowly where the question says so: what tests start, and stop.

Run as `python -c`, so that the project is what is imported. Arguments: the library's folder; a port
and how many questions a minute, if not any port and the usual.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import app
from rag.answer import QuotingAnswerer
from rag.chain import Chain, open_chain
from rag.doors.limits import RATE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rag.types import Question, Span


class Slow(QuotingAnswerer):
    def write(self, question: Question, spans: Sequence[Span]) -> Iterator[str]:
        for piece in super().write(question, spans):
            time.sleep(3 * ("lentement" in question.text))
            yield piece


def slow(folder: Path | str, *_: object) -> Chain:
    return replace(open_chain(folder), answerer=Slow())


app.open_chain = slow  # type: ignore[attr-defined, assignment]  # the server takes it from there
port, rate = map(int, sys.argv[2:] or (0, RATE))
app.serve(Path(sys.argv[1]), "127.0.0.1", port, rate=rate)
