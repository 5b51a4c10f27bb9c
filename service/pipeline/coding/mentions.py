"""An event mention: one act between one actor and one recipient, as one sentence tells it."""

import datetime as dt
from dataclasses import dataclass

from service.model import Actor, DateBasis, DatePrecision, EventType, Evidence, Modality, Place


@dataclass(frozen=True, slots=True)
class EventDate:
    """When it happened: the first day of the period; ``planned`` is a stated day after publication."""

    first: dt.date
    precision: DatePrecision
    basis: DateBasis
    planned: dt.date | None = None


@dataclass(frozen=True, slots=True)
class EventMention:
    """What one trigger says of one dyad. Without an actor it is no event yet, and is held back later.

    ``retold`` mentions took the date of another mention of the same act.
    """

    type: EventType
    mode: str | None
    modality: Modality
    actor: Actor | None
    recipient: Actor | None
    date: EventDate
    location: Place | None
    evidence: Evidence
    confidence: float
    dateline_country: str | None = None
    retold: bool = False
