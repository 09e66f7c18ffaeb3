"""State on disk that survives being killed at any moment."""

import os
from pathlib import Path

from safetensors.torch import load_file, save_file
from torch import Tensor
from torch.optim import Optimizer

NAME = "state.safetensors"


def save(folder: Path, state: dict[str, Tensor]) -> None:
    """Write beside the old state, then put it in its place."""
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / (NAME + ".unfinished")
    save_file({name: tensor.detach().contiguous() for name, tensor in state.items()}, unfinished)
    with unfinished.open("rb") as file:
        os.fsync(file.fileno())
    unfinished.replace(folder / NAME)


def load(folder: Path) -> dict[str, Tensor] | None:
    """The last state, or None when there is none."""
    path = folder / NAME
    return dict(load_file(path)) if path.exists() else None


def under(prefix: str, state: dict[str, Tensor]) -> dict[str, Tensor]:
    """The part of a state whose names begin so, without the beginning."""
    return {name.removeprefix(prefix): t for name, t in state.items() if name.startswith(prefix)}


def moments(optimiser: Optimizer) -> dict[str, Tensor]:
    """The optimiser's own state, as `adam.<parameter>.<moment>`."""
    weights = [weight for group in optimiser.param_groups for weight in group["params"]]
    return {
        f"adam.{place}.{name}": moment
        for place, weight in enumerate(weights)
        for name, moment in optimiser.state[weight].items()
    }


def set_moments(optimiser: Optimizer, state: dict[str, Tensor]) -> None:
    """Put back what `moments` gave."""
    weights = [weight for group in optimiser.param_groups for weight in group["params"]]
    for place, weight in enumerate(weights):
        optimiser.state[weight] = {
            name: moment if name == "step" else moment.to(weight.device)
            for name, moment in under(f"adam.{place}.", state).items()
        }
