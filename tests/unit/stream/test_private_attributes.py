"""Versions are pinned because the stream relies on these. A newer one that breaks a test here loses records."""

# ruff: noqa: SLF001

import asyncio
import inspect
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.consumer.fetcher import Fetcher, FetchResult
from aiokafka.consumer.subscription_state import SubscriptionState, TopicPartitionState
from faust.transport.consumer import Consumer, ConsumerThread
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread

from service.config import Settings
from service.stream.app import make_app
from service.stream.faust_consumer import ReadCommittedConsumer, ReadCommittedThread


def source(function: Any) -> str:
    return inspect.getsource(function)


def test_the_consumer_of_the_app_reads_committed_records_only(tmp_path: Path) -> None:
    async def run() -> None:
        app: Any = make_app(Settings(data_dir=tmp_path, instance_id="w1"))
        app.finalize()
        thread = app.consumer._thread
        assert isinstance(app.consumer, ReadCommittedConsumer)
        assert isinstance(thread, ReadCommittedThread)
        consumer = thread._create_worker_consumer(app.transport)
        assert consumer._isolation_level == "read_committed"
        assert consumer._group_instance_id == "w1"
        assert consumer._enable_auto_commit is False

    asyncio.run(run())


def test_aiokafka_takes_the_isolation_level_from_its_private_attribute() -> None:
    assert "self._isolation_level = isolation_level" in source(AIOKafkaConsumer.__init__)
    assert "isolation_level=self._isolation_level" in source(AIOKafkaConsumer.start)


def test_faust_fetches_through_the_method_that_we_replace() -> None:
    ours = inspect.signature(ReadCommittedThread._fetch_records).parameters
    assert list(ours) == list(inspect.signature(AIOKafkaConsumerThread._fetch_records).parameters)
    assert "self._fetch_records" in source(AIOKafkaConsumerThread.getmany)
    assert "records_it = self.scheduler.iterate(records)" in source(Consumer.getmany)
    assert "yield tp, to_message(tp, record)" in source(Consumer.getmany)


def test_faust_drops_records_by_the_note_that_we_replace() -> None:
    assert "get_read_offset = self._read_offset.__getitem__" in source(Consumer._drain_messages)
    assert "if r_offset is None or offset >= r_offset:" in source(Consumer._drain_messages)


def test_faust_runs_the_consumer_on_a_loop_of_its_own() -> None:
    assert "thread_loop" in source(ConsumerThread.on_partitions_assigned)
    assert "_ensure_consumer" in dir(AIOKafkaConsumerThread)


def test_a_fetch_without_a_time_out_does_not_wait_and_moves_the_position_as_we_reckon() -> None:
    fetch = source(Fetcher.fetched_records)
    assert "if drained or not timeout:\n                return drained" in fetch
    assert "if self._subscriptions.reassignment_in_progress:\n                await" in fetch
    assert fetch.count("await ") == 2  # for an assignment, and for records with a time-out
    assert "self._create_fetch_waiter()" in fetch
    assert "state.consumed_to(self._partition_records.next_fetch_offset)" in source(FetchResult._update_position)
    for owner, names in ((SubscriptionState, ("fetch_context",)), (TopicPartitionState, ("position", "seek"))):
        assert all(hasattr(owner, name) for name in names)


@pytest.mark.parametrize(
    ("before", "after", "offsets", "follows"),
    [
        (0, 3, [0, 1, 2], [0, 1, 2]),  # the first fetch
        (3, 4, [], []),  # a mark
        (4, 6, [5], [3]),  # the mark was no gap, nor was the one before 5
        (9, 10, [9], [9]),  # after a seek: what lies before is not known
    ],
)
def test_records_say_what_they_follow(before: int, after: int, offsets: list[int], follows: list[int]) -> None:
    thread: Any = object.__new__(ReadCommittedThread)
    thread.last_fetched, thread._passed = {}, {PART: (3, 4)} if before == 4 else {}
    found = [type("Record", (), {"offset": offset})() for offset in offsets]
    fetched = thread._follow({PART: before}, {PART: found} if found else {}, {PART: after})
    assert [followed.follows for followed in fetched.get(PART, [])] == follows
    assert thread.last_fetched.get(PART) == (offsets[-1] if offsets else None)
    assert thread._passed[PART] == (offsets[-1] + 1 if offsets else before, after)


PART = TopicPartition("articles", 0)
