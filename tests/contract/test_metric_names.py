"""A metric is known by one name in the code, on the dashboard, in the alerts and in the list of what is measured."""

import re

from prometheus_client.parser import text_string_to_metric_families

from service.metrics import COUNTERS, GAUGES, HISTOGRAMS, PREFIX, Metrics
from tests.contract.deploy_files import panel_queries, panels, rules

# Written out here a second time: who renames a metric breaks other people's dashboards, and should notice.
MEASURED = {
    "articles_received_total": [],
    "articles_coded_total": [],
    "articles_rejected_total": ["reason"],
    "sentences_total": [],
    "events_extracted_total": ["type"],
    "events_filtered_total": ["reason"],
    "events_coded_total": ["type"],
    "events_published_total": ["type"],
    "events_duplicate_total": ["type"],
    "actors_unresolved_total": ["side"],
    "article_coding_seconds": [],
    "article_to_event_seconds": [],
    "oldest_unprocessed_seconds": ["topic"],
    "consumer_lag": ["topic", "partition"],
    "position": ["topic", "partition"],
    "dedup_entries": [],
    "dedup_expired_total": [],
    "coder_queue_depth": [],
    "coder_restarts_total": [],
    "transactions_total": ["outcome"],
    "state_recovery_seconds": [],
    "data_dir_free_bytes": [],
    "event_loop_lag_seconds": [],
    "build_info": ["version", "coder", "network"],
}
FLOW = [
    "articles_received_total", "articles_coded_total", "articles_rejected_total", "events_extracted_total",
    "events_filtered_total", "events_coded_total", "events_published_total", "events_duplicate_total", "consumer_lag",
    "article_coding_seconds", "event_loop_lag_seconds", "transactions_total", "dedup_entries",
]  # fmt: skip


def named(query: str) -> list[str]:
    """Our metrics in a query, without prefix and without what a histogram's series add."""
    return [re.sub(r"_(bucket|sum|count)$", "", name) for name in re.findall(rf"\b{PREFIX}(\w+)", query)]


def test_what_is_measured_is_what_is_promised() -> None:
    described: dict[str, list[str]] = {name: [] for name in HISTOGRAMS}
    described |= {name: list(told.labels) for name, told in COUNTERS.items()}
    described |= {name: list(told.labels) for name, told in GAUGES.items()}
    assert described == MEASURED


def test_what_is_exposed_is_what_is_described() -> None:
    families = text_string_to_metric_families(Metrics().exposition().decode())
    ours = {f.name + "_total" * (f.type == "counter") for f in families if f.name.startswith(PREFIX)}
    assert ours == {PREFIX + name for name in MEASURED}


def test_alerts_ask_for_metrics_that_exist() -> None:
    assert {name for query in rules().values() for name in named(query)} <= MEASURED.keys()


def test_the_dashboard_shows_every_metric_and_no_other() -> None:
    assert {name for query in panel_queries().values() for name in named(query)} == MEASURED.keys()


def test_the_dashboard_follows_the_flow() -> None:
    below_the_summary = [panel for panel in panels() if panel["type"] != "stat"]
    seen = list(
        dict.fromkeys(name for panel in below_the_summary for t in panel["targets"] for name in named(t["expr"]))
    )
    assert [name for name in seen if name in FLOW] == FLOW


def test_every_metric_says_what_it_means() -> None:
    helps = [told.help for table in (COUNTERS, GAUGES, HISTOGRAMS) for told in table.values()]
    assert all(len(text.split()) > 2 for text in helps)
    assert len(set(helps)) == len(helps)
