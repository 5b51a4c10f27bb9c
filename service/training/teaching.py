"""Learning from a teacher: a deeper network reads annotated and plain sentences, the packaged one learns what it says.

Source: Hinton, Vinyals and Dean (2015), Distilling the knowledge in a neural network.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor
from torch.nn.functional import kl_div, log_softmax, softmax
from transformers import BertModel

from service.pipeline.parsing.network import Labels
from service.pipeline.parsing.pieces import Encoded, Pieces
from service.pipeline.parsing.words import word_spans
from service.training.batches import IGNORED, Inputs, batches
from service.training.events import (
    DETAIL_WEIGHT,
    ROLE_WEIGHT,
    TRIGGER_WEIGHT,
    EventExample,
    EventLabels,
    Reading,
    annotation_loss,
    read_events,
)
from service.training.network import ReaderNetwork
from service.training.parsing import TreeExample

TEMPERATURE = 2.0
"""Softens scores, so that the second best type is heard too."""
EVENT_WORDS = 2.5
"""Annotation weighs words without event at a third; this brings the teacher's say on types to the same size."""
PLAIN = range(8, 60)
"""Words of a sentence without annotation: what is shorter has no event, what is longer is no sentence."""


class DeepReader(ReaderNetwork):
    """A reader network that learns events alone: trees are those of another network."""

    def __init__(self, labels: Labels, encoder: BertModel, parser: ReaderNetwork) -> None:
        super().__init__(labels, encoder)
        self._parser = (parser,)  # a tuple, so that its weights are not ours

    @torch.no_grad()
    def trees(self, given: Inputs, words: Tensor) -> Tensor:  # noqa: ARG002 - of this network, which can't parse
        parser = self._parser[0].eval()
        return parser.heads(parser.words(given.ids, given.mask, given.first), given.real)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A sentence with the teachers' probabilities for it: types [n, t], and by event modalities, modes, roles."""

    example: EventExample
    types: Tensor
    modalities: Tensor
    modes: Tensor
    roles: Tensor

    @property
    def pieces(self) -> Encoded:
        return self.example.pieces


def plain_examples(
    folder: Path, pieces: Pieces, trees: Sequence[TreeExample], count: int, seed: int
) -> list[EventExample]:
    """Sentences of whose events nothing is known: those in ``*.txt``, one a line, and so many of the treebanks."""
    texts = [line for path in sorted(folder.glob("*.txt")) for line in path.read_text("utf-8").splitlines()]
    written = pieces.encode([[text[a:b] for a, b in word_spans(text)] for text in texts])
    whole = [tree.pieces for tree in trees if len(tree.heads) in PLAIN]
    drawn = random.Random(seed).sample(whole, min(count, len(whole)))  # noqa: S311 - no secret
    return [EventExample(one, "", (IGNORED,) * (len(one.first) - 1), ()) for one in (*written, *drawn)]


@torch.no_grad()
def lessons(teachers: Sequence[ReaderNetwork], examples: Sequence[EventExample]) -> list[Lesson]:
    """What the teachers make of the sentences, on average; in plain ones at the triggers that they find."""
    found: list[Lesson] = []
    for teacher in teachers:
        teacher.eval()
    for batch in batches(examples, 4000):
        batch = [one if _annotated(one) else _with_triggers(teachers, one) for one in batch]  # noqa: PLW2901
        readings = [_softened(read_events(teacher, batch)) for teacher in teachers]
        mean = Reading(*(torch.stack(part).mean(0) for part in zip(*map(_parts, readings), strict=True)))
        first = 0
        mean.types[:, 0] = mean.roles[:, 0] = 0  # of the root nothing is known
        for row, one in enumerate(batch):
            size, events = len(one.pieces.first), slice(first, first + len(one.events))
            first += len(one.events)
            found.append(
                Lesson(
                    one,
                    mean.types[row, :size],
                    mean.modalities[events],
                    mean.modes[events],
                    mean.roles[events, :size],
                )
            )
    return found


def untaught(one: EventExample, labels: Labels) -> Lesson:
    """An annotated sentence of which no teacher says anything."""
    events, words = len(one.events), len(one.pieces.first)
    return Lesson(
        one,
        torch.zeros(words, len(labels.types)),
        torch.zeros(events, len(labels.modalities)),
        torch.zeros(events, len(labels.modes)),
        torch.zeros(events, words, len(labels.roles)),
    )


def lesson_loss(network: ReaderNetwork, batch: Sequence[Lesson], hidden: float = 0.0) -> Tensor:
    """Half the annotation, half the teachers."""
    examples = [one.example for one in batch]
    reading = read_events(network, examples, hidden)
    return 0.5 * annotation_loss(reading, examples) + 0.5 * _distance(reading, batch)


def _distance(reading: Reading, batch: Sequence[Lesson]) -> Tensor:
    width = reading.types.size(1)
    types = torch.stack([_wide(one.types, width) for one in batch])
    loss = TRIGGER_WEIGHT * EVENT_WORDS * _divergence(reading.types, types)
    if len(reading.modalities):
        roles = torch.cat([_wide(of_event, width).unsqueeze(0) for one in batch for of_event in one.roles])
        loss = loss + DETAIL_WEIGHT * _divergence(reading.modalities, torch.cat([one.modalities for one in batch]))
        loss = loss + DETAIL_WEIGHT * _divergence(reading.modes, torch.cat([one.modes for one in batch]))
        loss = loss + ROLE_WEIGHT * _divergence(reading.roles, roles)
    return loss


def _divergence(scores: Tensor, taught: Tensor) -> Tensor:
    """Kullback-Leibler divergence a row; rows that nothing is taught of (all 0) count for nothing."""
    real = taught.sum(-1) > 0
    ours = log_softmax(scores[real] / TEMPERATURE, -1)
    return TEMPERATURE**2 * kl_div(ours, taught[real].float(), reduction="batchmean")


def _wide(rows: Tensor, width: int) -> Tensor:
    return torch.nn.functional.pad(rows, (0, 0, 0, width - len(rows)))


def _softened(reading: Reading) -> Reading:
    return Reading(*(softmax(part / TEMPERATURE, -1) for part in _parts(reading)))


def _parts(reading: Reading) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    return reading.types, reading.modalities, reading.modes, reading.roles


def _annotated(one: EventExample) -> bool:
    return not one.types or one.types[0] != IGNORED


def _with_triggers(teachers: Sequence[ReaderNetwork], one: EventExample) -> EventExample:
    """A plain sentence with the words that the teachers take for triggers, their modality, mode and roles unknown."""
    types = torch.stack([softmax(read_events(teacher, [one]).types[0, 1:], -1) for teacher in teachers]).mean(0)
    nothing = (IGNORED,) * len(one.types)
    events = (EventLabels(word, IGNORED, IGNORED, nothing) for word in types.argmax(-1).nonzero().flatten().tolist())
    return replace(one, events=tuple(events))
