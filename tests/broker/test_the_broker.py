"""The broker that the other tests rely on: that it answers, keeps its data, and never outlives its tests."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from kafka import KafkaConsumer, KafkaProducer
from kafka.admin import KafkaAdminClient, NewTopic
from kafka.errors import KafkaError

from tests.broker.brokers import Broker, BrokerError, fetch_jars, sasl_plain
from tests.conftest import StartBroker
from tests.processes import CHECKOUT


def create_topic(bootstrap: str, name: str) -> None:
    admin = KafkaAdminClient(bootstrap_servers=bootstrap)
    admin.create_topics([NewTopic(name, num_partitions=1, replication_factor=1)])
    admin.close()


def values(bootstrap: str, topic: str) -> list[bytes]:
    consumer = KafkaConsumer(topic, bootstrap_servers=bootstrap, auto_offset_reset="earliest", consumer_timeout_ms=3000)
    found = [record.value for record in consumer]
    consumer.close()
    return found


def test_a_transaction_is_written_and_read(broker: Broker) -> None:
    create_topic(broker.bootstrap, "broker.transaction")
    producer = KafkaProducer(bootstrap_servers=broker.bootstrap, transactional_id="broker.transaction")
    producer.init_transactions()
    producer.begin_transaction()
    producer.send("broker.transaction", b"one")
    producer.commit_transaction()
    producer.close()
    assert values(broker.bootstrap, "broker.transaction") == [b"one"]


def test_what_is_acknowledged_outlives_a_kill_and_a_stop(start_broker: StartBroker, tmp_path: Path) -> None:
    broker = start_broker(tmp_path)
    create_topic(broker.bootstrap, "kept")
    for value, end in ((b"before the kill", broker.kill), (b"before the stop", broker.stop)):
        producer = KafkaProducer(bootstrap_servers=broker.bootstrap)
        producer.send("kept", value).get(timeout=10)
        producer.close()
        end()
        broker.start()
    assert values(broker.bootstrap, "kept") == [b"before the kill", b"before the stop"]


def test_a_broker_can_ask_for_a_password(start_broker: StartBroker, tmp_path: Path) -> None:
    broker = start_broker(tmp_path, sasl_plain(reader="right"))
    asked = {
        "bootstrap_servers": broker.bootstrap,
        "security_protocol": "SASL_PLAINTEXT",
        "sasl_mechanism": "PLAIN",
        "sasl_plain_username": "reader",
        "bootstrap_timeout_ms": 5000,
    }
    KafkaAdminClient(**asked, sasl_plain_password="right").close()
    with pytest.raises(KafkaError):
        KafkaAdminClient(**asked, sasl_plain_password="wrong").close()


def test_the_broker_ends_when_its_tests_are_killed(tmp_path: Path) -> None:
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom tests.broker.brokers import Broker\n"
        "broker = Broker(Path(sys.argv[1]))\nbroker.start()\nprint(broker.pid, flush=True)\ntime.sleep(600)\n"
    )
    run = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, cwd=CHECKOUT)
    assert run.stdout is not None
    pid = int(run.stdout.readline())
    assert running(pid)
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    deadline = time.monotonic() + 30
    while running(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not running(pid)


def running(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.parametrize("command", ["java", "mvn"])
def test_a_missing_tool_is_named(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for other in {"java", "mvn"} - {command}:
        (tmp_path / other).write_text("#!/bin/sh\n")
        (tmp_path / other).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BrokerError, match=f"{command} is not on the PATH.*apt-get install"):
        fetch_jars()


def test_a_broker_that_can_not_start_shows_its_log(start_broker: StartBroker, tmp_path: Path) -> None:
    with pytest.raises(BrokerError, match=r"the broker ended with 1:\n(.|\n)*authorizer"):
        start_broker(tmp_path, {"authorizer.class.name": "no.such.Authorizer"})
