"""How results, state and position of a source partition reach the broker: as one, or in an order that loses nothing.

Both ways keep the same small interface, so that the stages don't know which one runs.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.errors import InvalidProducerEpoch, KafkaError, ProducerFenced
from aiokafka.producer.message_accumulator import BatchBuilder
from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from service.observer import Observer
from service.stream.membership import Membership
from service.stream.pace import Pace
from service.stream.records import Batch, Outgoing, Source

REQUEST_SECONDS = 20.0
CLOSE_SECONDS = 5.0
FENCING_ATTEMPTS = 6
FENCING_PAUSE_SECONDS = 1.0
"""The longest pause between two attempts."""
MAX_REQUEST_BYTES = 4 * 1024 * 1024
"""More than any topic takes, so that it is the topic that decides."""
PRODUCER_BATCH_BYTES = 128 * 1024
LINGER_MS = 5


class PartitionLostError(Exception):
    """The group has given the partition to somebody else, or given it anew; what was not delivered is theirs to do."""


class Delivery(Protocol):
    """Of one stage for one source partition. Not to be used from two tasks at once."""

    async def open(self) -> int:
        """Make sure that no earlier owner writes any more, then say where to go on: the committed offset."""
        ...

    async def deliver(self, batch: Batch, owned: Callable[[], bool]) -> None:
        """Deliver all of it.

        Raises:
            PartitionLostError: it is no longer ours; nothing of the batch will be seen as done.
            Exception: the outcome is not known; only a new ``open``, best in a new process, finds out.
        """
        ...

    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Link:
    """What every delivery needs: where the broker is, who we are, whom to tell."""

    bootstrap: Sequence[str]
    security: dict[str, object]
    group: str
    transaction_timeout: float
    """Seconds."""
    membership: Membership
    observer: Observer
    pace: Pace

    async def producer(self, transactional_id: str | None = None) -> AIOKafkaProducer:
        """A started producer. With a transactional id nobody else with that id can write after this."""
        producer = AIOKafkaProducer(
            bootstrap_servers=list(self.bootstrap),
            client_id=transactional_id or self.group,
            transactional_id=transactional_id,
            transaction_timeout_ms=round(self.transaction_timeout * 1000),
            acks="all",
            enable_idempotence=True,
            request_timeout_ms=round(REQUEST_SECONDS * 1000),
            max_request_size=MAX_REQUEST_BYTES,
            max_batch_size=PRODUCER_BATCH_BYTES,
            linger_ms=LINGER_MS,
            **self.security,
        )
        try:
            await producer.start()
        except BaseException:
            await stop(producer)
            raise
        return producer


class ExactlyOnce:
    """One Kafka transaction holds a batch: output records, state records and the offset.

    The transactional id names the source partition, not the worker: a new owner fences the former one.
    """

    def __init__(self, link: Link, stage: str, source: Source) -> None:
        self._link = link
        self._source = source
        self._id = f"{link.group}-{stage}-{source.partition}"
        self._producer: AIOKafkaProducer | None = None

    async def open(self) -> int:
        await self.close()
        # The order matters: the former owner may commit until it is fenced, so its offset is read only then.
        self._producer = await self._fence()
        return await self._link.membership.committed(self._source)

    @retry(
        retry=retry_if_exception_type((InvalidProducerEpoch, ProducerFenced)),
        stop=stop_after_attempt(FENCING_ATTEMPTS),
        wait=wait_random_exponential(0.05, FENCING_PAUSE_SECONDS),
        reraise=True,
    )
    async def _fence(self) -> AIOKafkaProducer:
        """A producer that nobody's transaction stands beside.

        The broker refuses to fence when the former owner ends its transaction in the same moment. Nothing has been
        written yet, so asking again is safe.
        """
        return await self._link.producer(self._id)

    async def deliver(self, batch: Batch, owned: Callable[[], bool]) -> None:
        if self._producer is None:
            raise PartitionLostError(str(self._source))
        try:
            await self._transact(self._producer, batch, owned)
        except BaseException as error:
            # Whether or not a commit got through: the next owner's fencing ends this transaction one way or the other.
            await self._abort(self._producer)
            fenced = isinstance(error, ProducerFenced)
            self._link.observer.transaction("fenced" if fenced else "aborted")
            if isinstance(error, KafkaError) and not owned():
                raise PartitionLostError(str(self._source)) from error
            raise
        self._link.observer.transaction("committed")

    async def _transact(self, producer: AIOKafkaProducer, batch: Batch, owned: Callable[[], bool]) -> None:
        await producer.begin_transaction()
        await send_all(producer, [*batch.outputs, *batch.state], self._link.pace)
        offsets = {TopicPartition(*self._source): batch.next_offset}
        await producer.send_offsets_to_transaction(offsets, self._link.group)
        if not owned():
            raise PartitionLostError(str(self._source))
        await producer.commit_transaction()

    async def _abort(self, producer: AIOKafkaProducer) -> None:
        with suppress(Exception):  # courtesy to readers, who wait for its end; fencing and time-out do it else
            await asyncio.wait_for(producer.abort_transaction(), CLOSE_SECONDS)

    async def close(self) -> None:
        producer, self._producer = self._producer, None
        if producer is not None:
            await stop(producer)


class AtLeastOnce:
    """Results acknowledged, then state, then the offset: what is cut short in between is done again."""

    def __init__(self, link: Link, source: Source) -> None:
        self._link = link
        self._source = source
        self._producer: AIOKafkaProducer | None = None

    async def open(self) -> int:
        await self.close()
        self._producer = await self._link.producer()
        return await self._link.membership.committed(self._source)

    async def deliver(self, batch: Batch, owned: Callable[[], bool]) -> None:
        if self._producer is None:
            raise PartitionLostError(str(self._source))
        try:
            for records in (batch.outputs, batch.state):
                if not owned():
                    raise PartitionLostError(str(self._source))
                await send_all(self._producer, records, self._link.pace)
            await self._link.membership.commit(self._source, batch.next_offset)
        except KafkaError as error:
            if not owned():
                raise PartitionLostError(str(self._source)) from error
            raise

    async def close(self) -> None:
        producer, self._producer = self._producer, None
        if producer is not None:
            await stop(producer)


async def send_all(producer: AIOKafkaProducer, records: Sequence[Outgoing], pace: Pace) -> None:
    """Send and wait until each is acknowledged. The first error is raised, the others are not left behind unseen."""
    sent: list[asyncio.Future[object]] = []
    try:
        for record in records:
            sent.append(await _send(producer, record))
            await pace.breathe()
    finally:
        outcomes = await asyncio.gather(*sent, return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome


async def _send(producer: AIOKafkaProducer, record: Outgoing) -> asyncio.Future[object]:
    sending = {"headers": list(record.headers), "timestamp_ms": record.timestamp}
    if record.key is not None or record.value is not None:
        return await producer.send(  # type: ignore[no-any-return]
            record.topic, record.value, record.key, record.partition, **sending
        )
    # aiokafka sends no record without key and value, but Kafka has them, and so a dead letter can be one.
    batch: BatchBuilder = producer.create_batch()
    batch.append(timestamp=record.timestamp, key=None, value=None, headers=sending["headers"])
    partition = record.partition
    if partition is None:
        partition = min(await producer.partitions_for(record.topic))
    return await producer.send_batch(batch, record.topic, partition=partition)  # type: ignore[no-any-return]


async def stop(producer: AIOKafkaProducer) -> None:
    """Stop it within ``CLOSE_SECONDS``, in whatever state it is. Nothing depends on how that goes."""
    with suppress(Exception):  # it is given up anyway
        await asyncio.wait_for(producer.stop(), CLOSE_SECONDS)
