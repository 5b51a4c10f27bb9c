"""Learning events: annotated sentences as examples, and the loss of the event heads."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from service.pipeline.parsing.network import Labels
from service.pipeline.parsing.pieces import Encoded, Pieces
from service.pipeline.parsing.words import word_spans
from service.training.batches import IGNORED, batches, inputs, padded, with_words_hidden
from service.training.corpus import Annotation, Sentence, find
from service.training.network import FORBIDDEN, ReaderNetwork

NO_EVENT_WEIGHT = 0.35
"""Most words are no triggers; at full weight the network says so too often."""
NO_ROLE_WEIGHT = 0.5
ACTUAL_WEIGHT = 0.3
"""Nearly every act is actual; at full weight every act is."""
TRIGGER_WEIGHT, DETAIL_WEIGHT, ROLE_WEIGHT = 4.0, 0.8, 2.0


@dataclass(frozen=True, slots=True)
class EventLabels:
    """One event: its word (from 0), modality, mode, and the role of each word, as indices."""

    word: int
    modality: int
    mode: int
    roles: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EventExample:
    """An annotated sentence; ``types`` has the type of each word, 0 where it is no trigger."""

    pieces: Encoded
    text: str
    types: tuple[int, ...]
    events: tuple[EventLabels, ...]


@dataclass(frozen=True, slots=True)
class _Bare:
    """A sentence without labels, to be parsed."""

    index: int
    pieces: Encoded


def event_examples(
    sentences: Sequence[Sentence], network: ReaderNetwork, pieces: Pieces, labels: Labels
) -> list[EventExample]:
    """Annotated sentences as examples. The network must parse already: a phrase's label stands on its head word."""
    spans = [word_spans(sentence.text) for sentence in sentences]
    words = [[sentence.text[a:b] for a, b in at] for sentence, at in zip(sentences, spans, strict=True)]
    encoded = pieces.encode(words)
    heads = _heads(network, encoded)
    return [
        _example(sentence, at, heads[index], encoded[index], labels)
        for index, (sentence, at) in enumerate(zip(sentences, spans, strict=True))
    ]


def _example(
    sentence: Sentence, spans: list[tuple[int, int]], heads: list[int], encoded: Encoded, labels: Labels
) -> EventExample:
    types = [0] * (len(encoded.first) - 1)
    events = []
    for annotation in sentence.events:
        inside = _inside(spans, find(sentence.text, annotation.trigger))
        if not inside or inside[-1] >= len(types):
            continue
        types[inside[-1]] = labels.types.index(annotation.type)
        events.append(
            EventLabels(
                word=inside[-1],
                modality=labels.modalities.index(annotation.modality),
                mode=labels.modes.index(annotation.mode or "-"),
                roles=_roles(sentence, annotation, spans, heads, labels)[: len(types)],
            )
        )
    return EventExample(encoded, sentence.text, tuple(types), tuple(events))


def _roles(
    sentence: Sentence, annotation: Annotation, spans: list[tuple[int, int]], heads: list[int], labels: Labels
) -> tuple[int, ...]:
    """The role of each word: that of the phrase which it heads."""
    roles = [0] * len(spans)
    phrases = {
        "actor": annotation.actors,
        "recipient": annotation.recipients,
        "place": [annotation.place] if annotation.place else [],
        "date": [annotation.date] if annotation.date else [],
        "planned": [annotation.planned] if annotation.planned else [],
    }
    for role, parts in phrases.items():
        for part in parts:
            inside = _inside(spans, find(sentence.text, part))
            head = next((word for word in inside if heads[word] not in inside), None)
            if head is not None and not roles[head]:
                roles[head] = labels.roles.index(role)
    return tuple(roles)


def _inside(spans: list[tuple[int, int]], found: tuple[int, int] | None) -> list[int]:
    """The words that the characters touch."""
    if found is None:
        return []
    return [word for word, (start, end) in enumerate(spans) if start < found[1] and end > found[0]]


@torch.no_grad()
def _heads(network: ReaderNetwork, encoded: Sequence[Encoded]) -> list[list[int]]:
    """The head of each word (from 0; -1 the root)."""
    network.eval()
    heads: list[list[int]] = [[] for _ in encoded]
    for batch in batches([_Bare(index, one) for index, one in enumerate(encoded)], 4000):
        given = inputs(batch)
        arc, *_ = network.parse(network.words(given.ids, given.mask, given.first))
        arc = arc.masked_fill(~given.real.unsqueeze(1), FORBIDDEN) + FORBIDDEN * torch.eye(arc.size(1))
        for row, one in enumerate(batch):
            size = len(one.pieces.first)
            heads[one.index] = [int(head) - 1 for head in arc[row, 1:size, :size].argmax(-1)]
    network.train()
    return heads


@dataclass(frozen=True, slots=True)
class Reading:
    """What a network makes of a batch with k annotated events.

    Scores of types [b, n, t], modalities [k, m], modes [k, d] and roles [k, n, r].
    """

    types: Tensor
    modalities: Tensor
    modes: Tensor
    roles: Tensor


def read_events(network: ReaderNetwork, batch: Sequence[EventExample], hidden: float = 0.0) -> Reading:
    """Reads a batch; details and roles at its annotated triggers.

    ``hidden`` is the share of sub-words that the network does not get to see.
    """
    given = with_words_hidden(inputs(batch), hidden)
    words = network.words(given.ids, given.mask, given.first)
    types, details, side, argument = network.events(words)
    at = [(row, event.word + 1) for row, one in enumerate(batch) for event in one.events]
    rows, places = torch.tensor(at, dtype=torch.long).reshape(-1, 2).unbind(1)
    heads = network.trees(given, words)[rows]
    roles = network.roles(side[rows, places], argument[rows], heads, places)
    count = len(network.labels.modalities)
    scores = details[rows, places]
    return Reading(types, scores[:, :count], scores[:, count:], roles)


def event_loss(network: ReaderNetwork, batch: Sequence[EventExample], hidden: float = 0.0) -> Tensor:
    """Cross-entropy of types, and of modality, mode and roles at the annotated triggers."""
    return annotation_loss(read_events(network, batch, hidden), batch)


def annotation_loss(reading: Reading, batch: Sequence[EventExample]) -> Tensor:
    """How far a reading is from the annotation."""
    width = reading.types.size(1)
    events = [event for one in batch for event in one.events]
    parts = (
        (TRIGGER_WEIGHT, NO_EVENT_WEIGHT, reading.types, padded([one.types for one in batch], width)),
        (DETAIL_WEIGHT, ACTUAL_WEIGHT, reading.modalities, torch.tensor([event.modality for event in events])),
        (DETAIL_WEIGHT, 1.0, reading.modes, torch.tensor([event.mode for event in events])),
        (ROLE_WEIGHT, NO_ROLE_WEIGHT, reading.roles, padded([event.roles for event in events], width)),
    )
    return torch.stack([weight * _loss(scores, wanted, first) for weight, first, scores, wanted in parts]).sum()


def _loss(scores: Tensor, wanted: Tensor, first: float) -> Tensor:
    """Cross-entropy with the first label at another weight; 0 where nothing is annotated."""
    weights = torch.ones(scores.size(-1))
    weights[0] = first
    if not bool((wanted != IGNORED).any()):
        return scores.sum() * 0
    return cross_entropy(scores.flatten(0, -2), wanted.flatten().long(), weights, ignore_index=IGNORED)
