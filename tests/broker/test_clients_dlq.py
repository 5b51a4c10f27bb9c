"""``eventwire dlq`` against the real broker."""

import json
from pathlib import Path
from typing import Any

import pytest

from service.config import Settings
from service.model import RejectReason
from service.stream import topics
from service.stream.broker_errors import BrokerError
from service.stream.clients import consumer, producer
from service.stream.deadletters import REPLAY_OF, dead_letters, reader, replay, replayed
from service.stream.reading import read_to_end
from service.stream.rejects import Cause, rejected_record
from tests.broker.brokers import Broker
from tests.broker.commands import Ended, run_command, topics_of

REPAIRED = b'{"id": "7", "text": "Talks were held in Geneva.", "published_at": "2016-12-08T00:00:00+00:00"}'
BROKEN = b'{"id": "7", "text": "Talks were held in Geneva."}'


def made(broker: Broker, run: str, **values: Any) -> Settings:
    settings = topics_of(run, bootstrap_servers=broker.bootstrap, partitions=2, **values)
    topics.create(settings)
    return settings


def reject(
    settings: Settings,
    value: bytes | None,
    reason: RejectReason = "schema",
    key: bytes | None = b"7",
    partition: int = 0,
) -> None:
    """A dead letter as the worker writes it, of an article with headers of its own."""
    cause = Cause(
        reason, "published_at: Field required", settings.articles_topic, partition, 41, 1_481_155_200_000, "0.1"
    )
    record = rejected_record(cause, key, value, [("traceparent", b"00-1-2-01"), (REPLAY_OF, b"an earlier one")])
    with producer(settings) as client:
        sent = client.send(
            settings.rejected_topic, record.value, key=record.key, headers=list(record.headers), partition=partition
        )
        sent.get(timeout=30)


def articles(settings: Settings) -> list[Any]:
    with consumer(settings) as client:
        return list(read_to_end(client, settings.articles_topic))


def dlq(settings: Settings, *arguments: str | Path) -> Ended:
    return run_command(settings, "dlq", *arguments)


def test_dead_letters_are_listed_with_their_cause_and_counted_by_reason(broker: Broker) -> None:
    settings = made(broker, "dlq.list")
    reject(settings, BROKEN)
    reject(settings, b"\xff", "not_utf8", key=None, partition=1)
    reject(settings, None, "no_text", partition=1)
    done = dlq(settings, "list")
    assert done.code == 0, done.err
    assert min(done.rows, key=lambda row: str(row["at"])) == {
        "at": "0:0",
        "reason": "schema",
        "detail": "published_at: Field required",
        "source": "dlq.list.articles-0-41",
        "seen_at": "2016-12-08T00:00:00.000+00:00",
        "version": "0.1",
        "key": "7",
        "bytes": len(BROKEN),
        "replayed": False,
    }
    assert "3 dead letters: 1 " in done.err
    assert [row["at"] for row in dlq(settings, "list", "--reason", "not_utf8").rows] == ["1:0"]
    assert len(dlq(settings, "list", "--limit", "2").rows) == 2


def test_one_is_shown_with_its_headers_or_byte_for_byte(broker: Broker) -> None:
    settings = made(broker, "dlq.show")
    reject(settings, b'{"text": "\xff\n')
    (row,) = dlq(settings, "show", "0:0").rows
    assert row["headers"]["traceparent"] == "00-1-2-01"
    assert row["value"] == '{"text": "\\xff\n'
    assert "published_at: Field required" in dlq(settings, "show", "0:0", "--format", "table").out
    missing = dlq(settings, "show", "0:9")
    assert (missing.code, missing.err.splitlines()[0]) == (
        1,
        "error: no dead letter at 0:9 of dlq.show.articles.rejected",
    )


def test_a_repaired_article_is_sent_once_and_refused_a_second_time(broker: Broker, tmp_path: Path) -> None:
    settings = made(broker, "dlq.repaired")
    reject(settings, BROKEN)
    file = tmp_path / "repaired.json"
    file.write_bytes(REPAIRED)
    first = dlq(settings, "replay", "--at", "0:0", "--file", file)
    assert first.code == 0, first.err
    (record,) = articles(settings)
    assert first.rows == [
        {"at": "0:0", "reason": "schema", "sent_to": f"{record.topic}-{record.partition}-{record.offset}"}
    ]
    assert (record.key, record.value) == (b"7", REPAIRED)
    assert record.headers == [("traceparent", b"00-1-2-01"), (REPLAY_OF, b"dlq.repaired.articles.rejected-0-0")]
    second = dlq(settings, "replay", "--at", "0:0", "--file", file)
    assert second.code == 1
    assert "--again" in second.err
    assert len(articles(settings)) == 1
    assert dlq(settings, "list").rows[0]["replayed"] is True
    again = dlq(settings, "replay", "--at", "0:0", "--file", file, "--again")
    assert again.code == 0
    assert len(articles(settings)) == 2


def test_a_file_that_would_be_rejected_again_is_not_sent(broker: Broker, tmp_path: Path) -> None:
    settings = made(broker, "dlq.again")
    reject(settings, BROKEN)
    (tmp_path / "still.json").write_bytes(BROKEN)
    done = dlq(settings, "replay", "--at", "0:0", "--file", tmp_path / "still.json")
    assert done.code == 1
    assert "would be rejected again: schema: published_at" in done.err
    assert articles(settings) == []


def test_all_of_a_reason_are_replayed_as_they_are_and_those_of_before_left_out(broker: Broker) -> None:
    settings = made(broker, "dlq.reason")
    for number in range(3):
        reject(settings, b"%d" % number, "internal", partition=number % 2)
    reject(settings, BROKEN, "schema")
    assert dlq(settings, "replay", "--at", "1:0").code == 0
    done = dlq(settings, "replay", "--reason", "internal")
    assert done.code == 0, done.err
    assert done.err.splitlines()[-1] == "2 replayed, 1 left out that were replayed before"
    assert sorted(record.value for record in articles(settings)) == [b"0", b"1", b"2"]
    assert dlq(settings, "replay", "--reason", "internal").code == 1
    with consumer(settings) as client:
        assert len(replayed(client, settings)) == 3


def test_a_null_value_can_not_be_replayed_and_the_others_are(broker: Broker) -> None:
    settings = made(broker, "dlq.null")
    reject(settings, None, "no_text")
    reject(settings, BROKEN)
    done = dlq(settings, "replay", "--yes")
    assert done.code == 3
    assert "0:0 has no value to send" in done.err
    assert [row["at"] for row in done.rows] == ["0:1"]


def test_all_are_only_replayed_when_that_is_said(broker: Broker) -> None:
    settings = made(broker, "dlq.asked")
    reject(settings, BROKEN)
    done = dlq(settings, "replay")
    assert done.code == 2
    assert "--yes for all" in done.err
    assert articles(settings) == []


def test_at_least_once_a_replay_needs_no_transaction(broker: Broker) -> None:
    settings = made(broker, "dlq.plain", delivery="at_least_once")
    reject(settings, BROKEN)
    assert dlq(settings, "replay", "--at", "0:0").code == 0
    assert dlq(settings, "replay", "--at", "0:0").code == 1
    with consumer(settings) as client:
        (note,) = read_to_end(client, settings.replayed_topic)
    assert note.key == b"dlq.plain.articles.rejected-0-0"
    assert json.loads(note.value)["sent_to"].startswith("dlq.plain.articles-")


def test_of_two_replays_at_a_time_the_later_ends_the_earlier_and_nothing_is_sent_twice(broker: Broker) -> None:
    settings = made(broker, "dlq.two")
    for number in range(4):
        reject(settings, b"%d" % number)
    with reader(settings) as one, reader(settings) as two:
        earlier = replay(settings, list(dead_letters(one, settings)))
        assert next(earlier).sent_to
        later = list(replay(settings, list(dead_letters(two, settings))))
        with pytest.raises(BrokerError, match="another run of the same command took over"):
            list(earlier)
    assert [each.skipped for each in later] == ["before", None, None, None]
    assert sorted(record.value for record in articles(settings)) == [b"0", b"1", b"2", b"3"]


@pytest.mark.parametrize(
    "wrong",
    [
        ("replay", "--at", "0"),
        ("replay", "--at", "0:0", "--reason", "schema"),
        ("replay", "--reason", "boredom"),
        ("replay", "--reason", "schema", "--file", "repaired.json"),
    ],
)
def test_wrong_use_is_told(wrong: tuple[str, ...]) -> None:
    done = dlq(Settings(bootstrap_servers="127.0.0.1:1"), *wrong)
    assert done.code == 2, done.err


def test_the_raw_article_comes_byte_for_byte(broker: Broker) -> None:
    settings = made(broker, "dlq.raw")
    reject(settings, "Gespräch\r\n\t".encode())
    assert dlq(settings, "show", "0:0", "--raw").out == "Gespräch\r\n\t"
