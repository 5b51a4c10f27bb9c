"""Prometheus: every metric of ours, its help, labels and buckets, here and only here.

Durations are in seconds, sizes in bytes. Labels come from closed sets, and each of their values starts at 0, so that a
rate is known from the first event on. The process's own metrics stand beside ours under their own names.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal, get_args

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from service.model import CoderInfo, EventType, HoldReason, RejectReason
from service.observer import TransactionOutcome
from service.pipeline.processing import Tally

PREFIX = "eventwire_"

CounterName = Literal[
    "articles_received_total", "articles_coded_total", "articles_rejected_total", "sentences_total",
    "events_extracted_total", "events_filtered_total", "events_coded_total", "events_published_total",
    "events_duplicate_total", "actors_unresolved_total", "dedup_expired_total", "coder_restarts_total",
    "transactions_total",
]  # fmt: skip
GaugeName = Literal[
    "oldest_unprocessed_seconds", "consumer_lag", "position", "dedup_entries", "coder_queue_depth",
    "state_recovery_seconds", "data_dir_free_bytes", "event_loop_lag_seconds", "build_info",
]  # fmt: skip
HistogramName = Literal["article_coding_seconds", "article_to_event_seconds"]


@dataclass(frozen=True, slots=True)
class Described:
    """What a metric says, and by what it is told apart; ``values`` are those of its one label that start at 0."""

    help: str
    labels: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bucketed:
    """What a histogram measures, and its buckets' upper bounds in seconds."""

    help: str
    buckets: tuple[float, ...]


TYPE = ("type",), get_args(EventType)
COUNTERS: Mapping[CounterName, Described] = {
    "articles_received_total": Described("Articles taken from the input topic: coded + rejected"),
    "articles_coded_total": Described("Articles coded, with or without events"),
    "articles_rejected_total": Described("Articles sent to the dead letters", ("reason",), get_args(RejectReason)),
    "sentences_total": Described("Sentences of coded articles"),
    "events_extracted_total": Described("Events found in articles: filtered + coded", *TYPE),
    "events_filtered_total": Described("Events found and held back", ("reason",), get_args(HoldReason)),
    "events_coded_total": Described("Events handed to deduplication: published + duplicate", *TYPE),
    "events_published_total": Described("Events published, each the first of its identity", *TYPE),
    "events_duplicate_total": Described("Events that had been published before", *TYPE),
    "actors_unresolved_total": Described("Actors of coded events without a code", ("side",), ("actor", "recipient")),
    "dedup_expired_total": Described("Entries of the deduplication that went after their retention"),
    "coder_restarts_total": Described("Coder processes replaced after they died or hung"),
    "transactions_total": Described("Kafka transactions by how they ended", ("outcome",), get_args(TransactionOutcome)),
}
GAUGES: Mapping[GaugeName, Described] = {
    "oldest_unprocessed_seconds": Described("Age of the oldest record not yet done, 0 without lag", ("topic",)),
    "consumer_lag": Described("Records not yet done", ("topic", "partition")),
    "position": Described("Offset of the next record to be done", ("topic", "partition")),
    "dedup_entries": Described("Identities that the deduplication knows"),
    "coder_queue_depth": Described("Articles that wait for a coder process or are in one"),
    "state_recovery_seconds": Described("How long the last reading of a partition's state took"),
    "data_dir_free_bytes": Described("Free bytes on the data folder's disk"),
    "event_loop_lag_seconds": Described("Longest pause of the event loop among its last 60 measurements"),
    "build_info": Described("Always 1: what is running", ("version", "coder", "network")),
}
HISTOGRAMS: Mapping[HistogramName, Bucketed] = {
    "article_coding_seconds": Bucketed(
        "Time to parse and code one article",  # mostly 0.02 to 0.5 s; ARTICLE_TIMEOUT_SECONDS is 30
        (0.005, 0.01, 0.02, 0.035, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30),
    ),
    "article_to_event_seconds": Bucketed(
        "From the timestamp of an article's record to its committed event",  # 0.05 to 60 s; more is a backlog
        (0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5, 2.5, 5, 10, 20, 30, 60, 300, 3600),
    ),
}


class Metrics:
    """An observer that keeps counts for Prometheus."""

    def __init__(self) -> None:
        # The time of creation, a second series beside each counter, is of no use here.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        """Where others may register what is theirs, under their own names."""
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        self._counters = {
            name: Counter(PREFIX + name, told.help, told.labels, registry=self.registry)
            for name, told in COUNTERS.items()
        }
        self._gauges = {
            name: Gauge(PREFIX + name, told.help, told.labels, registry=self.registry) for name, told in GAUGES.items()
        }
        self._histograms = {
            name: Histogram(PREFIX + name, told.help, buckets=told.buckets, registry=self.registry)
            for name, told in HISTOGRAMS.items()
        }
        for name, told in COUNTERS.items():
            for value in told.values:
                self._counters[name].labels(value)
        self._oldest: dict[tuple[str, int], float] = {}
        self._pauses: deque[float] = deque(maxlen=60)

    def exposition(self) -> bytes:
        """All metrics in Prometheus' text format, UTF-8."""
        return generate_latest(self.registry)

    def articles_received(self, count: int) -> None:
        self._counters["articles_received_total"].inc(count)

    def articles_committed(self, tally: Tally) -> None:
        self._counters["articles_coded_total"].inc(tally.coded)
        self._counters["sentences_total"].inc(tally.sentences)
        self._count("articles_rejected_total", tally.rejected)
        self._count("events_extracted_total", tally.extracted)
        self._count("events_filtered_total", tally.held)
        self._count("events_coded_total", tally.events)
        self._count("actors_unresolved_total", tally.unresolved)
        self._measure("article_coding_seconds", tally.coding_seconds)

    def events_committed(
        self, published: Mapping[str, int], duplicate: Mapping[str, int], delays: Sequence[float]
    ) -> None:
        self._count("events_published_total", published)
        self._count("events_duplicate_total", duplicate)
        self._measure("article_to_event_seconds", delays)

    def transaction(self, outcome: TransactionOutcome) -> None:
        self._counters["transactions_total"].labels(outcome).inc()

    def progress(self, topic: str, partition: int, position: int, end: int, oldest_seconds: float) -> None:
        self._gauges["position"].labels(topic, partition).set(position)
        self._gauges["consumer_lag"].labels(topic, partition).set(max(0, end - position))
        self._oldest[topic, partition] = oldest_seconds
        self._set_oldest(topic)

    def partition_lost(self, topic: str, partition: int) -> None:
        self._oldest.pop((topic, partition), None)
        self._set_oldest(topic)
        for gauge in (self._gauges["position"], self._gauges["consumer_lag"]):
            with suppress(KeyError):  # lost before its first progress
                gauge.remove(topic, partition)

    def coder_loaded(self, coder: CoderInfo) -> None:
        self._gauges["build_info"].labels(coder.version, coder.name, coder.network).set(1)

    def coder_queue(self, depth: int) -> None:
        self._gauges["coder_queue_depth"].set(depth)

    def coder_restarted(self) -> None:
        self._counters["coder_restarts_total"].inc()

    def state(self, entries: int, expired: int) -> None:
        self._gauges["dedup_entries"].set(entries)
        self._counters["dedup_expired_total"].inc(expired)

    def state_recovered(self, seconds: float) -> None:
        self._gauges["state_recovery_seconds"].set(seconds)

    def event_loop_lag(self, seconds: float) -> None:
        self._pauses.append(seconds)
        self._gauges["event_loop_lag_seconds"].set(max(self._pauses))

    def data_dir_free(self, size: int) -> None:
        self._gauges["data_dir_free_bytes"].set(size)

    def _count(self, name: CounterName, counts: Mapping[str, int]) -> None:
        for value, count in counts.items():
            self._counters[name].labels(value).inc(count)

    def _measure(self, name: HistogramName, seconds: Sequence[float]) -> None:
        for value in seconds:
            self._histograms[name].observe(value)

    def _set_oldest(self, topic: str) -> None:
        ages = [age for (of, _), age in self._oldest.items() if of == topic]
        self._gauges["oldest_unprocessed_seconds"].labels(topic).set(max(ages, default=0.0))
