"""Prometheus and its tools, the real ones, over what deploy/ gives them and what a worker exposes."""

import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from service.metrics import Metrics
from service.model import CoderInfo, EventType, HoldReason, RejectReason
from service.observer import TransactionOutcome
from service.pipeline.processing import Tally
from tests.contract.deploy_files import DEPLOY, panel_queries, rules
from tests.processes import CHECKOUT
from tests.system.prometheus import Prometheus, exposing, scraping, tool

TESTS_OF_RULES = Path(__file__).with_name("rules.test.yml")


class AtWork(Metrics):
    """Metrics that grow with each look at them, as those of a worker at work do."""

    def exposition(self) -> bytes:
        types = dict.fromkeys(get_args(EventType), 3)
        tally = Tally(
            coded=9, rejected=Counter(get_args(RejectReason)), sentences=120, extracted=Counter(types),
            held=Counter(get_args(HoldReason)), events=Counter(types), unresolved=Counter(actor=2, recipient=1),
            coding_seconds=[0.04, 0.2],
        )  # fmt: skip
        self.coder_loaded(CoderInfo(version="0.1.0", network="test"))
        self.articles_received(9 + len(tally.rejected))
        self.articles_committed(tally)
        self.events_committed(types, types, [0.3, 2.0])
        for outcome in get_args(TransactionOutcome):
            self.transaction(outcome)
        for topic in ("articles", "events.coded"):
            self.progress(topic, 0, position=10, end=12, oldest_seconds=0.5)
        self.coder_queue(3)
        self.coder_restarted()
        self.state(1000, 1)
        self.state_recovered(0.4)
        self.event_loop_lag(0.01)
        self.data_dir_free(10**10)
        return super().exposition()


@pytest.fixture(scope="module")
def prometheus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prometheus]:
    """A Prometheus that has scraped a worker's metrics a few times."""
    with (
        exposing(AtWork().exposition) as target,
        scraping(target, tmp_path_factory.mktemp("prometheus")) as server,
    ):
        server.wait_until('count_over_time(up{job="eventwire"}[1m]) > 4')
        yield server


def test_the_configuration_of_prometheus_is_sound() -> None:
    subprocess.run([tool("promtool"), "check", "config", DEPLOY / "prometheus" / "prometheus.yml"], check=True)


def test_every_alert_fires_when_it_should_and_only_then() -> None:
    subprocess.run([tool("promtool"), "test", "rules", TESTS_OF_RULES], check=True)


def test_every_alert_has_a_test() -> None:
    text = TESTS_OF_RULES.read_text()
    assert [name for name in rules() if f"alertname: {name}\n" not in text] == []


@pytest.mark.parametrize("panel", panel_queries())
def test_a_panel_finds_what_it_shows(panel: str, prometheus: Prometheus) -> None:
    query = panel_queries()[panel].replace("$__rate_interval", "30s")
    assert prometheus.query(query) != []


def test_prometheus_evaluates_every_rule(prometheus: Prometheus) -> None:
    prometheus.wait_until("ALERTS")
    (group,) = prometheus.ask("rules")["groups"]
    assert {rule["name"]: rule.get("lastError") for rule in group["rules"]} == dict.fromkeys(rules())


def test_the_target_is_healthy(prometheus: Prometheus) -> None:
    (target,) = prometheus.ask("targets")["activeTargets"]
    assert (target["health"], target["lastError"]) == ("up", "")


def test_compose_accepts_its_file() -> None:
    compose = [tool("docker-compose"), "-f", str(DEPLOY / "compose.yaml"), "config", "--quiet"]
    done = subprocess.run(compose, capture_output=True, text=True, check=False, cwd=CHECKOUT)
    assert (done.returncode, done.stderr) == (0, "")
