"""Learning to parse: trees as examples, the parser's loss, attachment scores."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from service.pipeline.parsing.network import Labels
from service.pipeline.parsing.pieces import Encoded, Pieces
from service.training.batches import IGNORED, batches, inputs, padded
from service.training.network import FORBIDDEN, ReaderNetwork
from service.training.treebanks import Tree

LONGEST = 100
"""Words of a sentence that is trained on."""
POS_WEIGHT = 0.3


@dataclass(frozen=True, slots=True)
class TreeExample:
    """Heads (0 the root, i + 1 the word i), relations and parts of speech as indices."""

    pieces: Encoded
    heads: tuple[int, ...]
    relations: tuple[int, ...]
    pos: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """Shares of words: right head (UAS), right head and relation (LAS), right part of speech."""

    uas: float
    las: float
    pos: float


def tree_labels(trees: Iterable[Tree]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The relations and parts of speech that occur, sorted."""
    trees = list(trees)
    relations = sorted({relation for tree in trees for relation in tree.relations})
    return tuple(relations), tuple(sorted({tag for tree in trees for tag in tree.pos}))


def tree_examples(trees: Sequence[Tree], pieces: Pieces, labels: Labels) -> list[TreeExample]:
    """Trees as indices; a relation or tag that the network does not know counts in scoring, not in training."""
    relation_index = {relation: index for index, relation in enumerate(labels.relations)}
    pos_index = {tag: index for index, tag in enumerate(labels.pos)}
    return [
        TreeExample(
            encoded,
            tree.heads,
            tuple(relation_index.get(relation, IGNORED) for relation in tree.relations),
            tuple(pos_index.get(tag, IGNORED) for tag in tree.pos),
        )
        for tree, encoded in zip(trees, pieces.encode([tree.words for tree in trees]), strict=True)
    ]


def parse_loss(network: ReaderNetwork, batch: Sequence[TreeExample]) -> Tensor:
    """Cross-entropy of heads, relations to the right heads, and parts of speech."""
    given = inputs(batch)
    width = given.first.size(1)
    heads = padded([one.heads for one in batch], width)
    relations = padded([one.relations for one in batch], width)
    pos = padded([one.pos for one in batch], width)
    arc, dependant, head, tags = network.parse(network.words(given.ids, given.mask, given.first))
    arc = arc.masked_fill(~given.real.unsqueeze(1), FORBIDDEN)
    scores = network.relations(dependant, head, heads.clamp(min=0))
    return (
        cross_entropy(arc.flatten(0, 1), heads.flatten(), ignore_index=IGNORED)
        + cross_entropy(scores.flatten(0, 1), relations.flatten(), ignore_index=IGNORED)
        + POS_WEIGHT * cross_entropy(tags.flatten(0, 1), pos.flatten(), ignore_index=IGNORED)
    )


@torch.no_grad()
def attachment(network: ReaderNetwork, examples: Sequence[TreeExample]) -> Attachment:
    """Scores with the best head of each word, punctuation counted."""
    network.eval()
    right_heads = right_both = right_pos = total = 0
    for batch in batches(examples, 4000):
        given = inputs(batch)
        width = given.first.size(1)
        heads = padded([one.heads for one in batch], width)
        arc, dependant, head, tags = network.parse(network.words(given.ids, given.mask, given.first))
        arc = arc.masked_fill(~given.real.unsqueeze(1), FORBIDDEN) + FORBIDDEN * torch.eye(width)
        best = arc.argmax(-1)
        relations = network.relations(dependant, head, best).argmax(-1)
        counted = heads != IGNORED
        right = (best == heads) & counted
        right_heads += int(right.sum())
        right_both += int((right & (relations == padded([one.relations for one in batch], width))).sum())
        right_pos += int(((tags.argmax(-1) == padded([one.pos for one in batch], width)) & counted).sum())
        total += int(counted.sum())
    network.train()
    return Attachment(right_heads / total, right_both / total, right_pos / total)


def endless(examples: Sequence[TreeExample], pieces: int, shuffle: random.Random) -> Iterable[list[TreeExample]]:
    """Batches for as long as they are asked for."""
    while True:
        yield from batches(examples, pieces, shuffle)
