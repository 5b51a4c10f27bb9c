"""The bench on a real broker."""

import json
import os
import subprocess
import sys

from kafka.admin import KafkaAdminClient

from tests.broker.brokers import Broker
from tests.processes import CHECKOUT

ARTICLES = 12


def test_it_measures_on_topics_of_its_own_and_leaves_none_behind(broker: Broker) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "service", "bench", "service", "--articles", str(ARTICLES)],
        env={**os.environ, "EVENTWIRE_BOOTSTRAP_SERVERS": broker.bootstrap}, cwd=CHECKOUT,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    figures = {row["name"]: row for row in map(json.loads, done.stdout.splitlines())}
    assert figures["worker, articles"]["value"] > 0
    assert figures["worker, events"]["value"] > 0
    assert figures["worker / consume and produce alone"]["value"] > 0
    assert figures["longest pause of the event loop"]["unit"] == "ms"
    admin = KafkaAdminClient(bootstrap_servers=broker.internal)
    try:
        assert [topic for topic in admin.list_topics() if topic.startswith("eventwire-bench")] == []
    finally:
        admin.close()
