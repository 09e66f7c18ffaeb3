"""Each question asked once, by the whole chain, noting what its parts found and how long they took.

Knows the chain by the contracts of its parts alone; nothing is scored here.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from rag.retrieve import DEPTH, fuse

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from eval.questions import Labelled
    from index.types import Hit
    from rag.chain import Chain
    from rag.types import Answer, Span

# lexical: words alone. dense: vectors alone. fused: both in one ranking. ranked: the answer's hits,
# after whatever comes behind the fusion.
ARMS: Final = ("lexical", "dense", "fused", "ranked")
KEPT: Final = 5  # sentences kept of what was read


class Call(NamedTuple):
    """A part of the chain was called."""

    name: str
    given: tuple[Any, ...]
    gave: Any
    began: float
    ended: float


class Watched:
    """A part of the chain that notes the calls of some of its methods."""

    def __init__(self, part: object, calls: list[Call], *names: str) -> None:
        self._part, self._calls, self._names = part, calls, names

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - it stands for any part
        found = getattr(self._part, name)
        return self._noting(name, found) if name in self._names else found

    def _noting(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - as the part has it
            began = time.perf_counter()
            gave = method(*given, **named)
            self._calls.append(Call(name, given, gave, began, time.perf_counter()))
            return gave

        return noted


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its answer, and what the parts gave on the way."""

    question: Labelled
    answer: Answer
    spans: tuple[Span, ...]  # the first of what was read, best first
    rankings: dict[str, list[tuple[str, float]]]  # arm -> passages' ids and scores, best first
    seconds: dict[str, float]  # of each stage; their sum is the whole


class Interview:
    """Asks a chain, one question at a time."""

    def __init__(self, chain: Chain) -> None:
        self._calls: list[Call] = []
        self._chain = replace(
            chain,
            library=cast("Any", self._watched(chain.library, "search_words", "search_vector")),
            embedder=cast("Any", self._watched(chain.embedder, "embed_question")),
            reader=cast("Any", self._watched(chain.reader, "read", "confidence")),
            answerer=cast("Any", self._watched(chain.answerer, "write")),
        )

    def _watched(self, part: object, *names: str) -> Watched:
        return Watched(part, self._calls, *names)

    def ask(self, question: Labelled, history: Sequence[str] = ()) -> Asked:
        """The whole journey of one question."""
        self._calls.clear()
        began = time.perf_counter()
        answer = self._chain.ask(question.text, history)
        ended = time.perf_counter()
        spans = [call.gave for call in self._calls if call.name == "read"]
        spans += [call.given[1] for call in self._calls if call.name == "write"]
        return Asked(
            question,
            answer,
            tuple(spans[-1][:KEPT]) if spans else (),
            self._rankings(answer),
            _seconds(self._calls, began, ended),
        )

    def _rankings(self, answer: Answer) -> dict[str, list[tuple[str, float]]]:
        by_words, by_vector = self._found("search_words"), self._found("search_vector")
        found = (by_words, by_vector, fuse(by_words, by_vector), answer.hits)
        return {
            arm: [(hit.passage.id, hit.score) for hit in hits[:DEPTH]]
            for arm, hits in zip(ARMS, found, strict=True)
        }

    def _found(self, name: str) -> list[Hit]:
        """What all calls gave: a search is repeated deeper, or within the periods asked for."""
        best: dict[str, Hit] = {}
        for hit in (hit for call in self._calls if call.name == name for hit in call.gave):
            if hit.passage.id not in best or hit.score > best[hit.passage.id].score:
                best[hit.passage.id] = hit
        return sorted(best.values(), key=lambda hit: -hit.score)


def _seconds(calls: Sequence[Call], began: float, ended: float) -> dict[str, float]:
    """Stage -> seconds, in the order of the journey; `write` decides and cites as well.

    What no part was called for goes to the stage around it.
    """
    reads = [call for call in calls if call.name in {"read", "confidence"}]
    before = [call for call in calls if not reads or call.began < reads[0].began]
    searched = [call for call in before if call.name != "write"]
    first = min((call.began for call in searched), default=ended)
    read_from = reads[0].began if reads else max((c.ended for c in searched), default=ended)
    read_to = reads[-1].ended if reads else read_from
    took = {"words": 0.0, "vectors": 0.0}
    for call in searched:
        took["words" if call.name == "search_words" else "vectors"] += call.ended - call.began
    return {
        "understand": first - began,
        **took,
        "fuse": max(0.0, read_from - first - sum(took.values())),
        "read": read_to - read_from,
        "write": ended - read_to,
    }
