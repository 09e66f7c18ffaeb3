"""Adam on a few rows of a big table: only rows of the batch are read and written."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

BETAS = (0.9, 0.999)
EPSILON = 1e-8


class RowAdam:
    """Adam (Kingma & Ba 2015) whose moments stand still while a row is not used.

    Like torch.optim.SparseAdam, without building and sorting a sparse gradient: on one core
    that took longer than the rest of a step together.
    """

    def __init__(self, table: Tensor) -> None:
        self.table = table
        self.mean = torch.zeros_like(table)
        self.square = torch.zeros_like(table)
        self.steps = 0

    def gather(self, ids: NDArray[np.uint16]) -> tuple[Tensor, Tensor, Tensor]:
        """(the distinct ids, their rows as a leaf that takes a gradient, each id's row number)."""
        distinct, inverse = np.unique(ids.astype(np.int64), return_inverse=True)
        used = torch.from_numpy(distinct).to(self.table.device)
        rows = self.table[used].float().requires_grad_()
        return used, rows, torch.from_numpy(inverse).to(self.table.device)

    @torch.no_grad()
    def step(self, used: Tensor, rows: Tensor, rate: float) -> None:
        """Move the used rows along the gradient of the leaf that `gather` gave."""
        self.steps += 1
        gradient = rows.grad
        if gradient is None:
            return
        first, second = BETAS
        mean = self.mean[used].mul_(first).add_(gradient, alpha=1 - first)
        square = self.square[used].mul_(second).addcmul_(gradient, gradient, value=1 - second)
        self.mean[used], self.square[used] = mean, square
        size = rate * (1 - second**self.steps) ** 0.5 / (1 - first**self.steps)
        self.table[used] -= size * mean / (square.sqrt_().add_(EPSILON))

    def state(self) -> dict[str, Tensor]:
        """Everything needed to go on."""
        steps = torch.tensor(self.steps)
        return {"table": self.table, "mean": self.mean, "square": self.square, "steps": steps}

    def restore(self, state: dict[str, Tensor]) -> None:
        """Go on from what `state` gave."""
        for name in ("table", "mean", "square"):
            getattr(self, name).copy_(state[name])
        self.steps = int(state["steps"])
