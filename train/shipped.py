"""The weights of a model as it is shipped, to train on from where no checkpoint was kept.

They come back as they were rounded: to 8 bits.
"""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import NodeProto, numpy_helper
from torch import Tensor

from index.models import tensors
from index.rows import FILE
from train.onnx_file import CONSTANTS, MATRIX

READER, ENCODER = "reader.int8.onnx", "encoder.int8.onnx"
WORDS = Path(__file__).parents[1] / "index" / "models" / "words"


def word_rows() -> Tensor:
    """The shipped word rows in float32, (tokens, 384)."""
    rows, scales = tensors(WORDS / FILE, "rows", "scales")
    return torch.from_numpy(rows.astype(np.float32) * scales[:, None])


def weights(path: Path) -> dict[str, Tensor]:
    """The weights of an ONNX file by their names in the module that it was made from."""
    graph = onnx.load(path).graph
    held = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    matrices = [node for node in graph.node if "MatMul" in node.op_type and node.input[1] in held]
    used = {name for node in matrices for name in node.input} | set(CONSTANTS)
    found = {name: value for name, value in held.items() if name not in used}
    parts: dict[str, list[np.ndarray]] = {}
    for node in matrices:
        scales = held[node.input[3]] if node.op_type == MATRIX else np.float32(1)
        parts.setdefault(_name(node), []).append(held[node.input[1]] * scales)
    found |= {name: np.concatenate(matrix).T for name, matrix in parts.items()}
    return {name: torch.from_numpy(value.copy()) for name, value in found.items()}


def _name(node: NodeProto) -> str:
    """The parameter's name: "/body/pooler/MatMul" is of "body.pooler.weight"."""
    return ".".join([*node.name.strip("/").split("/")[:-1], "weight"])
