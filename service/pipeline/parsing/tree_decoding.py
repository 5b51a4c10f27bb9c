"""From the network's scores to trees: a head and a relation for each word."""

from collections.abc import Sequence

import numpy as np

from service.pipeline.parsing.network import FORBIDDEN, Array, Network, Scores
from service.pipeline.parsing.tree_mending import (
    mend_described,
    mend_left_headed,
    mend_lone_subjects,
    mend_relatives,
    mend_subjects,
    mend_times,
    mend_titles,
)
from service.pipeline.parsing.trees import ROOT

Tree = tuple[list[int], list[str]]
"""Head (from 0, -1 the root) and relation of each word."""


def decode_trees(network: Network, scores: Scores, sizes: Sequence[int]) -> list[Tree]:
    """Heads and relations of the batch's sentences of ``sizes`` words, as language allows them."""
    heads = [decode_heads(_arc(scores, row, size)) for row, size in enumerate(sizes)]
    relations = decode_relations(network, scores, range(len(sizes)), heads)
    return [_mended(network, scores, row, tree) for row, tree in enumerate(zip(heads, relations, strict=True))]


def _arc(scores: Scores, row: int, size: int) -> Array:
    return scores.arc[row, : size + 1, : size + 1]


def _mended(network: Network, scores: Scores, row: int, tree: Tree) -> Tree:
    heads, relations = tree
    arc = _arc(scores, row, len(heads))
    pronoun = scores.pos[row, 1 : len(heads) + 1].argmax(1) == network.labels.pos.index("PRON")
    if (mended := mend_subjects(arc, heads, relations, np.flatnonzero(~pronoun).tolist())) != heads:
        heads, relations = mended, decode_relations(network, scores, [row], [mended])[0]
    heads, relations = mend_relatives(heads, relations, np.flatnonzero(pronoun).tolist())
    verb = scores.pos[row, 1 : len(heads) + 1].argmax(1) == network.labels.pos.index("VERB")
    relations = mend_lone_subjects(heads, relations, np.flatnonzero(verb).tolist())
    heads = mend_times(mend_left_headed(arc, heads, relations), relations)
    heads, relations = mend_titles(heads, relations)
    return mend_described(heads, relations), relations


def decode_heads(arc: Array) -> list[int]:
    """Heads of n words from arc scores [n + 1, n + 1]: the best head of each word, mended where that is no tree.

    One root is kept, the best; each cycle is opened where another head outside it costs least (the greedy step of
    Chu and Liu 1965, Edmonds 1967; enough for the few sentences in a hundred in which the best heads form no tree).
    """
    scores = arc[1:].astype(np.float64)
    size = len(scores)
    scores[np.arange(size), np.arange(1, size + 1)] = FORBIDDEN
    heads = scores.argmax(1)
    roots = np.flatnonzero(heads == 0)
    root = int(roots[0]) if len(roots) == 1 else int((scores[:, 0] - scores[:, 1:].max(1)).argmax())
    scores[np.arange(size) != root, 0] = FORBIDDEN
    scores[root, 1:] = FORBIDDEN
    scores[:root, root + 2 :] = scores[root + 1 :, 1 : root + 1] = FORBIDDEN  # in English no arc leaps over the root
    heads = scores.argmax(1)
    while (cycle := _cycle(heads)) is not None:
        inside = np.isin(np.arange(size + 1), np.array(cycle) + 1)
        outside = np.where(inside[None, :], FORBIDDEN, scores[cycle])
        loss = scores[cycle].max(1) - outside.max(1)
        at = int(loss.argmin())
        scores[cycle[at]] = outside[at]
        heads[cycle[at]] = int(outside[at].argmax())
    return [int(head) - 1 if head else ROOT for head in heads]


def _cycle(heads: Array) -> list[int] | None:
    """The words of a cycle among ``heads`` (0 the root, i + 1 the word i), or none."""
    above = np.concatenate(([0], heads))
    for _ in range(len(heads).bit_length()):  # each step doubles how far up it looks
        above = above[above]
    lost = np.flatnonzero(above[1:])
    if not len(lost):
        return None
    path = [int(above[lost[0] + 1]) - 1]  # so far up it is in the cycle
    while (word := int(heads[path[-1]]) - 1) != path[0]:
        path.append(word)
    return path


def decode_relations(
    network: Network, scores: Scores, rows: Sequence[int], heads: Sequence[list[int]]
) -> list[list[str]]:
    """The relation of each word to its head in some sentences of the batch, for the chosen heads only.

    One matrix product for all. Words share heads, so the heads are multiplied with the table: half as many.
    """
    labels = network.labels.relations
    distinct = [np.unique(of_row, return_inverse=True) for of_row in heads]
    of_heads = np.concatenate(
        [scores.relation_head[row, found + 1] for row, (found, _) in zip(rows, distinct, strict=True)]
    )
    tables = (of_heads @ network.relation_table).reshape(len(of_heads), len(labels), -1)
    relations, taken = [], 0
    for row, (found, head_of) in zip(rows, distinct, strict=True):
        dependants = scores.relation_dependant[row, 1 : len(head_of) + 1]
        best = np.matmul(tables[taken + head_of], dependants[:, :, None])[:, :, 0].argmax(1)
        relations.append([labels[label] for label in best])
        taken += len(found)
    return relations
