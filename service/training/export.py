"""From weights to the packaged files: ONNX, quantised to int8, with labels and bilinear tables beside it."""

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import numpy as np
import onnx
import torch
from torch import Tensor, nn

from service.training.network import ReaderNetwork
from service.training.quantisation import quantise

OUTPUTS = ("arc", "rd", "rh", "pos", "trigger", "modality_mode", "role_trigger", "role_argument")

FLOAT_HEADS = ("/trigger/", "_of_type", "/modality_mode/")
"""Small heads whose scores are thresholds away from each other."""


class _Reading(nn.Module):
    """The network as it is run: what does not depend on decoding."""

    def __init__(self, network: ReaderNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, am: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        words = self.network.words(ids, am, first)
        return (*self.network.parse(words), *self.network.events(words))


def export(network: ReaderNetwork, folder: Path) -> None:
    """Writes reader.onnx, reader.labels.json and reader.weights.npz of a trained network to ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    with TemporaryDirectory() as scratch:
        plain = Path(scratch) / "reader.float.onnx"
        _write_plain(network, plain)
        quantise(plain, folder / "reader.onnx", float_nodes(plain))
    labels = dataclasses.asdict(network.labels)
    (folder / "reader.labels.json").write_text(json.dumps(labels, indent=1), encoding="utf-8")
    whole = np.eye(network.relation_table.shape[1], dtype="f4")
    np.savez_compressed(
        folder / "reader.weights.npz",
        relation=network.relation_table.detach().numpy().astype("f4"),
        relation_dependant=whole,
        relation_head=whole,
        role=network.role_table.detach().numpy().astype("f4"),
        path=network.path_table.detach().numpy().astype("f4"),
    )


def _write_plain(network: ReaderNetwork, path: Path) -> None:
    """The network in float."""
    ids = torch.randint(1000, 2000, (2, 12))
    first = torch.arange(8).repeat(2, 1)
    axes = {"ids": {0: "b", 1: "l"}, "am": {0: "b", 1: "l"}, "first": {0: "b", 1: "n"}}
    axes |= {name: {0: "b", 1: "n"} for name in OUTPUTS} | {"arc": {0: "b", 1: "n", 2: "n"}}
    torch.onnx.export(
        _Reading(network),
        (ids, torch.ones_like(ids), first),
        str(path),
        input_names=["ids", "am", "first"],
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )


def float_nodes(path: Path) -> list[str]:
    """The matrix products that stay in float: of two results, and those of the heads that int8 costs most."""
    graph = onnx.load(path).graph
    return [node.name for node in cast("Sequence[onnx.NodeProto]", graph.node) if _stays_float(node)]


def _stays_float(node: onnx.NodeProto) -> bool:
    if node.op_type not in {"MatMul", "Gemm"} or "/encoder/" in node.name:
        return False
    return node.name.startswith("/MatMul") or any(head in node.name for head in FLOAT_HEADS)
