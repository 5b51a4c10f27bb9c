"""The demo's broker: what it has is used by the clients that the demo runs, from other processes too."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from service.config import Settings
from service.shipped.topics import topic_table
from service.stream import topics
from service.stream.clients import consumer, producer
from service.stream.embedded import KAFKA_VERSION, PARTITIONS, embedded_broker
from service.stream.reading import read_to_end
from tests.processes import CHECKOUT


@pytest.fixture(scope="module")
def embedded() -> Iterator[Settings]:
    with embedded_broker() as servers:
        yield Settings(_env_file=None, bootstrap_servers=servers, kafka_version=KAFKA_VERSION)


def test_it_has_the_topics_of_the_flow_and_the_worker_finds_them_right(embedded: Settings) -> None:
    assert topics.check(embedded) == []
    listed = {each.name: each.topic.partitions for each in topics.listing(embedded) if each.topic}
    assert listed == {spec.name: PARTITIONS for spec in topic_table()}


def test_kafka_python_writes_and_reads(embedded: Settings) -> None:
    with producer(embedded) as client:
        for number in range(20):
            client.send(embedded.articles_topic, b"%d" % number, headers=[("name", b"value")])
    with consumer(embedded) as client:
        records = list(read_to_end(client, embedded.articles_topic))
    assert sorted(int(record.value) for record in records) == list(range(20))
    assert records[0].headers == [("name", b"value")]


async def write(servers: str, topic: str) -> None:
    async with AIOKafkaProducer(bootstrap_servers=servers, enable_idempotence=True) as client:
        for number in range(20):
            await client.send_and_wait(topic, b"%d" % number, key=b"key %d" % number)


async def read_and_commit(servers: str, topic: str) -> int:
    """As a member of a group: how many records it was given that the group had not committed before."""
    client = AIOKafkaConsumer(
        topic,
        bootstrap_servers=servers,
        group_id="embedded",
        auto_offset_reset="earliest",
        enable_auto_commit=False,
        isolation_level="read_committed",
    )
    async with client:
        count = 0
        while batches := await client.getmany(timeout_ms=1500):
            count += sum(map(len, batches.values()))
        await client.commit()
    return count


def test_a_group_of_another_process_goes_on_where_it_committed(embedded: Settings) -> None:
    servers, topic = embedded.bootstrap_servers, embedded.events_topic
    asyncio.run(write(servers, topic))
    script = (
        "import asyncio, sys\nfrom tests.broker.test_clients_embedded import read_and_commit\n"
        "print(asyncio.run(read_and_commit(*sys.argv[1:])))\n"
    )
    run = [sys.executable, "-c", script, servers, topic]
    assert [int(subprocess.check_output(run, cwd=CHECKOUT)) for _ in range(2)] == [20, 0]


def test_it_ends_with_its_block() -> None:
    with embedded_broker() as servers:
        script = "import socket, sys\nsocket.create_connection(sys.argv[1].split(':'), 2)\n"
        reach = [sys.executable, "-c", script, servers]
        assert subprocess.run(reach, check=False, capture_output=True).returncode == 0
    assert subprocess.run(reach, check=False, capture_output=True).returncode == 1
