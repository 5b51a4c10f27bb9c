"""Labelled attachment on the test parts of treebanks, with the treebank's own words."""

from collections.abc import Iterator
from pathlib import Path

from service.pipeline.parsing.network import Network
from service.pipeline.parsing.tree_decoding import decode_trees
from service.training.treebanks import Tree, read_trees
from tests.bench.scores import Figure

BATCH = 16


def tree_figures(path: Path, network: Network) -> Iterator[Figure]:
    """Share of words with the right head and relation, punctuation counted."""
    trees = sorted(read_trees(path), key=lambda tree: len(tree.words))
    right = total = 0
    for start in range(0, len(trees), BATCH):
        batch = trees[start : start + BATCH]
        scores = network.run(network.pieces.encode([tree.words for tree in batch]))
        sizes = [min(len(tree.words), scores.arc.shape[1] - 1) for tree in batch]
        for tree, decoded in zip(batch, decode_trees(network, scores, sizes), strict=True):
            right += _right(tree, *decoded)
            total += len(tree.words)
    yield Figure(f"treebanks/{path.name.split('.')[0]}", "LAS", right / total, total)


def _right(tree: Tree, heads: list[int], relations: list[str]) -> int:
    return sum(
        head + 1 == wanted and relation == wanted_relation
        for head, relation, wanted, wanted_relation in zip(heads, relations, tree.heads, tree.relations, strict=False)
    )
