"""The weights of a model as it is shipped, to train on from where no checkpoint was kept.

They come back as they were rounded: to 8 bits, in blocks.
"""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import NodeProto, numpy_helper
from torch import Tensor

from index.models import tensors
from index.rows import FILE

READER, ENCODER = "reader.int8.onnx", "encoder.int8.onnx"
WORDS = Path(__file__).parents[1] / "index" / "models" / "words"
MATRIX = "MatMulNBits"
ZERO = 128
"""What stands for 0 in a rounded matrix."""


def word_rows() -> Tensor:
    """The shipped word rows in float32, (tokens, 384)."""
    rows, scales = tensors(WORDS / FILE, "rows", "scales")
    return torch.from_numpy(rows.astype(np.float32) * scales[:, None])


def weights(path: Path) -> dict[str, Tensor]:
    """The weights of an ONNX file by their names in the module that it was made from."""
    graph = onnx.load(path).graph
    held = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    matrices = [node for node in graph.node if node.op_type == MATRIX]
    parts = {name for node in matrices for name in node.input}
    found = {name: value for name, value in held.items() if name not in parts}
    for node in matrices:
        rounded, scales = (held[name] for name in node.input[1:3])
        whole = (rounded.astype(np.float32) - ZERO) * scales.reshape(*rounded.shape[:2], 1)
        found[_name(node)] = whole.reshape(len(whole), -1)
    return {name: torch.from_numpy(value.copy()) for name, value in found.items()}


def _name(node: NodeProto) -> str:
    """The parameter's name: "/body/pooler/MatMul_Q8" is of "body.pooler.weight"."""
    return ".".join([*node.name.strip("/").split("/")[:-1], "weight"])
