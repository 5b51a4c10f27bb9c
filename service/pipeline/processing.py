"""The flow of one article: bytes in; its events, what was held back, or a rejection out."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from service.model import Article, Event, Held, Rejected


@dataclass(frozen=True, slots=True)
class Coded:
    """What became of a good article. ``events`` are in the order of the text."""

    article: Article
    events: tuple[Event, ...]
    held: tuple[Held, ...]
    sentences: int
    seconds: float = 0.0


@dataclass(slots=True)
class Tally:
    """Counts of a batch of outcomes, for the conservation law: received = coded + rejected; extracted = held + coded."""

    coded: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    sentences: int = 0
    extracted: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    unresolved: Counter[str] = field(default_factory=Counter)
    coding_seconds: list[float] = field(default_factory=list)

    @classmethod
    def of(cls, outcomes: Iterable[Coded | Rejected]) -> "Tally":
        tally = cls()
        for outcome in outcomes:
            tally.add(outcome)
        return tally

    def add(self, outcome: Coded | Rejected) -> None:
        if isinstance(outcome, Rejected):
            self.rejected[outcome.reason] += 1
            return
        self.coded += 1
        self.sentences += outcome.sentences
        self.coding_seconds.append(outcome.seconds)
        self.extracted.update(event.type for event in (*outcome.events, *outcome.held))
        self.held.update(held.reason for held in outcome.held)
        self.events.update(event.type for event in outcome.events)
        self.unresolved["actor"] += sum(event.actor.code is None for event in outcome.events)
        self.unresolved["recipient"] += sum(
            event.recipient is not None and event.recipient.code is None for event in outcome.events
        )
