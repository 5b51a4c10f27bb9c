import logging
from collections import Counter

import pytest
from prometheus_client.parser import text_string_to_metric_families

from service.metrics import Metrics
from service.model import CoderInfo
from service.observer import Observer, guarded
from service.pipeline.processing import Tally


def samples(metrics: Metrics) -> dict[tuple[str, tuple[str, ...]], float]:
    """Value by full name and sorted label values, as Prometheus reads them."""
    families = text_string_to_metric_families(metrics.exposition().decode())
    return {(s.name, tuple(sorted(s.labels.values()))): s.value for family in families for s in family.samples}


def value(metrics: Metrics, name: str, *labels: str) -> float | None:
    return samples(metrics).get((f"eventwire_{name}", tuple(sorted(labels))))


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


def test_what_can_be_told_apart_starts_at_zero(metrics: Metrics) -> None:
    assert value(metrics, "articles_rejected_total", "not_utf8") == 0
    assert value(metrics, "events_filtered_total", "no_actor") == 0
    assert value(metrics, "events_published_total", "CONSULT") == 0
    assert value(metrics, "transactions_total", "fenced") == 0
    assert value(metrics, "actors_unresolved_total", "recipient") == 0


def test_a_committed_batch_of_articles_is_counted_by_outcome(metrics: Metrics) -> None:
    tally = Tally(
        coded=2, rejected=Counter(no_text=1), sentences=31, extracted=Counter(CONSULT=3), held=Counter(modality=1),
        events=Counter(CONSULT=2), unresolved=Counter(actor=1), coding_seconds=[0.03, 0.3],
    )  # fmt: skip
    metrics.articles_received(3)
    metrics.articles_committed(tally)
    assert value(metrics, "articles_received_total") == 3
    assert value(metrics, "articles_coded_total") == 2
    assert value(metrics, "articles_rejected_total", "no_text") == 1
    assert value(metrics, "sentences_total") == 31
    assert value(metrics, "events_extracted_total", "CONSULT") == 3
    assert value(metrics, "events_filtered_total", "modality") == 1
    assert value(metrics, "events_coded_total", "CONSULT") == 2
    assert value(metrics, "actors_unresolved_total", "actor") == 1
    assert value(metrics, "article_coding_seconds_count") == 2
    assert value(metrics, "article_coding_seconds_bucket", "0.035") == 1


def test_a_committed_batch_of_events_is_counted_by_type(metrics: Metrics) -> None:
    metrics.events_committed({"ACCUSE": 2}, {"CONSULT": 1}, [0.4, 7.0])
    assert value(metrics, "events_published_total", "ACCUSE") == 2
    assert value(metrics, "events_duplicate_total", "CONSULT") == 1
    assert value(metrics, "article_to_event_seconds_bucket", "0.5") == 1
    assert value(metrics, "article_to_event_seconds_sum") == pytest.approx(7.4)


def test_lag_is_kept_for_each_partition_and_the_oldest_record_for_the_topic(metrics: Metrics) -> None:
    metrics.progress("articles", 0, position=10, end=15, oldest_seconds=4.0)
    metrics.progress("articles", 1, position=7, end=7, oldest_seconds=0.0)
    assert value(metrics, "consumer_lag", "articles", "0") == 5
    assert value(metrics, "position", "articles", "1") == 7
    assert value(metrics, "oldest_unprocessed_seconds", "articles") == 4.0


def test_a_lost_partition_is_no_longer_shown(metrics: Metrics) -> None:
    metrics.progress("articles", 0, position=10, end=15, oldest_seconds=4.0)
    metrics.partition_lost("articles", 0)
    metrics.partition_lost("articles", 3)
    assert value(metrics, "consumer_lag", "articles", "0") is None
    assert value(metrics, "oldest_unprocessed_seconds", "articles") == 0


def test_the_longest_pause_stays_in_sight_for_a_while(metrics: Metrics) -> None:
    for pause in (0.09, *[0.001] * 59):
        metrics.event_loop_lag(pause)
    assert value(metrics, "event_loop_lag_seconds") == 0.09
    metrics.event_loop_lag(0.001)
    assert value(metrics, "event_loop_lag_seconds") == 0.001


def test_the_worker_s_own_condition_is_shown(metrics: Metrics) -> None:
    metrics.coder_loaded(CoderInfo(version="0.1.0", network="abc"))
    metrics.coder_queue(4)
    metrics.coder_restarted()
    metrics.state(1000, 3)
    metrics.state_recovered(1.5)
    metrics.data_dir_free(10**9)
    metrics.transaction("committed")
    shown = samples(metrics)
    expected = {
        ("build_info", ("0.1.0", "abc", "eventwire")): 1,
        ("coder_queue_depth", ()): 4,
        ("coder_restarts_total", ()): 1,
        ("dedup_entries", ()): 1000,
        ("dedup_expired_total", ()): 3,
        ("state_recovery_seconds", ()): 1.5,
        ("data_dir_free_bytes", ()): 10**9,
        ("transactions_total", ("committed",)): 1,
    }
    assert {key: shown[f"eventwire_{key[0]}", key[1]] for key in expected} == expected


def test_the_process_is_measured_under_its_own_names(metrics: Metrics) -> None:
    assert {"process_resident_memory_bytes", "process_cpu_seconds_total"} <= {name for name, _ in samples(metrics)}


def test_an_observer_that_fails_is_logged_once_and_breaks_nothing(caplog: pytest.LogCaptureFixture) -> None:
    observer: Observer = guarded(Metrics())
    with caplog.at_level(logging.ERROR):
        observer.events_committed({"CONSULT": -1}, {}, [])  # a counter can't go down
        observer.events_committed({"CONSULT": -1}, {}, [])
    assert [record.message for record in caplog.records] == [
        "Observer failed at events_committed; later failures of it are not logged"
    ]


def test_a_guarded_observer_is_still_told(metrics: Metrics) -> None:
    guarded(metrics).coder_queue(depth=7)
    assert value(metrics, "coder_queue_depth") == 7
