"""Faust's consumer, made so that nothing can get lost between the broker and an agent without being noticed.

As it is, Faust reads uncommitted records; around a rebalance it throws fetched records away, or drops those below an
offset that it noted in an earlier generation, and then goes back to the committed offset, which a new partition has
not. Here records are only fetched while they can be handed out, none is dropped below an offset, and each record says
after which offset it is the next one, so that a lane can tell the mark of a transaction from a record that is missing.

Everything that touches private attributes of Faust and aiokafka stands here and in ``membership.py``. Their versions
are pinned, and ``tests/unit/stream/test_private_attributes.py`` fails when one of these is not what it was.
"""

import asyncio
import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.errors import ConsumerStoppedError
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread, Consumer, Transport

FAUST_LOG = logging.getLogger("faust.consumer")
"""Else what Faust says of these would stand under our name."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A record, and the position at which it was the next one that may be read."""

    record: ConsumerRecord[bytes, bytes]
    follows: int


Positions = Mapping[TopicPartition, int]
Records = Mapping[TopicPartition, Sequence[ConsumerRecord[bytes, bytes]]]
Fetched = dict[TopicPartition, list[Followed]]


class ReadCommittedThread(AIOKafkaConsumerThread):
    """Reads what is committed, and fetches nothing that Faust would throw away."""

    logger = FAUST_LOG

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Faust's
        super().__init__(*args, **kwargs)
        self.last_fetched: dict[TopicPartition, int] = {}
        """Offset of the last record on its way to an agent."""
        self._passed: dict[TopicPartition, tuple[int, int]] = {}
        """Two offsets between which there is no record to read, up to the position of the last fetch."""

    def _create_worker_consumer(self, transport: Transport) -> AIOKafkaConsumer:
        consumer = super()._create_worker_consumer(transport)
        consumer._isolation_level = "read_committed"  # noqa: SLF001
        return consumer

    async def _fetch_records(
        self,
        consumer: AIOKafkaConsumer,
        active_partitions: set[TopicPartition],
        timeout: float | None = None,  # noqa: ASYNC109 - Faust's signature
        max_records: int | None = None,
    ) -> Fetched:
        fetcher = consumer._fetcher  # noqa: SLF001
        wanted = frozenset(active_partitions)  # Faust changes the set meanwhile, and an empty one would mean all
        end = time.monotonic() + (timeout or 0.0)
        with fetcher._subscriptions.fetch_context():  # noqa: SLF001
            while wanted and self.consumer.flow_active:
                if consumer._closed or fetcher._closed:  # noqa: SLF001
                    raise ConsumerStoppedError
                if not fetcher._subscriptions.reassignment_in_progress:  # noqa: SLF001
                    before = _positions(consumer)
                    # Without a time-out it does not wait, so the positions are those from which it reads.
                    records = await fetcher.fetched_records(wanted, timeout=0, max_records=max_records)
                    followed = self._follow(before, records, _positions(consumer))
                    if followed:
                        return followed
                waiter = fetcher._create_fetch_waiter()  # noqa: SLF001
                done, _ = await asyncio.wait({waiter}, timeout=max(0.0, end - time.monotonic()))
                if not done:
                    waiter.cancel()
                    break
                waiter.result()  # what keeps it from fetching, such as a missing right
        return {}

    def _follow(self, before: Positions, records: Records, after: Positions) -> Fetched:
        """What each record follows. A fetch that gives none has still passed the marks of transactions."""
        fetched: Fetched = {}
        for partition, position in before.items():
            start, end = self._passed.get(partition, (position, position))
            follows = start if end == position else position
            found = records.get(partition, [])
            if found:
                fetched[partition] = list(_followed(found, follows))
                follows = found[-1].offset + 1
                self.last_fetched[partition] = found[-1].offset
            self._passed[partition] = (follows, after.get(partition, follows))
        return fetched


class ReadCommittedConsumer(Consumer):
    """Hands out every record that was fetched, with what it follows."""

    logger = FAUST_LOG

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Faust's
        super().__init__(*args, **kwargs)
        self._read_offset = _NeverRead()

    def _to_message(self, tp: Any, record: Followed) -> Any:  # noqa: ANN401 - Faust's
        message: Any = super()._to_message(tp, record.record)
        message.follows = record.follows
        return message

    def _new_consumer_thread(self) -> ReadCommittedThread:
        return ReadCommittedThread(self, loop=self.loop, beacon=self.beacon)


class ReadCommittedTransport(Transport):
    Consumer = ReadCommittedConsumer


class _NeverRead(dict[Any, Any]):
    """Faust's note of what it read, by which it drops records. The lanes know better what they have had."""

    def __getitem__(self, tp: Any) -> None:  # noqa: ANN401 - Faust's
        return None


def _positions(consumer: AIOKafkaConsumer) -> Positions:
    assignment = consumer._subscription.subscription.assignment  # noqa: SLF001
    states = {tp: assignment.state_value(tp) for tp in assignment.tps} if assignment else {}
    return {tp: state.position for tp, state in states.items() if state.has_valid_position}


def _followed(records: Sequence[ConsumerRecord[bytes, bytes]], position: int) -> Iterator[Followed]:
    for record in records:
        yield Followed(record, position)
        position = record.offset + 1
