"""State on disk that survives being killed at any moment."""

import os
from pathlib import Path

from safetensors.torch import load_file, save_file
from torch import Tensor

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
