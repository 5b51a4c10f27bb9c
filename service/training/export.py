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
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from service.training.network import ReaderNetwork

OUTPUTS = ("arc", "rd", "rh", "pos", "trigger", "modality_mode", "role_trigger", "role_argument")


class _Reading(nn.Module):
    """The network as it is run: what does not depend on decoding."""

    def __init__(self, network: ReaderNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, am: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        words = self.network.words(ids, am, first)
        return (*self.network.parse(words), *self.network.events(words))


def export(network: ReaderNetwork, folder: Path, *, float_heads: bool = True, per_channel: bool = True) -> None:
    """Writes reader.onnx, reader.labels.json and reader.weights.npz to ``folder``.

    Args:
        network: trained.
        folder: made where it is missing.
        float_heads: leave the heads in float; they are small, and int8 costs them most.
        per_channel: a scale for each output channel of a weight.
    """
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    with TemporaryDirectory() as scratch:
        plain = Path(scratch) / "reader.float.onnx"
        _write_plain(network, plain)
        quantize_dynamic(
            plain,
            folder / "reader.onnx",
            weight_type=QuantType.QInt8,
            per_channel=per_channel,
            nodes_to_exclude=head_nodes(plain) if float_heads else None,
        )
    labels = dataclasses.asdict(network.labels)
    (folder / "reader.labels.json").write_text(json.dumps(labels, indent=1), encoding="utf-8")
    np.savez_compressed(
        folder / "reader.weights.npz",
        relation=network.relation_table.detach().numpy().astype("f4"),
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


def head_nodes(path: Path) -> list[str]:
    """The matrix products outside the encoder."""
    graph = onnx.load(path).graph
    return [node.name for node in cast("Sequence[onnx.NodeProto]", graph.node) if _is_head(node)]


def _is_head(node: onnx.NodeProto) -> bool:
    return node.op_type in {"MatMul", "Gemm"} and "/encoder/" not in node.name
