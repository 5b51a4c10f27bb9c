"""Events as records: keys, CloudEvents headers, bytes that are always the same and always fit."""

import datetime as dt
import json
from collections.abc import Callable

import pytest

from service.model import Event
from service.pipeline.publish import (
    VALUE_BYTES,
    Headers,
    Record,
    carried_headers,
    coded_record,
    event_record,
    parse_event,
    update_record,
)
from tests.events import an_event

SEEN = dt.datetime(2016, 12, 9, 10, tzinfo=dt.UTC)
TRACE = (("traceparent", b"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),)


def revision(number: int, last_seen: dt.datetime = SEEN) -> Event:
    return an_event(revision=number, articles=number, first_seen=SEEN, last_seen=last_seen)


def header(record: Record, name: str) -> str:
    return dict(record.headers)[name].decode()


def test_coded_and_published_events_are_keyed_by_their_scope() -> None:
    assert coded_record(an_event()).key == event_record(revision(1)).key == b"RUSGOV|2016-12-07"


def test_updates_are_keyed_by_the_event_so_that_the_last_revision_stays() -> None:
    assert update_record(revision(2)).key == revision(2).event_id.encode()


def test_the_headers_are_those_of_cloudevents_in_binary_mode() -> None:
    event = revision(1)
    assert dict(event_record(event).headers) == {
        "ce_specversion": b"1.0",
        "ce_id": event.event_id.encode(),
        "ce_type": b"eventwire.event.published.v1",
        "ce_source": b"/eventwire",
        "ce_time": b"2016-12-09T10:00:00+00:00",
        "content-type": b"application/json",
    }


def test_no_two_records_of_a_type_share_an_id() -> None:
    coded = {header(coded_record(an_event(article)), "ce_id") for article in "abc"}
    updates = {header(update_record(revision(number)), "ce_id") for number in (2, 3)}
    assert len(coded) == 3
    assert updates == {f"{revision(1).event_id}/{number}" for number in (2, 3)}
    assert {header(make(revision(2)), "ce_type") for make in (coded_record, event_record, update_record)} == {
        f"eventwire.event.{step}.v1" for step in ("coded", "published", "updated")
    }


def test_before_anyone_has_seen_it_an_event_has_the_time_of_its_article() -> None:
    assert header(coded_record(an_event()), "ce_time") == "2016-12-08T00:00:00+00:00"


@pytest.mark.parametrize("make", [coded_record, event_record, update_record])
def test_the_trace_is_carried_on(make: Callable[[Event, Headers], Record]) -> None:
    assert make(revision(2), TRACE).headers[-1:] == TRACE


def test_of_a_records_headers_only_the_trace_goes_on() -> None:
    headers = [
        ("traceparent", b"00-1"),
        ("tracestate", b"a=b"),
        ("ce_id", b"7"),
        ("password", b"x"),
        ("tracestate", None),
    ]
    assert carried_headers(headers) == (("traceparent", b"00-1"), ("tracestate", b"a=b"))
    assert carried_headers(None) == ()


def test_the_value_is_the_event_in_json_and_back() -> None:
    record = event_record(revision(1))
    assert parse_event(record.value) == revision(1)
    assert json.loads(record.value)["evidence"][0]["in"] == "text"


def test_the_same_event_is_the_same_record() -> None:
    assert event_record(revision(1), TRACE) == event_record(parse_event(event_record(revision(1)).value), TRACE)


def test_fields_of_a_later_version_are_ignored() -> None:
    later = json.loads(event_record(revision(1)).value) | {"severity": "high"}
    assert parse_event(json.dumps(later).encode()) == revision(1)


def test_an_event_of_common_size_is_published_whole() -> None:
    mention = an_event().evidence[0]
    event = an_event(evidence=(mention,) * 500)
    assert parse_event(coded_record(event).value) == event


def test_a_freak_of_an_event_is_cut_until_its_topic_takes_it() -> None:
    word = "\u0001" * 200_000
    mention = an_event().evidence[0].model_copy(update={"sentence": word, "end": 200_000})
    actor = an_event().actor.model_copy(update={"text": word, "name": word})
    event = an_event(article=word, source=word, evidence=(mention,) * 100, actor=actor, sources=(word,))
    record = coded_record(event)
    assert len(record.value) < VALUE_BYTES
    assert sum(len(value) for _, value in record.headers) < 1000
    cut = parse_event(record.value)
    assert (cut.event_id, cut.evidence[0].end) == (event.event_id, 200_000)
