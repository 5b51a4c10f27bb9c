"""The packaged network: a batch of sentences in, scores for words out. One call to onnxruntime a batch."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime

from service.pipeline.parsing.pieces import Encoded, Pieces

Array = npt.NDArray[Any]
DATA = Path(__file__).parent / "data"
FORBIDDEN = -1e9


@dataclass(frozen=True, slots=True)
class Labels:
    """What the network tells apart. The first type is NONE, the first role none, the last mode ``-``.

    ``type_modes`` has for each type the modes that it can have; without it any type can have any.
    """

    relations: tuple[str, ...]
    pos: tuple[str, ...]
    types: tuple[str, ...]
    modalities: tuple[str, ...]
    modes: tuple[str, ...]
    roles: tuple[str, ...]
    type_modes: tuple[tuple[str, ...], ...] = ()

    def mode_scores(self) -> Array:
        """[types, modes], to be added to the scores of modes: 0 where the type has the mode, else forbidding."""
        if not self.type_modes:
            return np.zeros((len(self.types), len(self.modes)), np.float32)
        has = [[mode == "-" or mode in of_type for mode in self.modes] for of_type in self.type_modes]
        return np.where(has, 0, FORBIDDEN).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of a batch; b sentences, n positions: position 0 is the root, position i + 1 the word i.

    ``arc`` [b, n, n] (row dependant, column head), ``relation_dependant`` and ``relation_head`` [b, n, r], ``pos``
    [b, n, p], ``trigger`` [b, n, types], ``modality_mode`` [b, n, modalities + modes], ``role_trigger`` and
    ``role_argument`` [b, n, e].
    """

    arc: Array
    relation_dependant: Array
    relation_head: Array
    pos: Array
    trigger: Array
    modality_mode: Array
    role_trigger: Array
    role_argument: Array


class Network:
    """The reader network and its tables. Not shared between threads; a process has its own."""

    def __init__(self, folder: Path = DATA, threads: int = 1) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / "reader.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self.pieces = Pieces(folder / "reader.vocab.txt")
        labels = json.loads((folder / "reader.labels.json").read_text(encoding="utf-8"))
        self.labels = Labels(**{name: tuple(values) for name, values in labels.items()})
        self.mode_scores = self.labels.mode_scores()
        with np.load(folder / "reader.weights.npz") as tables:
            relation, role, path = tables["relation"], tables["role"], tables["path"]
            self._of_dependant, self._of_head = tables["relation_dependant"], tables["relation_head"]
        # [l, r, s] as one matrix: the scores of all labels are one product, of heads ([s, l * r]) or of triggers
        self.relation_table: Array = np.ascontiguousarray(relation.transpose(2, 0, 1).reshape(relation.shape[2], -1))
        self.role_table: Array = np.ascontiguousarray(role.transpose(1, 0, 2).reshape(role.shape[1], -1))
        self.path_table: Array = np.ascontiguousarray(path.transpose(2, 0, 1).reshape(path.shape[2], -1))
        self._folder = folder

    @cached_property
    def version(self) -> str:
        """Name of the weights: the first hexadecimal digits of their files' SHA-256."""
        import hashlib  # noqa: PLC0415 - once a process, not on the way to the first sentence

        weights = b"".join((self._folder / name).read_bytes() for name in ("reader.onnx", "reader.weights.npz"))
        return hashlib.sha256(weights).hexdigest()[:12]

    def run(self, encoded: Sequence[Encoded]) -> Scores:
        """Scores of a batch of sentences, padded to the longest."""
        ids = np.zeros((len(encoded), max(len(sentence.ids) for sentence in encoded)), dtype=np.int64)
        mask = np.zeros_like(ids)
        first = np.zeros((len(encoded), max(len(sentence.first) for sentence in encoded)), dtype=np.int64)
        for row, sentence in enumerate(encoded):
            ids[row, : len(sentence.ids)] = sentence.ids
            mask[row, : len(sentence.ids)] = 1
            first[row, : len(sentence.first)] = sentence.first
        arc, dependant, head, *others = self._session.run(None, {"ids": ids, "am": mask, "first": first})
        return Scores(arc, dependant @ self._of_dependant, head @ self._of_head, *others)
