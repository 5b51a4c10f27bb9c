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


def event_loss(network: ReaderNetwork, batch: Sequence[EventExample], hidden: float = 0.0) -> Tensor:
    """Cross-entropy of types, and of modality, mode and roles at the annotated triggers.

    ``hidden`` is the share of sub-words that the network does not get to see.
    """
    given = with_words_hidden(inputs(batch), hidden)
    width = given.first.size(1)
    words = network.words(given.ids, given.mask, given.first)
    trigger, details, side, argument = network.events(words)
    weights = torch.ones(len(network.labels.types))
    weights[0] = NO_EVENT_WEIGHT
    types = padded([one.types for one in batch], width)
    loss = TRIGGER_WEIGHT * cross_entropy(trigger.flatten(0, 1), types.flatten(), weights, ignore_index=IGNORED)
    at = [(row, event) for row, one in enumerate(batch) for event in one.events]
    if not at:
        return loss
    rows = torch.tensor([row for row, _ in at])
    places = torch.tensor([event.word + 1 for _, event in at])
    scores = details[rows, places]
    count = len(network.labels.modalities)
    modality_weights = torch.ones(count)
    modality_weights[0] = ACTUAL_WEIGHT
    modalities = torch.tensor([event.modality for _, event in at])
    loss = loss + DETAIL_WEIGHT * cross_entropy(scores[:, :count], modalities, modality_weights)
    loss = loss + DETAIL_WEIGHT * cross_entropy(scores[:, count:], torch.tensor([event.mode for _, event in at]))
    role_weights = torch.ones(len(network.labels.roles))
    role_weights[0] = NO_ROLE_WEIGHT
    heads = network.heads(words, given.real)[rows]
    roles = network.roles(side[rows, places], argument[rows], heads, places)
    wanted = padded([event.roles for _, event in at], width)
    return loss + ROLE_WEIGHT * cross_entropy(roles.flatten(0, 1), wanted.flatten(), role_weights, ignore_index=IGNORED)
