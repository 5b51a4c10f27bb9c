"""Stage B on one partition: each event once. Coded events come in; events, updates and state go out."""

import datetime as dt
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pydantic import ValidationError

from service.model import Event
from service.pipeline.dedup import Corroborated, Duplicate, Entry, New, Outcome, Provenance, deduplicate
from service.pipeline.publish import Record, carried_headers, event_record, parse_event, update_record
from service.stream.delivery import Link
from service.stream.records import Batch, Outgoing, Source, SourceRecord
from service.stream.rejects import TIMESTAMP
from service.stream.state import PartitionState, load

EXPIRED_AT_ONCE = 100
"""Tombstones in one transaction: after a long gap in the stream a whole state may be overdue."""


@dataclass(frozen=True, slots=True)
class DedupTerms:
    """What stage B is to do, the same for all partitions."""

    state_topic: str
    events_topic: str
    updates_topic: str
    retention_days: int
    keeps_state: bool
    """Whether an unchanged position proves an unchanged state: only where both change in one transaction."""
    entries: dict[Source, int] = field(default_factory=dict)
    """Number of entries on each partition, for the observer."""


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """A record of the coded topic, waiting."""

    record: SourceRecord
    done: bool = True

    def give_up(self) -> None:
        pass


@dataclass(slots=True)
class Decision:
    """What comes of a batch, to be kept when it is delivered."""

    stream_time: int
    changes: dict[bytes, bytes | None] = field(default_factory=dict)
    outputs: list[Outgoing] = field(default_factory=list)
    published: Counter[str] = field(default_factory=Counter)
    duplicate: Counter[str] = field(default_factory=Counter)
    seen: list[int] = field(default_factory=list)
    """Timestamps of the articles of what is published, milliseconds since 1970."""
    expired: int = 0
    touched: int = 0
    """When the entries are said to be written, milliseconds since 1970."""


class DedupWork:
    """Stage B on one partition. The state is loaded after fencing and changes after delivery only."""

    def __init__(self, source: Source, terms: DedupTerms, link: Link, now: Callable[[], float] = time.time) -> None:
        self._source = source
        self._terms = terms
        self._link = link
        self._now = now
        self._state: PartitionState | None = None
        self._holds = -1
        self._decision = Decision(0)

    def start(self, record: SourceRecord, wake: Callable[[], None]) -> CodedEvent:
        del wake  # it is done as it comes
        return CodedEvent(record)

    async def open(self, position: int) -> None:
        if self._state is None or self._holds != position or not self._terms.keeps_state:
            began = time.perf_counter()
            partition = Source(self._terms.state_topic, self._source.partition)
            self._state = await load(self._link, partition, self._terms.retention_days)
            self._link.observer.state_recovered(time.perf_counter() - began)
        self._tell(0)

    async def conclude(self, items: Sequence[CodedEvent]) -> Batch:
        state = self._known
        decision = self._decision = Decision(state.stream_time)
        pace = self._link.pace
        async with pace.turn():
            for item in items:
                self._decide(decision, item.record)
                await pace.breathe()
            overdue = state.expired(decision.stream_time, EXPIRED_AT_ONCE, keep=decision.changes.keys())
            decision.expired = len(overdue)
            decision.changes.update(dict.fromkeys(overdue))
        # Brokers refuse timestamps far ahead of their clock, and one article's must not stop the worker.
        decision.touched = min(decision.stream_time, round(self._now() * 1000))
        changed = [self._stored(key, entry, decision.touched) for key, entry in decision.changes.items()]
        return Batch(items[-1].record.offset + 1, decision.outputs, changed)

    def delivered(self, items: Sequence[CodedEvent]) -> None:
        decision = self._decision
        self._known.apply(decision.changes, decision.touched)
        self._known.stream_time = decision.stream_time
        self._holds = items[-1].record.offset + 1
        now = self._now()
        delays = [max(0.0, now - seen / 1000) for seen in decision.seen]
        self._link.observer.events_committed(decision.published, decision.duplicate, delays)
        self._tell(decision.expired)

    def forget(self) -> None:
        self._state = None
        self._terms.entries.pop(self._source, None)

    @property
    def _known(self) -> PartitionState:
        if self._state is None:
            raise RuntimeError(f"{self._source}: used before it was opened")
        return self._state

    def _decide(self, decision: Decision, record: SourceRecord) -> None:
        event = self._event(record)
        seen = int(record.header(TIMESTAMP) or record.timestamp)
        decision.stream_time = max(decision.stream_time, seen)
        key = event.identity.encode()
        entry = decision.changes.get(key) or self._known.get(key, decision.stream_time)
        known = None if entry is None else Entry.from_bytes(entry)
        seen_at = dt.datetime.fromtimestamp(seen / 1000, dt.UTC)
        outcome, after = deduplicate(known, event, seen_at, Provenance(*record.source, record.offset))
        if after is not known:
            decision.changes[key] = after.to_bytes()
        self._note(decision, outcome, event.type, record)
        if not isinstance(outcome, Duplicate):
            decision.seen.append(seen)

    def _note(self, decision: Decision, outcome: Outcome, event_type: str, record: SourceRecord) -> None:
        carried = carried_headers(record.headers)
        match outcome:
            case New(event):
                decision.published[event_type] += 1
                decision.outputs.append(self._published(self._terms.events_topic, event_record(event, carried)))
            case Corroborated(event):
                decision.duplicate[event_type] += 1
                decision.outputs.append(self._published(self._terms.updates_topic, update_record(event, carried)))
            case Duplicate():
                decision.duplicate[event_type] += 1

    def _event(self, record: SourceRecord) -> Event:
        try:
            return parse_event(record.value or b"")
        except ValidationError as error:
            raise ForeignRecordError(
                f"{record.source} at {record.offset} is no event that this version of eventwire can read; only"
                f" eventwire may write {record.source.topic}: {error}"
            ) from error

    def _published(self, topic: str, record: Record) -> Outgoing:
        return Outgoing(topic, record.key, record.value, record.headers, self._source.partition)

    def _stored(self, key: bytes, entry: bytes | None, touched: int) -> Outgoing:
        return Outgoing(self._terms.state_topic, key, entry, partition=self._source.partition, timestamp=touched)

    def _tell(self, expired: int) -> None:
        self._terms.entries[self._source] = len(self._known)
        self._link.observer.state(sum(self._terms.entries.values()), expired)


class ForeignRecordError(Exception):
    """Somebody else writes to a topic that only eventwire may write, or another version of it did."""
