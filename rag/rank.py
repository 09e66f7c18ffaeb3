"""Passages in the order in which they answer, once they were read. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rag.decide import chance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Hit
    from rag.types import Span


def ranked(hits: Sequence[Hit], spans: Sequence[Span]) -> list[Hit]:
    """The passages read by their best sentence, then the others in the order found.

    A score says how probable it is that the passage answers, 0..1; those not read come below.

    :param spans: best first
    """
    best: dict[str, float] = {}
    for span in spans:
        best.setdefault(span.passage.id, chance(span))
    first = sorted(
        (hit for hit in hits if hit.passage.id in best), key=lambda h: -best[h.passage.id]
    )
    rest = [hit for hit in hits if hit.passage.id not in best]
    least = min(best.values(), default=1.0)
    top = max((hit.score for hit in rest), default=0.0)
    scores = [best[hit.passage.id] for hit in first]
    scores += [least * (max(hit.score, 0.0) / top) if top > 0 else 0.0 for hit in rest]
    return [replace(hit, score=score) for hit, score in zip([*first, *rest], scores, strict=True)]
