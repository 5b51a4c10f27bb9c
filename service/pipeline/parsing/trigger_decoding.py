"""From the network's scores to triggers with their types, modes, modality and roles."""

from collections.abc import Mapping, Sequence
from typing import cast

import numpy as np

from service.knowledge.verbs import Verb
from service.model import EventType, Modality
from service.pipeline.parsing.network import FORBIDDEN, Array, Network, Scores
from service.pipeline.parsing.paths import PATHS, paths
from service.pipeline.parsing.trees import ROOT, Role, Trigger

LEAST: dict[Role, float] = {"actor": 0.25, "recipient": 0.35}
"""A party that no word plays for certain is played by the likeliest, if it is so likely: most acts have one."""


def decode_triggers(
    network: Network, scores: Scores, row: int, heads: Sequence[int], own: Mapping[int, Verb] = {}
) -> list[Trigger]:
    """The words of a sentence with the tree ``heads`` that are events, with their types, modes, modality and roles.

    ``own`` words are events of the types said there; the network still says what modality and roles they have.
    """
    size = len(heads)
    types = _softmax(scores.trigger[row, 1 : size + 1])
    words = sorted({*np.flatnonzero(types.argmax(1)).tolist(), *own})
    if not words:
        return []
    tree = (_as_matrix(heads) + _head_probabilities(scores.arc[row, 1 : size + 1, : size + 1])) / 2
    of_ways = (scores.role_argument[row, 1 : size + 1] @ network.path_table).reshape(size, len(PATHS), -1)
    return [_trigger(network, scores, row, word, types[word], tree, of_ways, own.get(word)) for word in words]


def _trigger(  # noqa: PLR0913, PLR0917 - all that is known of a word
    network: Network, scores: Scores, row: int, word: int, types: Array, heads: Array, of_ways: Array, own: Verb | None
) -> Trigger:
    labels = network.labels
    kind = labels.types.index(own.type) if own else int(types.argmax())
    rest = scores.modality_mode[row, word + 1]
    modality = _softmax(rest[: len(labels.modalities)])
    mode = labels.modes[int((rest[len(labels.modalities) :] + network.mode_scores[kind]).argmax())]
    return Trigger(
        word=word,
        type=cast("EventType", labels.types[kind]),
        mode=own.mode if own else None if mode == "-" else mode,
        modality=cast("Modality", labels.modalities[int(modality.argmax())]),
        score=1.0 if own else float(types[kind]),
        modality_score=float(modality.max()),
        roles=_roles(network, scores, row, word, heads, of_ways),
    )


def _roles(  # noqa: PLR0913, PLR0917 - as above
    network: Network, scores: Scores, row: int, word: int, heads: Array, of_ways: Array
) -> dict[int, tuple[Role, float]]:
    labels = network.labels.roles
    size = len(heads)
    argument = scores.role_argument[row, 1 : size + 1]
    pairs = argument @ (scores.role_trigger[row, word + 1] @ network.role_table).reshape(len(labels), -1).T
    ways = np.concatenate(paths(heads, heads[word][:, None], heads[:, word][:, None]), 1)
    roles = _softmax(pairs + np.matmul(ways[:, None, :], of_ways)[:, 0])
    best = roles.argmax(1)
    roles[word, 1:] = 0  # nothing acts on itself
    for role, least in LEAST.items():
        at = labels.index(role)
        if at not in best and roles[:, at].max() >= least:
            best[roles[:, at].argmax()] = at
    return {
        int(index): (cast("Role", labels[best[index]]), float(roles[index, best[index]]))
        for index in np.flatnonzero(best)
        if index != word
    }


def _as_matrix(heads: Sequence[int]) -> Array:
    """[n, n]: 1 where the column is the head of the row."""
    tree = np.zeros((len(heads), len(heads)), np.float32)
    words = [word for word, head in enumerate(heads) if head != ROOT]
    tree[words, [heads[word] for word in words]] = 1
    return tree


def _head_probabilities(arc: Array) -> Array:
    """[n, n] that the column is the head of the row, from arc scores [n, n + 1]; what is left is for the root."""
    size = len(arc)
    scores = arc.copy()
    scores[np.arange(size), np.arange(1, size + 1)] = FORBIDDEN
    return _softmax(scores)[:, 1:]


def _softmax(scores: Array) -> Array:
    exponents = np.exp(scores - scores.max(-1, keepdims=True))
    return cast("Array", exponents / exponents.sum(-1, keepdims=True))
