"""Sentences in batches of like length, padded; what is padded counts for no loss."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

import torch
from torch import Tensor

from service.pipeline.parsing.pieces import Encoded

IGNORED = -100
"""The label that cross_entropy leaves out."""
MASK = 103
"""[MASK] in the vocabulary of BERT."""
JITTER = 6
"""Sub-words by which lengths are shaken, so that epochs batch differently."""


class HasPieces(Protocol):
    @property
    def pieces(self) -> Encoded: ...


Sentence = TypeVar("Sentence", bound=HasPieces)


@dataclass(frozen=True, slots=True)
class Inputs:
    """ids [b, l], mask [b, l], first [b, n], and which of the n positions are words or the root [b, n]."""

    ids: Tensor
    mask: Tensor
    first: Tensor
    real: Tensor


def batches(
    sentences: Sequence[Sentence], pieces: int, shuffle: random.Random | None = None
) -> Iterator[list[Sentence]]:
    """Batches of at most so many padded sub-words; in random order where ``shuffle`` is given."""

    def length(sentence: Sentence) -> float:
        return len(sentence.pieces.ids) + (shuffle.random() * JITTER if shuffle else 0)

    found: list[list[Sentence]] = []
    batch: list[Sentence] = []
    longest = 0
    for sentence in sorted(sentences, key=length):
        longest = max(longest, len(sentence.pieces.ids))
        if batch and (len(batch) + 1) * longest > pieces:
            found.append(batch)
            batch, longest = [], len(sentence.pieces.ids)
        batch.append(sentence)
    if batch:
        found.append(batch)
    if shuffle:
        shuffle.shuffle(found)
    yield from found


def inputs(batch: Sequence[HasPieces]) -> Inputs:
    """The padded inputs of a batch."""
    ids = torch.zeros(len(batch), max(len(one.pieces.ids) for one in batch), dtype=torch.long)
    mask = torch.zeros_like(ids)
    first = torch.zeros(len(batch), max(len(one.pieces.first) for one in batch), dtype=torch.long)
    real = torch.zeros_like(first, dtype=torch.bool)
    for row, one in enumerate(batch):
        ids[row, : len(one.pieces.ids)] = torch.tensor(one.pieces.ids)
        mask[row, : len(one.pieces.ids)] = 1
        first[row, : len(one.pieces.first)] = torch.tensor(one.pieces.first)
        real[row, : len(one.pieces.first)] = True
    return Inputs(ids, mask, first, real)


def with_words_hidden(given: Inputs, share: float) -> Inputs:
    """The same with a share of the sub-words hidden behind [MASK]: what is learnt then leans on the words around.

    [CLS] and [SEP] stay.
    """
    ends = given.mask.sum(1, keepdim=True) - 1
    place = torch.arange(given.ids.size(1)).unsqueeze(0)
    hidden = (torch.rand(given.ids.shape) < share) & (place > 0) & (place < ends)
    return replace(given, ids=given.ids.masked_fill(hidden, MASK))


def padded(rows: Sequence[Sequence[int]], width: int) -> Tensor:
    """Labels [b, width]; the root's position and the padding are ignored."""
    labels = torch.full((len(rows), width), IGNORED)
    for row, values in enumerate(rows):
        labels[row, 1 : len(values) + 1] = torch.tensor(values, dtype=torch.long)
    return labels
