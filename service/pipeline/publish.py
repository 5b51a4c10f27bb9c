"""Events as records: key, value and CloudEvents headers (binary mode), and back. The same event is the same bytes."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from service.model import ARTICLE_NAMESPACE, Event
from service.pipeline.identity import scope_of

Headers = tuple[tuple[str, bytes], ...]

SOURCE = "/eventwire"
CARRIED = frozenset({"traceparent", "tracestate"})
VALUE_BYTES = 1536 * 1024
"""A record of these topics may have 2 MiB; the rest is for key, headers and the batch around it."""

CUT_EVIDENCE = 10
CUT_CHARACTERS = 10_000


@dataclass(frozen=True, slots=True)
class Record:
    """What is sent to a topic."""

    key: bytes | None
    value: bytes
    headers: Headers


def coded_record(event: Event, carried: Headers = ()) -> Record:
    """For the internal topic: keyed by scope, so that all that may be one event meets on one partition."""
    # Each article that reports the event is a record of its own here; ids of articles can be of any length.
    report = uuid.uuid5(ARTICLE_NAMESPACE, event.article.id)
    return _record(_scope(event), event, "coded", f"{event.event_id}/{report}", carried)


def event_record(event: Event, carried: Headers = ()) -> Record:
    """For the events topic: revision 1."""
    return _record(_scope(event), event, "published", event.event_id, carried)


def update_record(event: Event, carried: Headers = ()) -> Record:
    """For the updates topic: keyed by the event, so that compaction keeps the last revision."""
    return _record(event.event_id.encode(), event, "updated", f"{event.event_id}/{event.revision}", carried)


def parse_event(value: bytes) -> Event:
    """The event in a record's value.

    Raises:
        pydantic.ValidationError: the value is no event. Only eventwire writes these topics, so this is a fault.
    """
    return Event.model_validate_json(value)


def carried_headers(headers: Iterable[tuple[str, bytes | None]] | None) -> Headers:
    """Of a record's headers those that go with what comes of it: the trace."""
    return tuple((name, value) for name, value in headers or () if name in CARRIED and value is not None)


def _scope(event: Event) -> bytes:
    return scope_of(event.identity).encode()


def _record(key: bytes, event: Event, step: str, record_id: str, carried: Headers) -> Record:
    # The time of what the record tells; no clock, so that a record that is sent again is the same.
    time = event.last_seen or event.article.published_at
    headers = {
        "ce_specversion": "1.0",
        "ce_id": record_id,
        "ce_type": f"eventwire.event.{step}.v1",
        "ce_source": SOURCE,
        "ce_time": time.isoformat(),
        "content-type": "application/json",
    }
    return Record(key, _value(event), (*((name, text.encode()) for name, text in headers.items()), *carried))


def _value(event: Event) -> bytes:
    """The event as JSON. One that no topic would take, a freak of its article, is published with its strings cut."""
    value = event.model_dump_json().encode()
    if len(value) <= VALUE_BYTES:
        return value
    best = event.model_copy(update={"evidence": event.evidence[:CUT_EVIDENCE]})
    return Event.model_validate(_cut(best.model_dump(mode="json"))).model_dump_json().encode()


def _cut(node: Any) -> Any:  # noqa: ANN401 - any JSON
    match node:
        case str():
            return node[:CUT_CHARACTERS]
        case dict():
            return {name: _cut(value) for name, value in node.items()}
        case list():
            return [_cut(value) for value in node]
        case _:
            return node
