"""``eventwire tail`` against the real broker."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterable

from service.config import Settings
from service.model import Event
from service.pipeline.publish import Record, event_record, update_record
from service.stream import topics
from service.stream.clients import producer
from tests.broker.brokers import Broker
from tests.broker.commands import environment, run_command, topics_of
from tests.events import an_event
from tests.processes import CHECKOUT

IDLE = ("--until-idle", "2")


def made(broker: Broker, run: str) -> Settings:
    settings = topics_of(run, bootstrap_servers=broker.bootstrap)
    topics.create(settings)
    return settings


def publish(settings: Settings, records: Iterable[Record], *, topic: str = "", commit: bool = True) -> None:
    """In one transaction, as the worker does."""
    with producer(settings, f"{settings.app_id}-test") as client:
        client.init_transactions()
        client.begin_transaction()
        for record in records:
            client.send(topic or settings.events_topic, record.value, key=record.key, headers=list(record.headers))
        client.flush()
        client.commit_transaction() if commit else client.abort_transaction()


def events(count: int) -> list[Event]:
    return [an_event(f"article {number}", event_id=f"event-{number}") for number in range(count)]


def test_events_that_are_there_are_shown_from_the_beginning_until_it_is_idle(broker: Broker) -> None:
    settings = made(broker, "tail.all")
    publish(settings, map(event_record, events(20)))
    done = run_command(settings, "tail", "--from-beginning", *IDLE)
    assert done.code == 0, done.err
    assert sorted(row["event_id"] for row in done.rows) == sorted(event.event_id for event in events(20))
    assert done.rows[0].keys() == json.loads(events(1)[0].model_dump_json()).keys()


def test_events_of_an_aborted_transaction_are_not_shown(broker: Broker) -> None:
    settings = made(broker, "tail.committed")
    publish(settings, map(event_record, events(5)), commit=False)
    publish(settings, [event_record(an_event(event_id="committed"))])
    assert [row["event_id"] for row in run_command(settings, "tail", "--from-beginning", *IDLE).rows] == ["committed"]


def test_updates_are_shown_when_asked_for(broker: Broker) -> None:
    settings = made(broker, "tail.updates")
    publish(settings, [event_record(an_event())])
    publish(settings, [update_record(an_event(revision=2, articles=2))], topic=settings.updates_topic)
    plain = run_command(settings, "tail", "--from-beginning", *IDLE)
    assert [row["revision"] for row in plain.rows] == [1]
    both = run_command(settings, "tail", "--from-beginning", "--updates", *IDLE)
    assert sorted(row["revision"] for row in both.rows) == [1, 2]


def test_without_from_beginning_only_what_comes_is_shown(broker: Broker) -> None:
    settings = made(broker, "tail.coming")
    publish(settings, [event_record(an_event(event_id="before"))])
    command = [sys.executable, "-m", "service", "tail", "--until-idle", "15"]
    with subprocess.Popen(
        command, env=environment(settings), cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as run:
        watchdog = threading.Timer(60, run.kill)
        watchdog.start()
        assert run.stderr
        assert run.stdout
        assert b"following tail.coming.events at" in run.stderr.readline()
        publish(settings, [event_record(an_event(event_id="after"))])
        assert json.loads(run.stdout.readline())["event_id"] == "after"
        run.kill()
        watchdog.cancel()


def test_the_table_says_who_did_what_to_whom_and_shows_the_sentence(broker: Broker) -> None:
    settings = made(broker, "tail.table")
    event = an_event()
    publish(settings, [event_record(event)])
    header, line, sentence = run_command(
        settings, "tail", "--from-beginning", *IDLE, "--format", "table"
    ).out.splitlines()
    assert header.split() == ["date", "type", "actor", "->", "recipient", "place", "confidence"]
    assert line.startswith(f"{event.date}  {event.type}")
    assert "RUSGOV" in line
    assert sentence.strip() == event.evidence[0].sentence


def test_a_record_that_is_no_event_is_told_and_the_rest_shown(broker: Broker) -> None:
    settings = made(broker, "tail.foreign")
    publish(settings, [Record(None, b"hello", ()), event_record(an_event())])
    done = run_command(settings, "tail", "--from-beginning", *IDLE)
    assert done.code == 3
    assert len(done.rows) == 1
    assert "is no event" in done.err
