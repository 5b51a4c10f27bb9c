"""Scores on whole articles: events with both codes and their day, and whom pronouns, titles and short names mean."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product

from service.knowledge import SUPRANATIONAL, Knowledge
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
    """The codes of a document's entities, by mention.

    An entity has one code; where a state's capital or its government acts for it, the guide of the corpus wants
    ``KENGOV`` for the ``KEN`` of the whole.
    """

    document: Document

    def of(self, paragraph: int, words: str) -> list[str | None]:
        """The code of whom a mention means; of several members each."""
        entities = {entity.name: entity for entity in self.document.entities}
        for entity in self.document.entities:
            if (paragraph, words) in entity.mentions:
                members = [entities[name].code for name in entity.members if name in entities]
                codes = list(dict.fromkeys(members)) or list(entity.codes) or [entity.code]
                return [f"{code}GOV" if code and _is_state(code) and _governs(words) else code for code in codes]
        return [None]

    def named(self, paragraph: int, words: str) -> bool:
        """Whether the mention is the entity's own fullest name, so that nothing has to be looked up."""
        return any((paragraph, words) in one.mentions and words == one.name for one in self.document.entities)


def _is_state(code: str) -> bool:
    return len(code) == len("KEN") and code not in SUPRANATIONAL


@cache
def _governs(words: str) -> bool:
    """Whether the mention is a capital, a seat of power or "their governments"."""
    plain = words.partition("#")[0]
    match = _knowledge().names.match(plain.split(), 0)
    seat = match is not None and match.end == len(plain.split()) and match.name.kind in {"capital", "seat"}
    return seat or plain.split()[-1] in {"government", "governments"}


@cache
def _knowledge() -> Knowledge:
    return Knowledge.load()


def article_figures(name: str, documents: Sequence[Document], coder: Coder) -> Iterator[Figure]:
    """Precision and recall of events that have an actor, by codes and by countries; parties that need coreference."""
    sums = {measure: [0, 0, 0] for measure in _SEEN}
    meant = right = 0
    for document in documents:
        events = coder.code(document.article()).events
        wanted = {key for event in document.events for key in _wanted(document, event)}
        found = {_found(event) for event in events}
        for measure, seen in _SEEN.items():
            ours, theirs = {seen(key) for key in found}, {seen(key) for key in wanted}
            counted = len(ours & theirs), len(ours), len(theirs)
            sums[measure] = [a + b for a, b in zip(sums[measure], counted, strict=True)]
        meant_here, right_here = _coreference(document, events)
        meant, right = meant + meant_here, right + right_here
    for measure, (both, found_here, wanted_here) in sums.items():
        yield Figure(name, f"{measure}: precision", both / max(1, found_here), found_here)
        yield Figure(name, f"{measure}: recall", both / max(1, wanted_here), wanted_here)
        yield Figure(name, f"{measure}: F1", f1(both, found_here, wanted_here), len(documents))
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


def _whole(key: Key) -> Key:
    return key


def _state_as_government(key: Key) -> Key:
    """``KEN`` for ``KENGOV``: an entity of a document has one code, also where once its capital acts."""
    kind, actor, recipient, day = key
    return kind, actor and actor.removesuffix("GOV"), recipient and recipient.removesuffix("GOV"), day


def _countries(key: Key) -> Key:
    kind, actor, recipient, day = key
    return kind, actor and actor[:3], recipient and recipient[:3], day


def _type_and_day(key: Key) -> Key:
    return key[0], None, None, key[3]


_SEEN = {
    "type, both codes, day": _whole,
    "type, both codes (a state as its government), day": _state_as_government,
    "type, both countries, day": _countries,
    "type and day": _type_and_day,
}
"""What of an event has to be right."""


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
