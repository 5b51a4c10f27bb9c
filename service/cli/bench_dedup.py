"""Deduplication against parsing the same events' JSON: what a stage that only reads its input would reach."""

import datetime as dt
import json
import uuid

from service.cli.bench import Figure
from service.cli.bench_code import demo_articles, in_turn
from service.model import Event
from service.pipeline.dedup import deduplicate
from service.pipeline.entry import Entry, Provenance
from service.pipeline.processing import Coder
from service.pipeline.publish import parse_event

EVENTS = 5_000
REPEATED = 3
"""Every third event comes from a second article, as news does."""
SEEN_AT = dt.datetime(2016, 12, 8, tzinfo=dt.UTC)


def measure(seconds: float) -> list[Figure]:
    """Events a second of deduplication, with its state's bytes read and written, and of ``json.loads``."""
    events = _events()
    values = [event.model_dump_json().encode() for event in events]

    def parse_json() -> None:
        for value in values:
            json.loads(value)

    def parse() -> None:
        for value in values:
            parse_event(value)

    def dedup() -> None:
        state: dict[bytes, bytes] = {}
        for offset, event in enumerate(events):
            key = event.identity.encode()
            known = state.get(key)
            entry = deduplicate(Entry.from_bytes(known) if known else None, event, SEEN_AT, Provenance("b", 0, offset))[
                1
            ]
            state[key] = entry.to_bytes()

    deduped, parsed_json = in_turn(dedup, parse_json, seconds)
    parsed, _ = in_turn(parse, parse_json, seconds)
    return [
        Figure("deduplication", EVENTS / deduped, "events/s"),
        Figure("parsing to events", EVENTS / parsed, "events/s"),
        Figure("json.loads", EVENTS / parsed_json, "events/s"),
        Figure("deduplication / json.loads", parsed_json / deduped, "ratio"),
    ]


def _events() -> list[Event]:
    """Events of the demo's articles, over and over under other identities."""
    coder = Coder.load()
    coded = [event for article in demo_articles() for event in coder.code(article).events]
    return [_renamed(coded[number % len(coded)], number) for number in range(EVENTS)]


def _renamed(event: Event, number: int) -> Event:
    told_before = number % REPEATED == 0 and number > 0
    identity = f"{event.identity}|{number - 1 if told_before else number}"
    article = event.article.model_copy(update={"id": str(uuid.UUID(int=number))})
    return event.model_copy(update={"identity": identity, "article": article})
