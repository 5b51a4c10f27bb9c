"""The real worker on a real broker, seen by a real Prometheus and by the image's health check."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from service.config import Settings
from service.metrics import COUNTERS, GAUGES, HISTOGRAMS, PREFIX
from tests.broker.brokers import Broker
from tests.contract.deploy_files import healthcheck
from tests.processes import CHECKOUT, free_ports, spawn
from tests.system.prometheus import Prometheus, scraping

SERVICE = [sys.executable, "-m", "service"]


@dataclass(frozen=True, slots=True)
class Monitored:
    """A worker that has published the events of the sample articles, and the Prometheus that watches it."""

    prometheus: Prometheus
    worker: subprocess.Popen[bytes]
    env: dict[str, str]

    def total(self, name: str) -> float:
        (found,) = self.prometheus.query(f"sum({PREFIX}{name})")
        return float(found["value"][1])


@pytest.fixture(scope="module")
def monitored(broker: Broker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Monitored]:
    folder = tmp_path_factory.mktemp("monitored")
    port = free_ports(1)[0]
    own = {"bootstrap_servers": broker.bootstrap, "app_id": "monitored", "data_dir": str(folder), "web_port": str(port)}
    topics = {name: f"monitored.{about.default}" for name, about in Settings.model_fields.items() if "_topic" in name}
    env = {**os.environ, **{f"EVENTWIRE_{name.upper()}": value for name, value in (own | topics).items()}}
    subprocess.run([*SERVICE, "topics", "create"], env=env, cwd=CHECKOUT, check=True)
    worker = spawn([*SERVICE, "worker"], folder / "worker.log", env)
    try:
        subprocess.run([*SERVICE, "produce", "seeds/articles"], env=env, cwd=CHECKOUT, check=True)
        with scraping(f"127.0.0.1:{port}", folder) as prometheus:
            done = f"sum({PREFIX}consumer_lag) == 0 and sum({PREFIX}articles_coded_total) >= {len(samples())}"
            try:
                prometheus.wait_until(f"{done} and sum({PREFIX}events_published_total) > 0")
            except RuntimeError as error:
                raise RuntimeError((folder / "worker.log").read_text()[-4000:]) from error
            yield Monitored(prometheus, worker, env)
    finally:
        worker.kill()
        worker.wait()


def samples() -> list[Path]:
    return list((CHECKOUT / "seeds" / "articles").glob("*.json"))


def test_every_metric_is_there(monitored: Monitored) -> None:
    found = {series["metric"]["__name__"] for series in monitored.prometheus.query(f'{{__name__=~"{PREFIX}.+"}}')}
    histograms = {f"{name}_{part}" for name in HISTOGRAMS for part in ("bucket", "sum", "count")}
    assert found == {PREFIX + name for name in {*COUNTERS, *GAUGES, *histograms}}


def test_the_process_shows_its_own_metrics_too(monitored: Monitored) -> None:
    assert monitored.prometheus.query('process_resident_memory_bytes{job="eventwire"}')


def test_the_counters_keep_the_conservation_law(monitored: Monitored) -> None:
    total = monitored.total
    assert total("articles_received_total") == total("articles_coded_total") + total("articles_rejected_total")
    assert total("events_extracted_total") == total("events_filtered_total") + total("events_coded_total")
    assert total("events_coded_total") == total("events_published_total") + total("events_duplicate_total")


def test_the_image_s_health_check_finds_the_worker_alive(monitored: Monitored) -> None:
    _, *arguments = healthcheck()
    assert subprocess.run([sys.executable, *arguments], env=monitored.env, check=False).returncode == 0


def test_the_worker_ends_in_good_order_when_it_is_asked_to(monitored: Monitored) -> None:
    monitored.worker.send_signal(signal.SIGTERM)
    assert monitored.worker.wait(timeout=30) == 0
