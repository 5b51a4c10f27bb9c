"""From the network's scores to a tree: a head and a relation for each word."""

import numpy as np

from service.pipeline.parsing.network import FORBIDDEN, Array, Network, Scores
from service.pipeline.parsing.tree_mending import (
    mend_left_headed,
    mend_relatives,
    mend_subjects,
    mend_times,
    mend_titles,
)
from service.pipeline.parsing.trees import ROOT


def decode_tree(network: Network, scores: Scores, row: int, size: int) -> tuple[list[int], list[str]]:
    """Heads and relations of a sentence of ``size`` words, as language allows them."""
    arc = scores.arc[row, : size + 1, : size + 1]
    heads = decode_heads(arc)
    relations = decode_relations(network, scores, row, heads)
    pronoun = scores.pos[row, 1 : size + 1].argmax(1) == network.labels.pos.index("PRON")
    if (mended := mend_subjects(arc, heads, relations, np.flatnonzero(~pronoun).tolist())) != heads:
        heads, relations = mended, decode_relations(network, scores, row, mended)
    heads, relations = mend_relatives(heads, relations, np.flatnonzero(pronoun).tolist())
    return mend_titles(mend_times(mend_left_headed(arc, heads, relations), relations), relations)


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
    done = np.zeros(len(heads), dtype=bool)
    for start in range(len(heads)):
        path: list[int] = []
        word = start
        while not done[word]:
            if word in path:
                return path[path.index(word) :]
            path.append(word)
            if heads[word] == 0:
                break
            word = int(heads[word]) - 1
        done[path] = True
    return None


def decode_relations(network: Network, scores: Scores, row: int, heads: list[int]) -> list[str]:
    """The relation of each word to its head, for the chosen heads only: one matrix product."""
    size = len(heads)
    dependants = scores.relation_dependant[row, 1 : size + 1]
    of_heads = scores.relation_head[row, np.array(heads) + 1]
    table = (dependants @ network.relation_table).reshape(size, len(network.labels.relations), -1)
    best = np.matmul(table, of_heads[:, :, None])[:, :, 0].argmax(1)
    return [network.labels.relations[label] for label in best]
