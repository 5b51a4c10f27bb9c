"""What can be wrong in an annotated document."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from functools import cache

from service.knowledge import SECTORS, SUPRANATIONAL
from service.knowledge.tables import Tables
from service.training.corpus import Document, DocumentEvent, Entity, StatedDate, find
from service.training.sentence_faults import (
    Placed,
    date_faults,
    mode_faults,
    overlap_faults,
    text_faults,
    trigger_faults,
)

NO_COUNTRY = "---"
CODE = len("ISO")


def document_faults(document: Document) -> Iterator[str]:
    if not document.paragraphs:
        yield "no paragraphs"
    for number, text in enumerate(document.paragraphs):
        yield from (f"paragraph {number}: {fault}" for fault in text_faults(text))
    names = Counter(entity.name for entity in document.entities)
    yield from (f"two entities are called {name!r}" for name, count in names.items() if count > 1)
    owners: dict[tuple[int, object], str] = {}
    for entity in document.entities:
        yield from (f"{entity.name!r}: {fault}" for fault in _entity_faults(document, entity, set(names), owners))
    for event in document.events:
        yield from (f"{event.trigger!r}: {fault}" for fault in _event_faults(document, event))


def _entity_faults(
    document: Document, entity: Entity, names: set[str], owners: dict[tuple[int, object], str]
) -> Iterator[str]:
    """``owners`` holds whose each mention is so far."""
    for code in (entity.code, *entity.codes):
        yield from code_faults(code)
    if entity.codes and (entity.code or entity.members):
        yield "codes beside a code or members"
    yield from (f"no entity is called {member!r}" for member in entity.members if member not in names)
    if not entity.mentions:
        yield "no mention"
    for paragraph, words in entity.mentions:
        span = _where(document, paragraph, words)
        if span is None:
            yield f"mention not in paragraph {paragraph}: {words!r}"
        elif (paragraph, span) in owners:
            yield f"paragraph {paragraph}: {words!r} is a mention of {owners[paragraph, span]!r} already"
        else:
            owners[paragraph, span] = entity.name


def _event_faults(document: Document, event: DocumentEvent) -> Iterator[str]:
    yield from mode_faults(event.type, event.mode)
    trigger = None
    for paragraph, word in ((event.paragraph, event.trigger), *event.again):
        if not 0 <= paragraph < len(document.paragraphs):
            yield f"no paragraph {paragraph}"
        else:
            yield from trigger_faults(document.paragraphs[paragraph], word)
            trigger = trigger or find(document.paragraphs[paragraph], word)
    yield from _date_faults(document, event)
    if event.place:
        yield from country_faults(event.place.country)
    placed: list[Placed] = []
    mentions = {words for entity in document.entities for number, words in entity.mentions if number == event.paragraph}
    for role, words in _arguments(event):
        span = _where(document, event.paragraph, words)
        if role in {"actor", "recipient"} and words not in mentions:
            yield f"{role} {words!r} is no mention of an entity in paragraph {event.paragraph}"
        elif span is None:
            yield f"{role} not in paragraph {event.paragraph}: {words!r}"
        else:
            placed.append((role, words, span))
    if trigger:
        yield from overlap_faults(trigger, placed)


def _date_faults(document: Document, event: DocumentEvent) -> Iterator[str]:
    published = document.published_at.date()
    for stated in filter(None, (event.date, event.planned)):
        yield from date_faults(stated.text or "")
        first = _first(stated)
        if stated.day != first:
            yield f"{stated.day} is not the first day of a {stated.precision}; that is {first}"
    if event.date and event.modality in {"actual", "historical"} and event.date.day > published:
        yield f"{event.date.day} is after the publication on {published}"
    if event.planned and event.date and _last(event.planned) < event.date.day:
        yield f"planned for {event.planned.day}, before the act on {event.date.day}"


def _first(stated: StatedDate) -> dt.date:
    """The first day of its period; weeks begin on Monday."""
    match stated.precision:
        case "day":
            return stated.day
        case "week":
            return stated.day - dt.timedelta(days=stated.day.weekday())
        case "month":
            return stated.day.replace(day=1)
        case "year":
            return stated.day.replace(month=1, day=1)


def _last(stated: StatedDate) -> dt.date:
    days = {"day": 0, "week": 6, "month": 30, "year": 365}[stated.precision]
    return stated.day + dt.timedelta(days=days)


def code_faults(code: str | None) -> Iterator[str]:
    """An actor code is a country (or what stands for one) and at most one sector."""
    if code is None:
        return
    country, sector = code[:CODE], code[CODE:]
    if country != NO_COUNTRY or not sector:
        yield from country_faults(country)
    if sector and sector not in SECTORS:
        yield f"no sector {sector!r}"


def country_faults(country: str | None) -> Iterator[str]:
    if country is not None and country not in _countries() | SUPRANATIONAL:
        yield f"no country {country!r}"


def _where(document: Document, paragraph: int, words: str) -> tuple[int, int] | None:
    return find(document.paragraphs[paragraph], words) if 0 <= paragraph < len(document.paragraphs) else None


def _arguments(event: DocumentEvent) -> Iterator[tuple[str, str]]:
    yield from (("actor", words) for words in event.actors)
    yield from (("recipient", words) for words in event.recipients)
    for role, stated in (("place", event.place), ("date", event.date), ("planned", event.planned)):
        if stated is not None and stated.text:
            yield role, stated.text


@cache
def _countries() -> frozenset[str]:
    return frozenset(row.cells[2] for row in Tables().rows("countries"))
