"""What is known of the events on one partition, as the state topic has it.

Time is stream time: the highest timestamp of an article on the partition. Each entry keeps the stream time at which it
was last written; the state topic holds the same as the record's timestamp, so that a worker that takes over forgets
what its predecessor would have forgotten. Entries are bytes here: thousands of small objects would make the garbage
collector pause the worker.
"""

import struct
from collections.abc import Collection, Iterator, Mapping
from itertools import islice

from aiokafka import AIOKafkaConsumer, TopicPartition

from service.stream.delivery import Link
from service.stream.records import Source

TOUCHED = struct.Struct(">q")
FETCH_MS = 500
FETCH_RECORDS = 500
DAY_MS = 24 * 60 * 60 * 1000


class PartitionState:
    """Entries by key, in the order in which they were last written, which is the order in which they expire."""

    def __init__(self, retention_days: int) -> None:
        self.stream_time = 0
        """Milliseconds since 1970."""
        self._retention = retention_days * DAY_MS
        self._entries: dict[bytes, bytes] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: bytes, stream_time: int) -> bytes | None:
        """The entry, unless it has expired by then, whether or not it is gone already."""
        stored = self._entries.get(key)
        if stored is None or self._touched(stored) < stream_time - self._retention:
            return None
        return stored[TOUCHED.size :]

    def expired(self, stream_time: int, limit: int, keep: Collection[bytes]) -> list[bytes]:
        """Up to ``limit`` keys that have expired by then, without those to keep."""
        return list(islice((key for key in self._overdue(stream_time) if key not in keep), limit))

    def apply(self, changes: Mapping[bytes, bytes | None], touched: int) -> None:
        """Store entries, and forget those that are None."""
        for key, entry in changes.items():
            self.put(key, entry, touched)

    def put(self, key: bytes, entry: bytes | None, touched: int) -> None:
        self.stream_time = max(self.stream_time, touched)
        self._entries.pop(key, None)  # a new key stands last, one that is written again would not
        if entry is not None:
            self._entries[key] = TOUCHED.pack(touched) + entry

    def _overdue(self, stream_time: int) -> Iterator[bytes]:
        for key, stored in self._entries.items():
            if self._touched(stored) >= stream_time - self._retention:
                return
            yield key

    @staticmethod
    def _touched(stored: bytes) -> int:
        (touched,) = TOUCHED.unpack_from(stored)
        return int(touched)


async def load(link: Link, source: Source, retention_days: int) -> PartitionState:
    """Read a partition of the state topic to its end. Whoever wrote it before must be fenced by now."""
    state = PartitionState(retention_days)
    partition = TopicPartition(*source)
    consumer = AIOKafkaConsumer(
        bootstrap_servers=list(link.bootstrap),
        group_id=None,
        enable_auto_commit=False,
        isolation_level="read_committed",
        **link.security,
    )
    await consumer.start()
    try:
        # Before anything is fetched: the broker would answer this only after a fetch that waits for records.
        end = (await consumer.end_offsets([partition]))[partition]
        consumer.assign([partition])
        await consumer.seek_to_beginning(partition)
        while await consumer.position(partition) < end:
            batches = await consumer.getmany(partition, timeout_ms=FETCH_MS, max_records=FETCH_RECORDS)
            for record in batches.get(partition, ()):
                state.put(record.key, record.value, record.timestamp)
    finally:
        await consumer.stop()
    return state
