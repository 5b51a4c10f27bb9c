"""Dead letters: what lies in articles.rejected, and sending it again, once."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from kafka import KafkaConsumer, KafkaProducer
from kafka.consumer.fetcher import ConsumerRecord

from service.config import Settings
from service.stream import topics
from service.stream.clients import DELIVERY_MS, consumer, producer
from service.stream.reading import read_one, read_to_end
from service.stream.rejects import CAUSE_HEADERS, Cause, Headers

REPLAY_OF = "eventwire-replay-of"
"""Header of a record that was sent again: topic-partition-offset of the dead letter."""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A record of the rejected topic. ``headers`` are the article's own, without the cause."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Headers
    cause: Cause | None
    """None for a record that eventwire did not write."""

    @property
    def at(self) -> str:
        """Partition and offset, as ``--at`` takes them."""
        return f"{self.partition}:{self.offset}"

    @property
    def reference(self) -> str:
        """Its name in the header of a replay and in the list of replays."""
        return f"{self.topic}-{self.partition}-{self.offset}"

    @property
    def reason(self) -> str:
        return self.cause.reason if self.cause else "unknown"

    @classmethod
    def of(cls, record: ConsumerRecord) -> "DeadLetter":
        try:
            cause = Cause.from_headers(record.headers)
        except ValueError:
            cause = None
        own = tuple(header for header in record.headers if header[0] not in CAUSE_HEADERS)
        return cls(record.topic, record.partition, record.offset, record.key, record.value, own, cause)


@dataclass(frozen=True, slots=True)
class Replay:
    """What became of one dead letter: where its article was sent to, or why it was not."""

    letter: DeadLetter
    sent_to: str | None = None
    skipped: Literal["before", "empty"] | None = None
    """It was replayed before; it has no value to send."""


@contextmanager
def reader(settings: Settings) -> Iterator[KafkaConsumer]:
    """A consumer for the dead letters and the list of replays.

    Raises:
        BrokerError: the broker can't be reached, or one of the topics is missing.
    """
    topics.require(settings, settings.rejected_topic, settings.replayed_topic)
    with consumer(settings) as client:
        yield client


def dead_letters(client: KafkaConsumer, settings: Settings) -> Iterator[DeadLetter]:
    """All that lie there now, those of a partition in the order in which they were rejected."""
    return map(DeadLetter.of, read_to_end(client, settings.rejected_topic))


def dead_letter(client: KafkaConsumer, settings: Settings, partition: int, offset: int) -> DeadLetter | None:
    """The one at that place."""
    record = read_one(client, settings.rejected_topic, partition, offset)
    return DeadLetter.of(record) if record else None


def replayed(client: KafkaConsumer, settings: Settings) -> frozenset[str]:
    """References of the dead letters that were sent again."""
    return frozenset(record.key.decode() for record in read_to_end(client, settings.replayed_topic) if record.key)


def replay(
    settings: Settings, letters: Iterable[DeadLetter], repaired: bytes | None = None, *, again: bool = False
) -> Iterator[Replay]:
    """Sends the articles of the dead letters again, and notes each, both or neither.

    Args:
        settings: where, and with ``delivery`` at_least_once without a transaction.
        letters: which; those that were replayed before are skipped.
        repaired: the article to send instead of the dead letter's bytes.
        again: also those that were replayed before.

    Raises:
        BrokerError: the broker can't be reached, refuses or stays silent.
    """
    exactly_once = settings.delivery == "exactly_once"
    topics.require(settings, settings.articles_topic)
    with producer(settings, f"{settings.app_id}-replay" if exactly_once else None) as client:
        if exactly_once:
            client.init_transactions()  # ends another replay that runs, so that no two send the same
        with consumer(settings) as notes:
            before = replayed(notes, settings)
        for letter in letters:
            value = letter.value if repaired is None else repaired
            if letter.reference in before and not again:
                yield Replay(letter, skipped="before")
            elif value is None:
                yield Replay(letter, skipped="empty")
            elif exactly_once:
                client.begin_transaction()
                sent_to = _send(client, settings, letter, value)
                client.commit_transaction()
                yield Replay(letter, sent_to)
            else:
                yield Replay(letter, _send(client, settings, letter, value))


def _send(client: KafkaProducer, settings: Settings, letter: DeadLetter, value: bytes) -> str:
    """The article, then the note, each acknowledged. Gives topic-partition-offset of the article."""
    # kafka-python sends no null headers.
    headers = [(name, content or b"") for name, content in letter.headers if name != REPLAY_OF]
    headers.append((REPLAY_OF, letter.reference.encode()))
    future = client.send(settings.articles_topic, value, key=letter.key, headers=headers)
    sent = future.get(DELIVERY_MS / 1000)
    sent_to = f"{sent.topic}-{sent.partition}-{sent.offset}"
    note = {"sent_to": sent_to, "at": dt.datetime.now(dt.UTC).isoformat(), "repaired": value != letter.value}
    client.send(settings.replayed_topic, json.dumps(note).encode(), key=letter.reference.encode()).get(
        DELIVERY_MS / 1000
    )
    return sent_to
