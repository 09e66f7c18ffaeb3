"""Modules as ONNX files for onnxruntime, their matrices in int8."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import GraphProto, NodeProto, helper, numpy_helper
from torch import Tensor, nn

DOMAIN, MATRIX = "com.microsoft", "MatMulIntegerToFloat"
"""onnxruntime's own operator: a product of integers, by one scale of the rows and one a column."""
PART = 384
"""Longest part of a row, and of a column, that is rounded by the same number."""
STEPS, ZERO = 127, 128
"""A row's largest number, and what stands for its 0."""
WEIGHT_STEPS = 63
"""A column's largest number: processors without AVX-512 VNNI add two products in 16 bits."""
CONSTANTS: dict[str, NDArray[np.generic]] = {
    "last_axis": np.array([-1], np.int64),
    "step": np.array(1 / STEPS, np.float32),
    "zero": np.array(ZERO, np.uint8),
    "tiny": np.array(1e-30, np.float32),  # in the place of the largest of a row of zeros
}
NARROW = 64
"""Matrices of fewer columns stay as they are: they cost no time."""


def to_onnx(
    model: nn.Module,
    given: tuple[Tensor, ...],
    names: Sequence[str],
    outputs: dict[str, dict[int, str]],
    path: Path,
) -> None:
    """Write a module whose inputs are (inputs, length, ...), both of any size.

    :param outputs: name -> its axes that vary
    """
    axes = {name: {0: "inputs", 1: "length"} for name in names}
    torch.onnx.export(
        model.eval(),
        given,
        str(path),
        input_names=list(names),
        output_names=list(outputs),
        dynamic_axes={**axes, **outputs},
        dynamo=False,
    )


def round_matrices(exact: Path, rounded: Path) -> None:
    """Write the file again with its matrices in int8.

    Rows of what is multiplied, and columns of a matrix, are rounded to whole steps of their own
    largest number (vector-wise, Dettmers et al. 2022), so that no text's numbers depend on those
    read with it, as they would with onnxruntime's dynamic rounding. docs/decisions/0026 has what
    other ways cost and gave.
    """
    model = onnx.load(exact)
    graph = model.graph
    for name, value in CONSTANTS.items():
        _constant(graph, name, value)
    held = {one.name: one for one in graph.initializer}
    nodes: dict[str, NodeProto] = {}  # by what they give: rows that several matrices share are once
    for node in graph.node:
        matrix = held.get(node.input[1]) if node.op_type == "MatMul" else None
        made = [node]
        if matrix is not None and matrix.dims[1] >= NARROW:
            graph.initializer.remove(matrix)
            made = _rounded(graph, node, numpy_helper.to_array(matrix))
        nodes.update((each.output[0], each) for each in made)
    del graph.node[:]
    graph.node.extend(nodes.values())
    model.opset_import.append(helper.make_opsetid(DOMAIN, 1))
    onnx.save(model, rounded)


def _rounded(graph: GraphProto, node: NodeProto, matrix: NDArray[np.float32]) -> list[NodeProto]:
    """The same product, in parts of at most `PART` rows of the matrix."""
    given, result = node.input[0], node.output[0]
    parts = np.split(matrix, -(-len(matrix) // PART))
    if len(parts) == 1:
        return [*_rounded_rows(given), *_product(graph, given, matrix, result)]
    names = [f"{given}/{number}" for number in range(len(parts))]
    made = [helper.make_node("Split", [given], names, axis=-1, num_outputs=len(parts))]
    sums = [f"{result}_{number}" for number in range(len(parts))]
    for name, part, added in zip(names, parts, sums, strict=True):
        made += [*_rounded_rows(name), *_product(graph, name, part, added)]
    return [*made, helper.make_node("Sum", sums, [result])]


def _rounded_rows(given: str) -> Iterator[NodeProto]:
    """`given` in whole steps of each row's largest number, and that number."""
    size, most, scale, unit = (f"{given}/{name}" for name in ("size", "most", "scale", "unit"))
    yield helper.make_node("Abs", [given], [size])
    yield helper.make_node("ReduceMax", [size, "last_axis"], [most])
    yield helper.make_node("Max", [most, "tiny"], [scale])
    yield helper.make_node("Div", [given, scale], [unit])
    yield helper.make_node("QuantizeLinear", [unit, "step", "zero"], [f"{given}/rounded"])


def _product(
    graph: GraphProto, given: str, matrix: NDArray[np.float32], result: str
) -> Iterator[NodeProto]:
    """Rounded rows times the rounded matrix (rows, columns)."""
    scales = np.maximum(np.abs(matrix).max(0), np.finfo(np.float32).tiny) / WEIGHT_STEPS
    whole, sizes, product = (f"{result}/{name}" for name in ("matrix", "scales", "unit"))
    _constant(graph, whole, np.rint(matrix / scales).astype(np.int8))
    _constant(graph, sizes, scales.astype(np.float32))
    taken = [f"{given}/rounded", whole, "step", sizes, "zero"]
    yield helper.make_node(MATRIX, taken, [product], name=result, domain=DOMAIN)
    yield helper.make_node("Mul", [product, f"{given}/scale"], [result])


def _constant(graph: GraphProto, name: str, value: NDArray[np.generic]) -> None:
    graph.initializer.append(numpy_helper.from_array(value, name))
