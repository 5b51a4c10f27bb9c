"""The worker on a real broker: what comes of what goes in. Its coder is the cheap one."""

import contextlib
import os
import time
from pathlib import Path

import pytest
from confluent_kafka import Producer
from kafka import TopicPartition
from kafka.admin import KafkaAdminClient
from kafka.structs import OffsetAndMetadata

from service.pipeline.entry import Entry
from service.stream.rejects import Cause
from tests.broker.cheap_coder import article
from tests.broker.expected import articles, assert_conserved
from tests.broker.flow import CHEAP, Flow, wait_for

DAY_MS = 24 * 60 * 60 * 1000
TRACE = b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


def causes(flow: Flow) -> list[Cause]:
    return [Cause.from_headers(record.headers) for record in flow.read("rejected")]


def test_what_goes_in_comes_out_once_and_the_counts_agree(flow: Flow) -> None:
    sent = articles(400, seed=3, bad=0.1)
    flow.send(sent.values)
    worker = flow.start().ready()
    flow.finish(60, [worker])
    assert_conserved(flow, sent)
    wait_for(lambda: worker.metric("events_published_total") == len(sent.identities), 5)
    assert worker.metric("articles_received_total") == 400
    assert worker.metric("articles_rejected_total") == sent.bad.total()
    assert worker.metric("articles_coded_total") == 400 - sent.bad.total()
    assert worker.metric("events_coded_total") == sent.reports.total()
    assert worker.metric("events_duplicate_total") == sent.reports.total() - len(sent.identities)
    assert worker.stop() == 0, worker.text


def test_a_reject_is_untouched_even_without_key_and_value(flow: Flow) -> None:
    worker = flow.start().ready()
    # kafka-python and aiokafka send no such record, others do.
    producer = Producer({"bootstrap.servers": flow.bootstrap})
    producer.produce(f"{flow.name}.articles", value=None, partition=2, headers=[("a", b"1"), ("a", None)])
    producer.produce(f"{flow.name}.articles", key=b"\x00", value=b"\xff\xfe", partition=2)
    producer.flush()
    flow.finish(30, [worker])
    empty, foreign = sorted(flow.read("rejected"), key=lambda record: Cause.from_headers(record.headers).offset)
    assert (empty.key, empty.value, list(empty.headers[:2])) == (None, None, [("a", b"1"), ("a", None)])
    assert (foreign.key, foreign.value) == (b"\x00", b"\xff\xfe")
    assert [(cause.reason, cause.partition, cause.offset) for cause in causes(flow)] == [
        ("no_text", 2, 0),
        ("not_utf8", 2, 1),
    ]


def test_the_trace_goes_from_the_article_to_its_event(flow: Flow) -> None:
    worker = flow.start().ready()
    with contextlib.closing(flow.producer()) as producer:
        producer.send(f"{flow.name}.articles", article(1, "event A B"), headers=[("traceparent", TRACE), ("x", b"y")])
        producer.flush()
    flow.finish(30, [worker])
    (event,) = flow.read("events")
    headers = dict(event.headers)
    assert headers["traceparent"] == TRACE
    assert "x" not in headers
    assert headers["ce_type"].startswith(b"eventwire.event.published")


def test_what_is_read_again_is_not_published_again(flow: Flow) -> None:
    sent = articles(100, seed=4)
    flow.send(sent.values)
    worker = flow.start().ready()
    flow.finish(30, [worker])
    assert worker.stop() == 0, worker.text
    events, updates = flow.read("events"), flow.read("updates")
    with contextlib.closing(KafkaAdminClient(bootstrap_servers=flow.bootstrap)) as admin:
        start = {TopicPartition(f"{flow.name}.articles", number): OffsetAndMetadata(0, "", -1) for number in range(4)}
        # The group is empty once the member that came back at once would have.
        wait_for(lambda: not admin.describe_groups([flow.name])[flow.name].get("members"), 20)
        admin.alter_group_offsets(flow.name, start)
    worker = flow.start(instance="w2").ready()
    flow.finish(30, [worker])
    assert len(flow.read("coded")) == 2 * sent.reports.total()
    assert len(flow.read("events")) == len(events)
    assert len(flow.read("updates")) == len(updates)


def test_a_second_worker_joins_and_leaves(flow: Flow) -> None:
    sent = articles(500, seed=5, wait=40)
    flow.send(sent.values)
    first = flow.start(instance="w1").ready()
    second = flow.start(instance="w2").ready()
    wait_for(lambda: second.metric("articles_coded_total") > 0, 30, lambda: second.text)
    assert second.stop() == 0, second.text
    flow.finish(60, [first])
    assert first.process.poll() is None, first.text
    assert_conserved(flow, sent)


def test_a_killed_worker_leaves_no_process_and_the_next_goes_on(flow: Flow) -> None:
    sent = articles(400, seed=6, wait=10)
    flow.send(sent.values)
    worker = flow.start(coder_processes=2).ready()
    wait_for(lambda: worker.metric("articles_coded_total") > 0, 30, lambda: worker.text)
    coders = [child for child in children(worker.process.pid) if "coder_process" in command(child)]
    assert len(coders) == 2
    worker.kill()
    wait_for(lambda: not any("coder_process" in command(child) for child in coders), 5)
    worker = flow.start().ready()
    flow.finish(60, [worker])
    assert_conserved(flow, sent)


def children(parent: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text()
    except FileNotFoundError:
        return ""


def test_at_least_once_loses_nothing_when_it_is_killed(flow: Flow) -> None:
    sent = articles(400, seed=7, wait=10)
    flow.send(sent.values)
    for _ in range(2):
        worker = flow.start(delivery="at_least_once").ready()
        wait_for(lambda worker=worker: worker.metric("articles_coded_total") > 0, 30)  # type: ignore[misc]
        worker.kill()
    worker = flow.start(delivery="at_least_once").ready()
    flow.finish(60, [worker])
    assert worker.stop() == 0, worker.text
    events = flow.events()
    assert {event.identity for event in events} == sent.identities
    assert {record.value for record in flow.read("rejected")} == set(sent.bad)
    # What came twice is the same event again, never one counted twice.
    assert {event.revision for event in events} == {1}
    last = {event.identity: event for event in (*events, *sorted(flow.events("updates"), key=lambda e: e.revision))}
    reported = {identity: len({a for a, known in sent.reports if known == identity}) for identity in sent.identities}
    assert {identity: event.articles for identity, event in last.items()} == reported


def test_an_article_that_hangs_or_kills_its_process_is_rejected_and_harms_no_other(flow: Flow, tmp_path: Path) -> None:
    good = [article(number, f"event A{number} B", "wait 20") for number in range(40)]
    hangs, dies, raises = article(100, "hang"), article(101, "die"), article(102, "raise")
    once = [
        article(200, f"once {tmp_path}/hung hang", "event C D"),
        article(201, f"once {tmp_path}/died die", "event E F"),
    ]
    flow.send([*good[:20], hangs, dies, raises, *once, *good[20:]])
    worker = flow.start(article_timeout_seconds=1, coder_processes=2).ready()
    flow.finish(60, [worker])
    rejects = {record.value: Cause.from_headers(record.headers) for record in flow.read("rejected")}
    assert {value: cause.reason for value, cause in rejects.items()} == dict.fromkeys((hangs, dies, raises), "internal")
    assert "no answer within 1 s" in rejects[hangs].detail
    assert "SIGKILL" in rejects[dies].detail
    assert "ValueError: told to" in rejects[raises].detail
    assert len(flow.events()) == len(good) + len(once)
    assert worker.metric("coder_restarts_total") == 6
    assert worker.web("/health/live")[0] == 200


@pytest.mark.parametrize(
    ("limit", "bad", "told"),
    [
        ({"dlq_max_consecutive": 20}, [b"{"] * 30, "20 articles in a row"),
        ({"dlq_max_share": 0.2}, [article(n) if n % 2 else b"{" for n in range(300)], "articles were rejected"),
    ],
)
def test_too_many_rejects_stop_the_worker_and_lose_nothing(
    flow: Flow, limit: dict[str, float], bad: list[bytes], told: str
) -> None:
    flow.send([*[article(n, f"event A{n} B") for n in range(5)], *bad], partition=0)
    worker = flow.start(CHEAP, "w1", **limit)
    assert worker.process.wait(30) == 1, worker.text
    assert told in worker.text
    assert "eventwire dlq list" in worker.text
    assert len(flow.read("rejected")) < bad.count(b"{")
    worker = flow.start(dlq_max_share=1, instance="w2").ready()
    flow.finish(30, [worker])
    assert len(flow.read("rejected")) == bad.count(b"{")
    assert len(flow.events()) == 5


def test_a_new_worker_knows_what_was_published(flow: Flow) -> None:
    flow.send([article(1, "event A B")])
    worker = flow.start().ready()
    flow.finish(30, [worker])
    assert worker.stop() == 0, worker.text
    flow.send([article(1, "event A B"), article(2, "event A B"), article(3, "event A C")])
    worker = flow.start(instance="w2").ready()
    flow.finish(30, [worker])
    assert [event.identity.split("|")[-1] for event in flow.events()] == ["B", "C"]
    (update,) = flow.events("updates")
    assert (update.revision, update.articles) == (2, 2)


def test_an_entry_goes_when_the_stream_has_long_passed_it(flow: Flow) -> None:
    worker = flow.start(state_retention_days=1).ready()
    now = round(time.time() * 1000)
    for number, (days_ago, found) in enumerate([(9, "event A B"), (5, "event A C"), (5, "event A B")]):
        with contextlib.closing(flow.producer()) as producer:
            producer.send(f"{flow.name}.articles", article(number, found), timestamp_ms=now - days_ago * DAY_MS)
            producer.flush()
        flow.finish(30, [worker])
    # All on one partition, for the same actor and day. The second tells the time at which the first is forgotten.
    assert [event.identity.split("|")[-1] for event in flow.events()] == ["B", "C", "B"]
    stored = [record.value and Entry.from_bytes(record.value).revision for record in flow.read("state")]
    assert stored == [1, 1, None, 1]
    assert worker.metric("dedup_expired_total") == 1
    assert worker.metric("dedup_entries") == 2


def test_wrong_topics_keep_the_worker_from_starting(flow: Flow) -> None:
    with contextlib.closing(KafkaAdminClient(bootstrap_servers=flow.bootstrap)) as admin:
        admin.create_partitions({f"{flow.name}.state": 5})
    wait_for(lambda: len(flow.partitions("state")) == 5, 10)
    worker = flow.start()
    assert worker.process.wait(30) == 1, worker.text
    assert f"{flow.name}.state" in worker.text
    assert "Traceback" not in worker.text


def test_without_a_broker_the_worker_says_so(flow: Flow) -> None:
    worker = flow.start(bootstrap_servers="127.0.0.1:1")
    assert worker.process.wait(60) == 1, worker.text
    assert "no broker at 127.0.0.1:1" in worker.text


def test_the_web_port_serves_metrics_and_health_alone(flow: Flow) -> None:
    worker = flow.start().ready()
    assert worker.web("/health/live") == (200, "ok\n")
    assert "eventwire_build_info" in worker.web("/metrics")[1]
    assert {worker.web(path)[0] for path in ("/", "/health", "/graph", "/router", "/docs")} == {404}
    os.kill(children(worker.process.pid)[0], 9)  # a coder, which is replaced when its next article comes
    flow.send([article(1, "event A B")])
    flow.finish(30, [worker])
    assert len(flow.events()) == 1
