"""Many records to the articles topic, each acknowledged, with a bounded number on the way."""

import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kafka.producer.future import FutureRecordMetadata

from service.config import Settings
from service.shipped.topics import topic_table
from service.stream import topics
from service.stream.clients import DELIVERY_MS, producer
from service.stream.topic_rules import LARGEST, Topic

ON_THE_WAY = 1000
"""Records sent and not yet acknowledged; kafka-python itself sets no limit to its buffer."""
OVERHEAD_BYTES = 128
"""Around key and value, at most: 61 for the batch and 30 for a record without headers."""


@dataclass(frozen=True, slots=True)
class Item:
    """A record to send. ``origin`` is where it comes from, for people."""

    origin: str
    key: bytes | None
    value: bytes


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a run: records acknowledged, records refused as too large, and how long it took."""

    topic: str
    acknowledged: int
    refused: int
    seconds: float

    @property
    def rate(self) -> float:
        """Acknowledged records a second."""
        return self.acknowledged / self.seconds if self.seconds else 0.0


class Sending:
    """One run. ``advance`` is told of each record that is done, ``refuse`` of each that is too large."""

    def __init__(self, settings: Settings, advance: Callable[[int], None], refuse: Callable[[Item, str], None]) -> None:
        self.acknowledged = 0
        self.refused = 0
        self._settings = settings
        self._advance = advance
        self._refuse = refuse
        self._pending: deque[FutureRecordMetadata] = deque()

    def run(self, items: Iterable[Item]) -> Sent:
        """Sends all and waits for the last acknowledgement.

        Raises:
            BrokerError: the topic is missing, the broker can't be reached, refuses or stays silent.
        """
        topic = self._settings.articles_topic
        largest = largest_record(topics.require(self._settings, topic)[topic])
        with producer(self._settings) as client:
            started = time.monotonic()
            for item in items:
                # Not left to the broker: after its refusal kafka-python's idempotent producer fails every record.
                if len(item.value) + len(item.key or b"") + OVERHEAD_BYTES > largest:
                    self._refused(item)
                    continue
                self._pending.append(client.send(topic, item.value, key=item.key))
                while len(self._pending) > ON_THE_WAY:
                    self._settle()
            while self._pending:
                self._settle()
            return Sent(topic, self.acknowledged, self.refused, time.monotonic() - started)

    def _settle(self) -> None:
        """Waits for the oldest record on the way."""
        self._pending.popleft().get(DELIVERY_MS / 1000)
        self.acknowledged += 1
        self._advance(1)

    def _refused(self, item: Item) -> None:
        self.refused += 1
        self._advance(1)
        self._refuse(item, f"{len(item.value)} bytes are more than the topic takes")


def largest_record(topic: Topic) -> int:
    """Bytes that the topic takes at once; as it is made, where the broker does not tell."""
    made = next(spec.config for spec in topic_table() if spec.setting == "articles_topic")
    return int(topic.config.get(LARGEST, made[LARGEST]))
