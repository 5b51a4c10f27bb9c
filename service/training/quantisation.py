"""Weights and activations in int8, such that a sentence's scores depend on nothing but the sentence.

What onnxruntime makes by itself scales the activations of a batch by their largest: how a word was read hung on the
words that happened to stand beside it. Here each word has a scale of its own, as in Dettmers et al. (2022), LLM.int8().
That costs a sixth of the speed and gives back what int8 cost of accuracy.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast

import numpy as np
import onnx
from onnx import NodeProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

CONSTANTS = {
    "row.least": np.float32(1e-6),
    "row.steps": np.float32(127),
    "row.one": np.float32(1),
    "row.zero": np.uint8(128),
}
"""Steps of a scale on each side of zero, the place of zero among the integers, and what keeps a scale from being 0."""


def quantise(plain: Path, path: Path, float_nodes: Iterable[str]) -> None:
    """Writes the float network of ``plain`` in int8 to ``path``, all but ``float_nodes``.

    Weights take seven bits: with eight, processors that sum products in 16 bits (x86 before VNNI) cut sums off, and
    read otherwise than newer ones.
    """
    quantize_dynamic(
        plain,
        path,
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        nodes_to_exclude=list(float_nodes),
    )
    model = onnx.load(path)
    scale_by_row(model)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def scale_by_row(model: onnx.ModelProto) -> None:
    """Replaces the one scale of a batch's activations by one of each row, in place."""
    graph = model.graph
    nodes = cast("Sequence[NodeProto]", graph.node)
    scales = {node.output[1] for node in nodes if node.op_type == "DynamicQuantizeLinear"}
    joint = {node.output[0]: node for node in nodes if node.op_type == "Mul" and scales & set(node.input)}
    kept = [new for node in nodes if node.output[0] not in joint for new in _by_row(node, joint)]
    del graph.node[:]
    graph.node.extend(kept)
    graph.initializer.extend(numpy_helper.from_array(np.asarray(value), name) for name, value in CONSTANTS.items())


def _by_row(node: NodeProto, joint: Mapping[str, NodeProto]) -> Iterator[NodeProto]:
    """The node, or what stands in its place; ``joint`` are the products of an activation's and a weight's scale."""
    if node.op_type == "DynamicQuantizeLinear":
        yield from _quantised_rows(node.input[0], integers=node.output[0], scale=node.output[1])
    elif node.op_type == "MatMulInteger":
        node.input[2] = "row.zero"
        yield node
    elif node.input and node.input[-1] in joint:
        # one after the other: onnxruntime fuses a product with both scales at once, and then takes the first row's
        rows, columns = joint[node.input[-1]].input
        by_column = f"{node.output[0]}/row.by_column"
        yield helper.make_node("Mul", [node.input[0], columns], [by_column])
        yield helper.make_node("Mul", [by_column, rows], list(node.output))
    else:
        yield node


def _quantised_rows(rows: str, integers: str, scale: str) -> Iterator[NodeProto]:
    """Nodes from ``rows`` in float to ``integers`` and their ``scale`` [.., 1], symmetric about 0."""
    size, largest, scaled = f"{rows}/row.size", f"{rows}/row.largest", f"{rows}/row.scaled"
    yield helper.make_node("Abs", [rows], [size])
    yield helper.make_node("ReduceMax", [size], [largest], axes=[-1], keepdims=1)
    yield helper.make_node("Max", [largest, "row.least"], [f"{largest}.positive"])
    yield helper.make_node("Div", [f"{largest}.positive", "row.steps"], [scale])
    yield helper.make_node("Div", [rows, scale], [scaled])
    yield helper.make_node("QuantizeLinear", [scaled, "row.one", "row.zero"], [integers])
