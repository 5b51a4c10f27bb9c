"""From the network's scores to trees, parts of speech and triggers with roles."""

from typing import cast

import numpy as np

from service.model import EventType, Modality
from service.pipeline.parsing.network import FORBIDDEN, Array, Network, Scores
from service.pipeline.parsing.trees import ROOT, Role, Trigger

_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "csubj:pass"})
LEFT_HEADED = frozenset({"conj", "flat", "fixed", "goeswith"})


def decode_tree(network: Network, scores: Scores, row: int, size: int) -> tuple[list[int], list[str]]:
    """Heads and relations of a sentence of ``size`` words, as language allows them."""
    arc = scores.arc[row, : size + 1, : size + 1]
    heads = decode_heads(arc)
    relations = decode_relations(network, scores, row, heads)
    nouns = scores.pos[row, 1 : size + 1].argmax(1) != network.labels.pos.index("PRON")
    if (mended := mend_subjects(arc, heads, relations, np.flatnonzero(nouns).tolist())) != heads:
        heads, relations = mended, decode_relations(network, scores, row, mended)
    return mend_titles(mend_left_headed(arc, heads, relations), relations)


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
    heads = scores.argmax(1)
    while (cycle := _cycle(heads)) is not None:
        inside = np.isin(np.arange(size + 1), np.array(cycle) + 1)
        outside = np.where(inside[None, :], FORBIDDEN, scores[cycle])
        loss = scores[cycle].max(1) - outside.max(1)
        at = int(loss.argmin())
        scores[cycle[at]] = outside[at]
        heads[cycle[at]] = int(outside[at].argmax())
    return [int(head) - 1 if head else ROOT for head in heads]


def mend_titles(heads: list[int], relations: list[str]) -> tuple[list[int], list[str]]:
    """Heads and relations in which two conjuncts with nothing between them are one, title and name ("its ally Russia").

    A title is its name's ``nmod:desc`` in Universal Dependencies.
    """
    heads, relations = list(heads), list(relations)
    for word in range(1, len(heads)):
        title = word - 1
        if relations[word] == relations[title] == "conj" and heads[word] in {heads[title], title}:
            heads[word] = heads[title]
            heads[title], relations[title] = word, "nmod:desc"
            for child in range(title):
                if heads[child] == title and relations[child] in {"cc", "punct"}:
                    heads[child] = word
    return heads, relations


def mend_left_headed(arc: Array, heads: list[int], relations: list[str]) -> list[int]:
    """Heads in which conjuncts, parts of names and the like hang on a word before them, as their relations ask.

    Universal Dependencies 2 heads these relations by their first word; the network does not know it.
    """
    mended = list(heads)
    for word, relation in enumerate(relations):
        if relation in LEFT_HEADED and mended[word] > word and word:
            before = [head for head in range(word) if not _descends(mended, head, word)]
            if before:
                mended[word] = max(before, key=lambda head: float(arc[word + 1, head + 1]))
    return mended


def mend_subjects(arc: Array, heads: list[int], relations: list[str], nouns: list[int]) -> list[int]:
    """Heads in which no word has two of ``nouns`` for subject: the surest stays, another goes where it fits next best.

    So the object of a relative clause ("the minister, who accused Greece, met ...") is no subject of what follows.
    Pronouns are left alone: "the minister, who" before one verb is a fault of another kind.
    """
    mended = list(heads)
    subjects = [word for word in nouns if relations[word] in _SUBJECTS and heads[word] != ROOT]
    for head in {heads[word] for word in subjects}:
        rivals = [word for word in subjects if heads[word] == head]
        surest = max(rivals, key=lambda word: _margin(arc, word, head))
        for word in rivals:
            others = [one for one in range(len(heads)) if one != head and not _descends(mended, one, word)]
            if word != surest and others:
                mended[word] = max(others, key=lambda one: float(arc[word + 1, one + 1]))
    return mended


def _margin(arc: Array, word: int, head: int) -> float:
    """By how much this head of the word is better than any other."""
    scores = arc[word + 1].copy()
    scores[head + 1] = FORBIDDEN
    return float(arc[word + 1, head + 1] - scores.max())


def _descends(heads: list[int], word: int, ancestor: int) -> bool:
    while word != ROOT:
        if word == ancestor:
            return True
        word = heads[word]
    return False


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


def decode_triggers(network: Network, scores: Scores, row: int, size: int) -> list[Trigger]:
    """The words of a sentence of ``size`` words that are events, with their types, modes, modality and roles."""
    labels = network.labels
    types = _softmax(scores.trigger[row, 1 : size + 1])
    found = []
    for word in np.flatnonzero(types.argmax(1)):
        kind = int(types[word].argmax())
        rest = scores.modality_mode[row, word + 1]
        modality = _softmax(rest[: len(labels.modalities)])
        mode = labels.modes[int((rest[len(labels.modalities) :] + network.mode_scores[kind]).argmax())]
        found.append(
            Trigger(
                word=int(word),
                type=cast("EventType", labels.types[kind]),
                mode=None if mode == "-" else mode,
                modality=cast("Modality", labels.modalities[int(modality.argmax())]),
                score=float(types[word, kind]),
                modality_score=float(modality.max()),
                roles=_roles(network, scores, row, int(word), size),
            )
        )
    return found


def _roles(network: Network, scores: Scores, row: int, word: int, size: int) -> dict[int, tuple[Role, float]]:
    labels = network.labels.roles
    table = (scores.role_trigger[row, word + 1] @ network.role_table).reshape(len(labels), -1)
    roles = _softmax(scores.role_argument[row, 1 : size + 1] @ table.T)
    best = roles.argmax(1)
    return {
        int(index): (cast("Role", labels[best[index]]), float(roles[index, best[index]]))
        for index in np.flatnonzero(best)
        if index != word
    }


def _softmax(scores: Array) -> Array:
    exponents = np.exp(scores - scores.max(-1, keepdims=True))
    return cast("Array", exponents / exponents.sum(-1, keepdims=True))
