"""The description of the channels says what the topics and records are."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, get_args

import pytest
import yaml
from jsonschema import Draft202012Validator

from service.model import RejectReason
from service.pipeline.publish import Record, event_record, update_record
from service.shipped import folder
from service.shipped.topics import topic_table
from service.stream.rejects import CAUSE_HEADERS
from tests.events import an_event

SCHEMAS = folder("schemas")
DOCUMENT = yaml.safe_load((SCHEMAS / "asyncapi.yaml").read_text(encoding="utf-8"))
SEEN = dt.datetime(2016, 12, 9, tzinfo=dt.UTC)
INTERNAL = {"articles.replayed", "events.coded", "events.state"}


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from (value for name, value in node.items() if name == "$ref")
        node = list(node.values())
    if isinstance(node, list):
        for part in node:
            yield from references(part)


def resolved(reference: str) -> Any:
    file, _, pointer = reference.partition("#")
    node = yaml.safe_load((SCHEMAS / file).read_text(encoding="utf-8")) if file else DOCUMENT
    for step in pointer.split("/")[1:]:
        node = node[step]
    return node


@pytest.mark.parametrize("reference", sorted(set(references(DOCUMENT))))
def test_a_reference_leads_somewhere(reference: str) -> None:
    assert resolved(reference)


def test_every_topic_that_is_not_internal_is_a_channel() -> None:
    addresses = [channel["address"] for channel in DOCUMENT["channels"].values()]
    assert addresses == [spec.name for spec in topic_table() if spec.name not in INTERNAL]


@pytest.mark.parametrize(
    "record",
    [event_record(an_event(last_seen=SEEN)), update_record(an_event(last_seen=SEEN, revision=2))],
    ids=["event", "update"],
)
def test_the_headers_of_events_are_as_described(record: Record) -> None:
    described = DOCUMENT["components"]["messages"]["event"]["headers"]
    sent = {name: value.decode() for name, value in record.headers}
    assert not list(Draft202012Validator(described).iter_errors(sent))
    assert set(sent) <= set(described["properties"])


def test_the_headers_of_dead_letters_are_as_described() -> None:
    described = DOCUMENT["components"]["messages"]["reject"]["headers"]
    assert tuple(described["required"]) == tuple(described["properties"]) == CAUSE_HEADERS
    assert resolved(described["properties"]["eventwire-reason"]["$ref"])["enum"] == list(get_args(RejectReason))
