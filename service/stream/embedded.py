"""A Kafka broker inside this process, for the demo: librdkafka's mock cluster. Real protocol on loopback, in memory.

What it has: produce (idempotent too), fetch, consumer groups and their offsets, for clients of any process of this
machine. A topic has 4 partitions, and is there as soon as a client asks for it by name and allows that it is made.
What it has not: topic administration and configuration, compaction, transactions (those that carry offsets hang, and
kafka-python can't read what the others leave). It keeps the last 5 MiB of each partition and forgets all when it ends.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from confluent_kafka import Producer

from service.shipped.topics import topic_table

KAFKA_VERSION = "2.3"
"""For the setting of this name: kafka-python can't read the broker's answer to how new its protocol is."""
PARTITIONS = 4
"""Of every topic; librdkafka's default, and that of the settings."""
START_SECONDS = 10


@contextmanager
def embedded_broker() -> Iterator[str]:
    """Runs the broker for the duration of the block, with the topics of the flow; gives its address, ``host:port``."""
    # It lives as long as the client that asked for it.
    owner = Producer({"test.mock.num.brokers": 1, "log_level": 0})
    try:
        (broker,) = owner.list_topics(timeout=START_SECONDS).brokers.values()
        for spec in topic_table():
            owner.list_topics(spec.name, START_SECONDS)  # to name it is to make it
        yield f"{broker.host}:{broker.port}"
    finally:
        owner.flush(0)
        del owner
