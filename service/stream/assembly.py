"""The parts of a worker, put together from the settings."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from typing import Any, cast

import faust
from faust.types import TP

from service.config import Settings
from service.observer import Observer
from service.pipeline.processing import Coder, CoderOptions
from service.stream.agents import add_agents
from service.stream.app import make_app
from service.stream.clients import aiokafka_security, bootstrap_list
from service.stream.coder_process import LoadCoder
from service.stream.coding import CodingTerms, CodingWork
from service.stream.dedup import DedupTerms, DedupWork
from service.stream.delivery import AtLeastOnce, Delivery, ExactlyOnce, Link
from service.stream.health import Health
from service.stream.lane import Lane, Shared
from service.stream.limits import RejectLimits
from service.stream.membership import Membership
from service.stream.pace import Pace
from service.stream.pool import CoderPool
from service.stream.progress import Progress
from service.stream.records import Source
from service.stream.stage import AnyLane, Stage
from service.stream.window import Limits

log = logging.getLogger(__name__)

ARTICLES_PER_PROCESS = 64
"""Articles in hand for each coder process: enough that none waits while others are delivered."""
BATCHES_IN_HAND = 4
"""Of coded events, so that the next batch fills while one is delivered."""


@dataclass(frozen=True, slots=True)
class Outside:
    """What the worker is given beside its settings."""

    observer: Observer
    metrics: Callable[[], bytes]
    """What /metrics shows."""
    load: LoadCoder = Coder.load


@dataclass(frozen=True, slots=True)
class Parts:
    """A worker, ready to be run."""

    app: faust.App
    pool: CoderPool
    coding: Stage
    deduplication: Stage
    health: Health


def assemble(settings: Settings, outside: Outside, fail: Callable[[BaseException], None]) -> Parts:
    """Nothing is started yet. ``fail`` is told of what must end the worker.

    Raises:
        service.stream.broker_errors.WrongSettingError: the security settings contradict each other.
    """
    app = make_app(settings)
    link = Link(
        bootstrap=bootstrap_list(settings),
        security=aiokafka_security(settings),
        group=settings.app_id,
        transaction_timeout=settings.transaction_timeout_seconds,
        membership=Membership(app),
        observer=outside.observer,
        pace=Pace(),
    )
    make = _Assembly(settings, link, fail)
    pool = make.pool(outside.load)
    coding, deduplication = stages = make.coding(pool), make.deduplication()
    add_agents(app, settings, coding, deduplication)
    progress = Progress(stages, link.membership, outside.observer)
    health = Health(stages, pool, link.membership, progress, settings.liveness_seconds)
    _follow_the_group(app, health)
    return Parts(app, pool, coding, deduplication, health)


@dataclass(frozen=True, slots=True)
class _Assembly:
    settings: Settings
    link: Link
    fail: Callable[[BaseException], None]

    def pool(self, load: LoadCoder) -> CoderPool:
        settings = self.settings
        options = CoderOptions(
            modalities=settings.modalities,
            min_confidence=settings.min_confidence,
            dedup_fields=settings.dedup_fields,
            knowledge_dir=settings.knowledge_dir and settings.knowledge_dir.absolute(),
        )
        pool = CoderPool(load, options, settings.coder_processes, settings.article_timeout_seconds, self.link.observer)
        pool.fail = self.fail
        return pool

    def coding(self, pool: CoderPool) -> Stage:
        settings = self.settings
        terms = CodingTerms(settings.coded_topic, settings.rejected_topic, metadata.version("eventwire"))
        rejects = RejectLimits(settings.dlq_max_share, settings.dlq_max_consecutive)
        articles = ARTICLES_PER_PROCESS * settings.coder_processes
        shared = self._shared(places=articles, batch=articles // 2)

        def lane(source: Source) -> AnyLane:
            work = CodingWork(source, terms, pool, rejects, self.link.observer)
            return Lane(source, work, self._delivery("code", source), shared)

        return Stage(settings.articles_topic, shared, lane)

    def deduplication(self) -> Stage:
        settings = self.settings
        terms = DedupTerms(
            state_topic=settings.state_topic,
            events_topic=settings.events_topic,
            updates_topic=settings.updates_topic,
            retention_days=settings.state_retention_days,
            keeps_state=settings.delivery == "exactly_once",
        )
        shared = self._shared(places=BATCHES_IN_HAND * settings.batch_records, batch=settings.batch_records)

        def lane(source: Source) -> AnyLane:
            return Lane(source, DedupWork(source, terms, self.link), self._delivery("dedup", source), shared)

        return Stage(settings.coded_topic, shared, lane)

    def _shared(self, places: int, batch: int) -> Shared:
        limits = Limits(batch, self.settings.batch_seconds)
        return Shared(self.link.membership, asyncio.Semaphore(places), limits, self.fail)

    def _delivery(self, stage: str, source: Source) -> Delivery:
        if self.settings.delivery == "exactly_once":
            return ExactlyOnce(self.link, stage, source)
        return AtLeastOnce(self.link, source)


def _follow_the_group(app: faust.App, health: Health) -> None:
    """Each new assignment opens the lanes of its partitions at once, not at their first record."""

    async def assigned(_: Any, assigned: set[TP], **__: Any) -> None:  # noqa: ANN401 - Faust's signals
        generation = health.membership.generation
        for stage in health.stages:
            sources = {Source(partition.topic, partition.partition) for partition in assigned}
            sources = {source for source in sources if source.topic == stage.topic}
            health.progress.gone(stage.assigned(sources, generation))
            log.info("%s: partitions %s, generation %d", stage.topic, sorted(s.partition for s in sources), generation)
        health.generation = generation

    app.on_partitions_assigned.connect(cast("Any", assigned))
