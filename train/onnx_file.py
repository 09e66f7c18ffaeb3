"""Modules as ONNX files for onnxruntime, their matrices in int8."""

import logging
from collections.abc import Sequence
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from torch import Tensor, nn

BITS = 8
BLOCK = 64
"""Weights and activations are rounded in blocks of so many, each with its scale.

On 100 passages of piaf.dev with the body of ../shared/start, mean cosine to the float32 vectors and
median time of up to 160 tokens on one core: float32 39 ms; rounding by channel with one scale for
all activations (dynamic) .9943, 17 ms; blocks of 128 .9991, 28 ms; of 64 .9994, 30 ms; of 32 .9997,
33 ms. Unlike the dynamic one, it does not make a text's numbers depend on the others read with it.
"""
COMPUTE_INT8 = 4
"""onnxruntime's accuracy level at which the activations are rounded too."""


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
    """Write the file again with its matrices in int8."""
    logging.getLogger(MatMulNBitsQuantizer.__module__).setLevel(logging.WARNING)
    quantizer = MatMulNBitsQuantizer(
        onnx.load(exact),
        bits=BITS,
        block_size=BLOCK,
        is_symmetric=True,
        accuracy_level=COMPUTE_INT8,
    )
    quantizer.process()
    quantizer.model.save_model_to_file(str(rounded))
