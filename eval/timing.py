"""How long each stage of a question took."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds: of half the questions at most p50, of 95 in 100 at most p95."""

    p50: float
    p95: float


def stage_times(seconds: Sequence[Mapping[str, float]]) -> dict[str, Took]:
    """Stage -> what it took, and `whole`; nothing over no question."""
    if not seconds:
        return {}
    stages = {name: [each[name] for each in seconds] for name in seconds[0]}
    stages["whole"] = [sum(each.values()) for each in seconds]
    return {name: _took(values) for name, values in stages.items()}


def _took(seconds: Sequence[float]) -> Took:
    p50, p95 = np.percentile(np.asarray(seconds) * 1000, (50, 95))
    return Took(round(float(p50), 2), round(float(p95), 2))
