"""Each event once: what is known of an identity, and an event, give the outcome and what is known next.

Pure: the stage brings the entry, the record's timestamp and its place in the topic, and stores the next entry.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass, replace

from service.model import Event
from service.pipeline.entry import Entry, Provenance

__all__ = ["Corroborated", "Duplicate", "Entry", "New", "Outcome", "Provenance", "deduplicate", "expired"]

SHARED = ("event_id", "revision", "articles", "sources", "first_seen", "last_seen", "article")
"""Fields of an event that come from the entry, not from the article at hand."""

MAX_SOURCES = 50
SOURCE_CHARACTERS = 200
MAX_HASHES = 256
"""So many articles of an event are remembered, the last ones and always the first.

Up to here the count of articles is exact. Beyond, an article counts again only if it comes again after ``MAX_HASHES``
others; a record that is delivered again never does, because its offset is not above that of the last one counted.
"""


@dataclass(frozen=True, slots=True)
class New:
    """To be published: revision 1."""

    event: Event


@dataclass(frozen=True, slots=True)
class Corroborated:
    """Another article reports it: to be published as an update. Its evidence is that of the new article."""

    event: Event


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The same article again: adds nothing, and leaves the entry as it is."""


Outcome = New | Corroborated | Duplicate


def deduplicate(
    entry: Entry | None, event: Event, seen_at: dt.datetime, provenance: Provenance
) -> tuple[Outcome, Entry]:
    """What to do with an event as coded from one article, and the entry from now on.

    A record that is delivered again, because a worker died before it noted its offset, is known by its provenance. The
    one that gave the event gives it again, the same to the byte. One that corroborated it is a duplicate then: its
    update was acknowledged before the entry was stored. Neither is counted twice.

    Args:
        entry: What is known of the event's identity. An ``expired`` one is to be left out.
        event: As coded: revision 1, of one article.
        seen_at: Timestamp of the record.
        provenance: Where the record lies.
    """
    seen_at = seen_at.astimezone(dt.UTC)
    if entry is None:
        entry = _first(event, seen_at, provenance)
        return New(_told(event, entry)), entry
    if provenance == entry.provenance and event.article.id == entry.article.id:
        return New(_told(event, _first(event, seen_at, provenance))), entry
    if _digest(event) in entry.hashes or _counted(entry, provenance):
        return Duplicate(), entry
    entry = _corroborated(entry, event, seen_at, provenance)
    return Corroborated(_told(event, entry)), entry


def expired(entry: Entry, stream_time: dt.datetime, retention: dt.timedelta) -> bool:
    """Whether no article has touched it for longer than the retention, in stream time: the highest record timestamp."""
    return stream_time - entry.last_seen > retention


def _first(event: Event, seen_at: dt.datetime, provenance: Provenance) -> Entry:
    return Entry(
        event_id=event.event_id,
        revision=1,
        provenance=provenance,
        counted_offset=provenance.offset,
        first_seen=seen_at,
        last_seen=seen_at,
        articles=1,
        hashes=(_digest(event),),
        sources=_sources((), event),
        article=event.article,
    )


def _corroborated(entry: Entry, event: Event, seen_at: dt.datetime, provenance: Provenance) -> Entry:
    hashes = (*entry.hashes, _digest(event))
    return replace(
        entry,
        revision=entry.revision + 1,
        counted_offset=provenance.offset if provenance.beside(entry.provenance) else entry.counted_offset,
        first_seen=min(entry.first_seen, seen_at),
        last_seen=max(entry.last_seen, seen_at),
        articles=entry.articles + 1,
        hashes=hashes if len(hashes) <= MAX_HASHES else (hashes[0], *hashes[2:]),
        sources=_sources(entry.sources, event),
    )


def _told(event: Event, entry: Entry) -> Event:
    """The event with what all its articles tell."""
    known = {name: getattr(entry, name) for name in SHARED}
    return event.model_copy(update=known)


def _counted(entry: Entry, provenance: Provenance) -> bool:
    """Whether hashes were forgotten, and the record is not above the last one that was counted."""
    full = len(entry.hashes) == MAX_HASHES
    return full and provenance.beside(entry.provenance) and provenance.offset <= entry.counted_offset


def _sources(known: tuple[str, ...], event: Event) -> tuple[str, ...]:
    source = (event.article.source or "")[:SOURCE_CHARACTERS]
    return known if not source or source in known or len(known) == MAX_SOURCES else (*known, source)


def _digest(event: Event) -> int:
    """64 bits of the article's id: two of 256 articles agree by chance once in 10^14 events."""
    return int.from_bytes(hashlib.blake2b(event.article.id.encode(), digest_size=8).digest())
