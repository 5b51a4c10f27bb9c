"""The packaged network's weights, to go on learning from: a run may be far away and its own weights gone."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from service.training.network import ReaderNetwork

Tables = dict[str, npt.NDArray[Any]]


def take_weights(network: ReaderNetwork, folder: Path) -> None:
    """Gives the network the weights of the packaged files in ``folder``, as exact as int8 keeps them.

    Raises:
        RuntimeError: they are those of a network of another shape.
        KeyError: they are not all there.
    """
    found = _weights(folder / "reader.onnx")
    with np.load(folder / "reader.weights.npz") as tables:
        of_dependant, of_head = tables["relation_dependant"], tables["relation_head"]
        found["relation_table"] = torch.tensor(of_dependant @ tables["relation"] @ of_head.T)
        found |= {f"{name}_table": torch.tensor(tables[name]) for name in ("role", "path")}
    network.load_state_dict({name: found[name] for name in network.state_dict()})


def _weights(path: Path) -> dict[str, Tensor]:
    """By the names of torch. Matrices are nameless and transposed in the file; the node that uses one says whose."""
    graph = onnx.load(path).graph
    stored: Tables = {table.name: numpy_helper.to_array(table) for table in graph.initializer}
    tables = {name.removesuffix("_quantized"): _as_float(stored, name) for name in stored}
    weights = {name.removeprefix("network."): table for name, table in tables.items() if name.startswith("network.")}
    for node in cast("Sequence[onnx.NodeProto]", graph.node):
        if node.op_type in {"MatMul", "MatMulInteger"} and node.input[1].startswith("onnx::"):
            module = node.name.split("/MatMul")[0].removeprefix("/").replace("/", ".").removeprefix("trigger.")
            weights[f"{module}.weight"] = tables[node.input[1].removesuffix("_quantized")].T
    return {name: torch.tensor(np.ascontiguousarray(table)) for name, table in weights.items()}


def _as_float(stored: Tables, name: str) -> npt.NDArray[Any]:
    """The table; one in integers by its scale and zero point, which are of the whole or of each column."""
    table = stored[name]
    if not name.endswith("_quantized"):
        return table
    of = name.removesuffix("_quantized")
    return ((table.astype(np.float32) - stored[f"{of}_zero_point"]) * stored[f"{of}_scale"]).astype(np.float32)
