"""An event mention: one act between one actor and one recipient, as one sentence tells it."""

import datetime as dt
from dataclasses import dataclass

from service.model import Actor, DateBasis, DatePrecision, EventType, Evidence, Modality, Place, Resolution


@dataclass(frozen=True, slots=True)
class EventDate:
    """When it happened: the first day of the period; ``planned`` is a stated day after publication."""

    first: dt.date
    precision: DatePrecision
    basis: DateBasis
    planned: dt.date | None = None


@dataclass(frozen=True, slots=True)
class PartyReading:
    """How a party was found: the words in the role, whose words they stand for, the entry that decided, the score.

    ``kind`` is that of the entry in the tables ("country", "title", "group"); ``score`` is the network's, 0-1.
    """

    words: str
    stands_for: str
    kind: str | None
    resolution: Resolution
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """Why a mention is what it is: the words, and how sure the network is of each (0-1)."""

    trigger: str
    type_score: float
    modality_score: float
    actor: PartyReading | None
    recipient: PartyReading | None
    place: str | None
    date: str | None
    planned: str | None


@dataclass(frozen=True, slots=True)
class EventMention:
    """What one trigger says of one dyad. Without an actor it is no event yet, and is held back later.

    ``retold`` mentions took the date of another mention of the same act. ``standing`` ones ("have insisted") tell what
    holds until now, whenever it was first done.
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
    reading: Reading
    dateline_country: str | None = None
    retold: bool = False
    standing: bool = False
