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
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from service.pipeline.parsing.sentences import MAX_WORDS

Array = npt.NDArray[Any]
DATA = Path(__file__).parent / "data"
MAX_PIECES = 510
"""Sub-words a sentence, without [CLS] and [SEP]: what the encoder has positions for."""
MAX_LETTERS = 100
"""Letters of a word that are looked at."""
CLS, SEP = 101, 102


@dataclass(frozen=True, slots=True)
class Labels:
    relations: tuple[str, ...]
    pos: tuple[str, ...]
    types: tuple[str, ...]
    modalities: tuple[str, ...]
    modes: tuple[str, ...]
    roles: tuple[str, ...]


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
        vocabulary = WordPiece.read_file(str(folder / "reader.vocab.txt"))
        self._pieces = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=MAX_LETTERS))  # noqa: S106 - no password
        self._pieces.normalizer = BertNormalizer(lowercase=True)
        self._pieces.pre_tokenizer = BertPreTokenizer()
        labels = json.loads((folder / "reader.labels.json").read_text(encoding="utf-8"))
        self.labels = Labels(**{name: tuple(labels[name]) for name in Labels.__dataclass_fields__})
        with np.load(folder / "reader.weights.npz") as tables:
            relation, role = tables["relation"], tables["role"]
        # [l, r, s] as one matrix [r, l * s]: the scores of all labels are one product
        self.relation_table: Array = np.ascontiguousarray(relation.transpose(1, 0, 2).reshape(relation.shape[1], -1))
        self.role_table: Array = np.ascontiguousarray(role.transpose(1, 0, 2).reshape(role.shape[1], -1))
        self._folder = folder

    @cached_property
    def version(self) -> str:
        """Name of the weights: the first hexadecimal digits of the file's SHA-256."""
        import hashlib  # noqa: PLC0415 - once a process, not on the way to the first sentence

        return hashlib.sha256((self._folder / "reader.onnx").read_bytes()).hexdigest()[:12]

    def pieces(self, sentences: Sequence[Sequence[str]]) -> list[tuple[list[int], list[int]]]:
        """For each sentence the sub-word ids with [CLS] and [SEP], and each word's first position (0 is the root)."""
        cut = [[word[:MAX_LETTERS] for word in words[:MAX_WORDS]] or [""] for words in sentences]
        encoded = []
        for words, encoding in zip(
            cut,
            self._pieces.encode_batch(cut, is_pretokenized=True, add_special_tokens=False),
            strict=True,
        ):
            ids = encoding.ids[:MAX_PIECES]
            first = [1] * len(words)  # a word without a sub-word (a control character) reads as the first one
            for position, word in reversed(list(enumerate(encoding.word_ids[:MAX_PIECES]))):
                if word is not None:
                    first[word] = position + 1
            encoded.append(([CLS, *ids, SEP], [0, *first]))
        return encoded

    def run(self, encoded: Sequence[tuple[list[int], list[int]]]) -> Scores:
        """Scores of a batch of sentences as ``pieces`` gives them, padded to the longest."""
        ids = np.zeros((len(encoded), max(len(pieces) for pieces, _ in encoded)), dtype=np.int64)
        mask = np.zeros_like(ids)
        first = np.zeros((len(encoded), max(len(words) for _, words in encoded)), dtype=np.int64)
        for row, (pieces, words) in enumerate(encoded):
            ids[row, : len(pieces)] = pieces
            mask[row, : len(pieces)] = 1
            first[row, : len(words)] = words
        return Scores(*self._session.run(None, {"ids": ids, "am": mask, "first": first}))
