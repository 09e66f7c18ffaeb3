"""Matrices rounded to int8: near to what they were, and each text's numbers its own."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from onnx import numpy_helper
from torch import nn

from train import shipped
from train.onnx_file import round_matrices, to_onnx

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from torch import Tensor

WIDE, WIDTH, NARROW = 768, 384, 2


class Layers(nn.Module):
    """A matrix that is rounded in two parts, two that share their rows, and one that is not."""

    def __init__(self) -> None:
        super().__init__()
        self.wide = nn.Linear(WIDE, WIDTH)
        self.one, self.other = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.narrow = nn.Linear(WIDTH, NARROW)

    def forward(self, rows: Tensor) -> Tensor:
        inner = torch.tanh(self.wide(rows))
        given: Tensor = self.narrow(self.one(inner) * self.other(inner))
        return given


@pytest.fixture(scope="module")
def layers() -> Layers:
    torch.manual_seed(3)
    return Layers().eval()


@pytest.fixture(scope="module")
def file(layers: Layers, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rounded file."""
    folder = tmp_path_factory.mktemp("layers")
    given = (torch.randn(1, 4, WIDE),)
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):  # of the exporter
        to_onnx(layers, given, ["rows"], {"out": {0: "inputs", 1: "length"}}, folder / "exact.onnx")
    round_matrices(folder / "exact.onnx", folder / "rounded.onnx")
    return folder / "rounded.onnx"


def outputs(file: Path, rows: NDArray[np.float32]) -> NDArray[np.float32]:
    found: NDArray[np.float32] = onnxruntime.InferenceSession(file).run(None, {"rows": rows})[0]
    return found


def test_what_is_rounded_is_near_and_no_text_changes_another(layers: Layers, file: Path) -> None:
    rows = np.random.default_rng(1).normal(size=(3, 5, WIDE)).astype(np.float32)
    rows[1] *= 10  # a loud text beside quiet ones
    rows[2, 4] = 0
    with torch.no_grad():
        exact = layers(torch.from_numpy(rows)).numpy()
    together = outputs(file, rows)
    assert np.abs(together - exact).max() < 0.03 * np.abs(exact).max()
    alone = [outputs(file, rows[[text]])[0] for text in range(3)]
    assert np.allclose(together, alone, atol=1e-6)


def test_the_weights_come_back_by_their_names(layers: Layers, file: Path) -> None:
    kept, known = shipped.weights(file), layers.state_dict()
    assert {name for name in known if name.endswith("weight")} <= kept.keys()
    for name, weight in kept.items():
        assert torch.allclose(weight, known[name], atol=float(known[name].abs().max()) / 100), name


def test_two_products_fit_in_16_bits_where_processors_add_them_so(file: Path) -> None:
    held = [numpy_helper.to_array(one) for one in onnx.load(file).graph.initializer]
    matrices = [one for one in held if one.dtype == np.int8]
    assert len(matrices) == 4
    assert all(255 * 2 * np.abs(one.astype(int)).max() < 2**15 for one in matrices)
