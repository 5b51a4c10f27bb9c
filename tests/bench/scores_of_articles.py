"""Scores on whole articles: events with both codes and their day, and whom pronouns, titles and short names mean."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from service.model import Event
from service.pipeline.processing import Coder
from service.training.corpus import Document, DocumentEvent, find
from tests.bench.scores import Figure, f1

MUTUAL = frozenset({"CONSULT", "COOPERATE"})
"""Types in which it is one event whoever is named first."""
Key = tuple[str, str | None, str | None, dt.date]
"""Type, actor, recipient, day."""


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of a document's entities, by mention."""

    document: Document

    def of(self, paragraph: int, words: str) -> list[str | None]:
        """The code of whom a mention means; of several members each."""
        entities = {entity.name: entity for entity in self.document.entities}
        for entity in self.document.entities:
            if (paragraph, words) in entity.mentions:
                members = [entities[name].code for name in entity.members if name in entities]
                return list(dict.fromkeys(members)) or [entity.code]
        return [None]

    def named(self, paragraph: int, words: str) -> bool:
        """Whether the mention is the entity's own fullest name, so that nothing has to be looked up."""
        return any((paragraph, words) in one.mentions and words == one.name for one in self.document.entities)


def article_figures(name: str, documents: Sequence[Document], coder: Coder) -> Iterator[Figure]:
    """Precision and recall of events that have an actor, by codes and by countries; parties that need coreference."""
    sums = {"codes": [0, 0, 0], "countries": [0, 0, 0], "type and day": [0, 0, 0]}
    meant = right = 0
    for document in documents:
        events = coder.code(document.article()).events
        wanted = {key for event in document.events for key in _wanted(document, event)}
        found = {_found(event) for event in events}
        for what, width in (("codes", None), ("countries", 3), ("type and day", 0)):
            keys, key = ({_cut(one, width) for one in side} for side in (found, wanted))
            counted = len(keys & key), len(keys), len(key)
            sums[what] = [a + b for a, b in zip(sums[what], counted, strict=True)]
        meant_here, right_here = _coreference(document, events)
        meant, right = meant + meant_here, right + right_here
    for what, (both, ours, theirs) in sums.items():
        measure = what if what == "type and day" else f"type, both {what}, day"
        yield Figure(name, f"{measure}: precision", both / max(1, ours), ours)
        yield Figure(name, f"{measure}: recall", both / max(1, theirs), theirs)
        yield Figure(name, f"{measure}: F1", f1(both, ours, theirs), len(documents))
    yield Figure(name, "coreference of parties", right / max(1, meant), meant)


def _wanted(document: Document, event: DocumentEvent) -> Iterator[Key]:
    """The dyads of an annotated act; an act without an actor is no event that would be published."""
    codes = Codes(document)
    sides = [
        [code for words in part for code in codes.of(event.paragraph, words)]
        for part in (event.actors, event.recipients)
    ]
    actors, recipients = sides
    day = event.date.day if event.date else document.published_at.date()
    pairs = combinations(actors, 2) if not recipients and len(actors) > 1 and event.type in MUTUAL else None
    for actor, recipient in pairs or product(actors, recipients or [None]):
        yield _ordered(event.type, actor, recipient, day)


def _found(event: Event) -> Key:
    return _ordered(event.type, event.actor.code, event.recipient.code if event.recipient else None, event.date)


def _ordered(kind: str, actor: str | None, recipient: str | None, day: dt.date) -> Key:
    if kind in MUTUAL and recipient is not None:
        actor, recipient = sorted((actor or "", recipient))
        actor = actor or None
    return kind, actor, recipient, day


def _cut(key: Key, width: int | None) -> Key:
    kind, actor, recipient, day = key
    return kind, actor and actor[:width], recipient and recipient[:width], day


def _coreference(document: Document, events: Sequence[Event]) -> tuple[int, int]:
    """Parties of found triggers that are not named in full, and how many of them have the right code."""
    codes = Codes(document)
    meant = right = 0
    for annotated in document.events:
        here = _at(document, annotated, events)
        for side in ("actor", "recipient"):
            for words in annotated.actors if side == "actor" else annotated.recipients:
                wanted = codes.of(annotated.paragraph, words)
                if not here or wanted == [None] or codes.named(annotated.paragraph, words):
                    continue
                meant += 1
                got = {party.code for event in here if (party := getattr(event, side)) is not None}
                right += set(wanted) <= got
    return meant, right


def _at(document: Document, annotated: DocumentEvent, events: Sequence[Event]) -> list[Event]:
    """The events that have the annotated trigger among their evidence."""
    span = find(document.paragraphs[annotated.paragraph], annotated.trigger)
    start = document.offset(annotated.paragraph) + (span[0] if span else 0)
    return [event for event in events if any(one.trigger[0] == start for one in event.evidence)]
