"""Scores of the event heads on annotated sentences that were not trained on."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import torch

from service.training.batches import batches, inputs
from service.training.events import EventExample
from service.training.network import ReaderNetwork


@dataclass(frozen=True, slots=True)
class EventScores:
    """F1 of triggers with their type; F1 of the roles of right triggers; macro F1 of their modality, accuracy of mode.

    ``false_events``: triggers found in a sentence that has none, on average.
    """

    trigger: float
    roles: float
    modality: float
    mode: float
    false_events: float

    @property
    def mean(self) -> float:
        """What a checkpoint is chosen by."""
        return (2 * self.trigger + self.roles + 0.5 * self.modality + 0.5 * self.mode) / 4


QUIETEST, LOUDEST, STEPS = -1.0, 2.0, 31
AS_GOOD = 0.002
"""Of F1: what no other set of sentences would tell apart."""


@torch.no_grad()
def settle_threshold(network: ReaderNetwork, examples: Sequence[EventExample]) -> float:
    """Shifts the score of "no event" to where triggers have nearly their best F1 on ``examples``; gives the shift.

    Training weighs "no event" low so that triggers are learnt at all, and then finds too many of them. Of shifts that
    are as good (``AS_GOOD``) the smallest: what is found in vain has a low confidence and can be filtered, what is
    missed is lost.
    """
    network.eval()
    best_types, margins, wanted = [], [], []
    for batch in batches(examples, 4000):
        given = inputs(batch)
        scores = network.events(network.words(given.ids, given.mask, given.first))[0]
        for row, one in enumerate(batch):
            of_words = scores[row, 1 : len(one.types) + 1]
            best, kinds = of_words[:, 1:].max(-1)
            best_types.append(kinds + 1)
            margins.append(best - of_words[:, 0])
            wanted.append(torch.tensor(one.types))
    kinds, margin, types = torch.cat(best_types), torch.cat(margins), torch.cat(wanted)

    def f1(shift: float) -> float:
        found = margin > shift
        right = int((found & (kinds == types)).sum())
        return 2 * right / max(1, int(found.sum()) + int((types > 0).sum()))

    shifts = torch.linspace(QUIETEST, LOUDEST, STEPS).tolist()
    least = max(map(f1, shifts)) - AS_GOOD
    shift: float = next(shift for shift in shifts if f1(shift) >= least)
    last = network.trigger[-1]
    last.bias[0] += shift
    network.train()
    return shift


class _Counts:
    def __init__(self) -> None:
        self.triggers = Counter[str]()
        self.roles = Counter[str]()
        self.modality = Counter[tuple[int, int]]()
        self.mode = Counter[bool]()
        self.quiet = Counter[str]()


@torch.no_grad()
def score_events(network: ReaderNetwork, examples: Sequence[EventExample]) -> EventScores:
    """Scores with the best type, modality, mode and roles, as reading decodes them."""
    network.eval()
    counts = _Counts()
    mode_scores = torch.from_numpy(network.labels.mode_scores())
    for batch in batches(examples, 4000):
        given = inputs(batch)
        words = network.words(given.ids, given.mask, given.first)
        trigger, details, side, argument = network.events(words)
        heads = network.trees(given, words)
        types = trigger.argmax(-1)
        modalities = details[..., : len(network.labels.modalities)].argmax(-1)
        modes = (details[..., len(network.labels.modalities) :] + mode_scores[types]).argmax(-1)
        for row, one in enumerate(batch):
            size = len(one.types)
            found = {word: kind for word, kind in enumerate(types[row, 1 : size + 1].tolist()) if kind}
            _count_triggers(counts, one, found)
            for event in one.events:
                if found.get(event.word) != one.types[event.word]:
                    continue
                counts.modality[event.modality, int(modalities[row, event.word + 1])] += 1
                counts.mode[event.mode == int(modes[row, event.word + 1])] += 1
                at = slice(row, row + 1)
                place = torch.tensor([event.word + 1])
                roles = network.roles(side[at, event.word + 1], argument[at], heads[at], place)[0]
                _count_roles(counts, event.roles, roles[1 : size + 1].argmax(-1).tolist())
    network.train()
    return EventScores(
        trigger=_f1(counts.triggers),
        roles=_f1(counts.roles),
        modality=_macro(counts.modality),
        mode=counts.mode[True] / max(1, counts.mode.total()),
        false_events=counts.quiet["found"] / max(1, counts.quiet["sentences"]),
    )


def _count_triggers(counts: _Counts, one: EventExample, found: dict[int, int]) -> None:
    right = sum(one.types[word] == kind for word, kind in found.items())
    counts.triggers.update(right=right, found=len(found), wanted=sum(kind > 0 for kind in one.types))
    if not any(one.types):
        counts.quiet.update(sentences=1, found=len(found))


def _count_roles(counts: _Counts, wanted: Sequence[int], found: Sequence[int]) -> None:
    right = sum(role > 0 and role == other for role, other in zip(wanted, found, strict=True))
    counts.roles.update(right=right, found=sum(role > 0 for role in found), wanted=sum(role > 0 for role in wanted))


def _f1(counts: Counter[str]) -> float:
    return 2 * counts["right"] / max(1, counts["found"] + counts["wanted"])


def _macro(pairs: Counter[tuple[int, int]]) -> float:
    """Mean F1 over the labels that are wanted at least once."""
    labels = {wanted for wanted, _ in pairs}
    scores = []
    for label in labels:
        right = pairs[label, label]
        wanted = sum(count for (a, _), count in pairs.items() if a == label)
        found = sum(count for (_, b), count in pairs.items() if b == label)
        scores.append(2 * right / (wanted + found))
    return sum(scores) / max(1, len(scores))
