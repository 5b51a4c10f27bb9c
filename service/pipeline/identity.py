"""What makes two reports one event: its parties, its day, its type. Golden vectors: schemas/identity.vectors.json.

Every published id hangs on what is here. A change gives other ids for the same events, so it is a new major version.
"""

import datetime as dt
import unicodedata
import uuid
from collections.abc import Collection

from service.model import Actor, EventType, Modality, Place

EVENT_NAMESPACE = uuid.UUID("0b9a4c1e-2f5d-5a6b-8c3e-7d1f9e0a4b62")
"""Namespace of the event identifiers. Never changes."""

SYMMETRIC: frozenset[EventType] = frozenset({"CONSULT", "COOPERATE"})
"""Types where it does not matter who is named first."""

NOTHING = "-"
NAME_CHARACTERS = 100
"""Of a normalised name so much counts: an identity is a key, and compatibility forms can grow eighteenfold."""

DETERMINERS = frozenset("a an the this that these those some any all both each every".split())


def party(actor: Actor, place_country: str | None = None, dateline_country: str | None = None) -> str:
    """Who it is, as far as it tells parties apart.

    The code when its country is known (``SYRGOV``); else the code, if any, with the country of the event's place or
    of the dateline (``---REB@SYR``, ``@SYR``); else the name (``~white_helmets``).
    """
    if actor.country:
        return _unbarred(actor.code or actor.country)
    if country := place_country or dateline_country:
        return _unbarred(f"{actor.code or ''}@{country}")
    return "~" + normalised(actor.name or actor.text)


def scope(event_type: EventType, actor: str, other: str | None, date: dt.date) -> str:
    """First party and day: what lies on one partition. For symmetric types the first party is the lesser one."""
    return f"{_ordered(event_type, actor, other)[0]}|{date.isoformat()}"


def identity(  # noqa: PLR0913 - an event is told apart by so much
    event_type: EventType,
    actor: str,
    other: str | None,
    date: dt.date,
    *,
    modality: Modality = "actual",
    mode: str | None = None,
    place: Place | None = None,
    dedup_fields: Collection[str] = (),
) -> str:
    """Scope, type and other party; what ``dedup_fields`` adds (mode, then place); a modality that is not actual.

    ``actor`` and ``other`` are parties. A meeting that is planned and the meeting that is held are two events.
    """
    fields = [scope(event_type, actor, other, date), event_type, _ordered(event_type, actor, other)[1] or NOTHING]
    if "mode" in dedup_fields:
        fields.append(mode or NOTHING)
    if "place" in dedup_fields:
        fields.append(_place(place))
    if modality != "actual":
        fields.append(modality)
    return "|".join(fields)


def event_id(identity: str) -> str:
    """UUIDv5 of the identity."""
    return str(uuid.uuid5(EVENT_NAMESPACE, identity))


def scope_of(identity: str) -> str:
    """The scope that an identity begins with."""
    return "|".join(identity.split("|", 2)[:2])


def normalised(name: str) -> str:
    """One spelling of a name: NFKC, case-folded, without determiners before it, blanks and ``|`` as ``_``, cut."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    words = folded.split()
    while len(words) > 1 and words[0] in DETERMINERS:
        del words[0]
    return _unbarred("_".join(words))[:NAME_CHARACTERS]


def _ordered(event_type: EventType, actor: str, other: str | None) -> tuple[str, str | None]:
    if event_type in SYMMETRIC and other is not None and other < actor:
        return other, actor
    return actor, other


def _place(place: Place | None) -> str:
    """Name and country: the Springfields of two countries are two places."""
    if place is None:
        return NOTHING
    return _unbarred(f"{normalised(place.name or place.text)}@{place.country or NOTHING}")


def _unbarred(value: str) -> str:
    """No field holds the bar that parts the fields, whatever a name or a user's table brings."""
    return value.replace("|", "_")
