"""Reading topics in no group: to where one ends now, one record of it, or what comes."""

import time
from collections.abc import Iterator, Sequence

from kafka import KafkaConsumer, TopicPartition
from kafka.consumer.fetcher import ConsumerRecord

POLL_MS = 250


def partitions(client: KafkaConsumer, topic: str) -> list[TopicPartition]:
    """All partitions of a topic that is known to be there."""
    return [TopicPartition(topic, number) for number in sorted(client.partitions_for_topic(topic))]


def count_records(client: KafkaConsumer, topic: str) -> int:
    """Offsets between the beginning and the end; transaction markers and what was compacted away count too."""
    assigned = partitions(client, topic)
    first, last = client.beginning_offsets(assigned), client.end_offsets(assigned)
    return sum(int(last[part]) - int(first[part]) for part in assigned)


def read_to_end(client: KafkaConsumer, topic: str) -> Iterator[ConsumerRecord]:
    """The committed records that lie in the topic at the moment of the call, in offset order for each partition."""
    ends = {part: end for part, end in client.end_offsets(partitions(client, topic)).items() if end > 0}
    if not ends:
        return
    client.assign(list(ends))
    client.seek_to_beginning()
    pending = set(ends)
    while pending:
        for part, records in client.poll(timeout_ms=POLL_MS).items():
            yield from (record for record in records if record.offset < ends[part])
        # The position tells, not the last record: transaction markers and compacted records are holes.
        pending = {part for part in pending if client.position(part) < ends[part]}


def read_one(client: KafkaConsumer, topic: str, partition: int, offset: int) -> ConsumerRecord | None:
    """The committed record at that offset; none where there is none (any more)."""
    part = TopicPartition(topic, partition)
    if part not in partitions(client, topic) or offset >= client.end_offsets([part])[part]:
        return None
    if offset < client.beginning_offsets([part])[part]:
        return None
    client.assign([part])
    client.seek(part, offset)
    while client.position(part) <= offset:
        for record in client.poll(timeout_ms=POLL_MS, max_records=1).get(part, []):
            return record if record.offset == offset else None
    return None


def start(client: KafkaConsumer, topics: Sequence[str], *, from_beginning: bool) -> None:
    """Takes all partitions of the topics, from their beginning or from where they end at this moment."""
    client.assign([part for topic in topics for part in partitions(client, topic)])
    client.seek_to_beginning() if from_beginning else client.seek_to_end()
    for part in client.assignment():
        client.position(part)  # settles it: a seek alone waits for the next poll


def follow(client: KafkaConsumer, idle: float | None) -> Iterator[ConsumerRecord]:
    """Committed records as they come; ends after ``idle`` seconds without one."""
    last = time.monotonic()
    while idle is None or time.monotonic() - last < idle:
        for records in client.poll(timeout_ms=POLL_MS).values():
            yield from records
            last = time.monotonic()
