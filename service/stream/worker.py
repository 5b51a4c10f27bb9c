"""The worker: both stages in one process, from the start-up checks to the drained stop."""

import asyncio
import gc
import logging
import shutil
import signal
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any

import faust

from service.config import Settings
from service.observer import Observer
from service.stream import loop_lag, topics
from service.stream.assembly import Outside, Parts, assemble
from service.stream.broker_errors import BrokerError
from service.stream.limits import TooManyRejectsError
from service.stream.pool import CoderUnusableError
from service.stream.web import WebPortError, serving

log = logging.getLogger(__name__)

MEASURE_SECONDS = 1.0
DRAIN_SECONDS = 10.0
STOP_SECONDS = 5.0


class StartError(Exception):
    """The worker can't start as things are. ``hint`` says what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


EXPECTED = (StartError, BrokerError, CoderUnusableError, WebPortError, TooManyRejectsError)
"""What an operator can set right; the message says what it is."""


async def run(settings: Settings, outside: Outside) -> signal.Signals:
    """Run until SIGTERM or SIGINT, and return which it was; what was begun is delivered first.

    Raises:
        StartError: the topics are wrong.
        BrokerError: the broker can't be reached, or security settings are wrong.
        CoderUnusableError: no network, or tables that can't be read.
        WebPortError: the web port can't be opened.
        TooManyRejectsError: too many articles are rejected.
        OSError: the data folder can't be made.
        Exception: anything unknown. A restart goes on from what is committed.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    await asyncio.to_thread(check_topics, settings)
    ending = Ending()
    parts = assemble(settings, outside, ending.fail)
    health = parts.health
    # What is there by now stays. Not to be looked through again, it would make each full collection a pause of 50 ms.
    gc.collect()
    gc.freeze()
    async with (
        _pool(parts),
        serving(settings.web_host, settings.web_port, outside.metrics, health.not_alive, health.not_ready) as port,
        _stages(parts, ending),
        _beside(loop_lag.watch(outside.observer.event_loop_lag), _measure(parts, settings, outside.observer, ending)),
    ):
        log.info("worker %s started; http://%s:%d/metrics", settings.instance_id, settings.web_host, port)
        return await ending.wait()


def check_topics(settings: Settings) -> None:
    """Raises StartError where topics are missing or not as they must be."""
    if faults := topics.check(settings):
        lines = [f"{fault.topic}: {fault.fault} ({fault.remedy})" for fault in faults]
        raise StartError("; ".join(lines), "eventwire topics check")


class Ending:
    """What ends the worker: a signal, or the first failure."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self._reason: asyncio.Future[signal.Signals] = loop.create_future()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._signalled, number)

    @property
    def failed(self) -> bool:
        return self._reason.done() and self._reason.exception() is not None

    def fail(self, error: BaseException) -> None:
        if self._reason.done():
            log.warning("while the worker ends: %r", error)
        else:
            self._reason.set_exception(error)

    async def wait(self) -> signal.Signals:
        return await asyncio.shield(self._reason)

    async def unless(self, work: Coroutine[Any, Any, None]) -> None:
        """Does the work, unless the end comes first."""
        task = asyncio.ensure_future(work)
        waited: set[asyncio.Future[Any]] = {task, self._reason}
        await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            task.result()
        else:
            task.cancel()

    def _signalled(self, number: signal.Signals) -> None:
        if not self._reason.done():
            log.info("%s: delivering what was begun, then stopping", number.name)
            self._reason.set_result(number)


@asynccontextmanager
async def _pool(parts: Parts) -> AsyncIterator[None]:
    await parts.pool.start()
    try:
        yield
    finally:
        await parts.pool.stop()


@asynccontextmanager
async def _stages(parts: Parts, ending: Ending) -> AsyncIterator[None]:
    """Runs the app meanwhile. Afterwards what is in hand is delivered while the worker is still in the group."""
    try:
        await ending.unless(parts.app.start())
        yield
    finally:
        seconds = 0.0 if ending.failed else DRAIN_SECONDS
        with suppress(TimeoutError):  # of a broker that does not answer; what is not committed will be done again
            async with asyncio.timeout(seconds + STOP_SECONDS):
                await asyncio.gather(parts.coding.drain(seconds), parts.deduplication.drain(seconds))
        with suppress(TimeoutError):
            await asyncio.wait_for(parts.app.stop(), STOP_SECONDS)


@asynccontextmanager
async def _beside(*works: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(work) for work in works]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _measure(parts: Parts, settings: Settings, observer: Observer, ending: Ending) -> None:
    """Tells how far the partitions are, once a second, and looks after Faust."""
    while True:
        await asyncio.sleep(MEASURE_SECONDS)
        parts.health.progress.measure()
        parts.health.progress.heal()
        observer.data_dir_free(shutil.disk_usage(settings.data_dir).free)
        if crash := _crash(parts.app):
            ending.fail(crash)


def _crash(app: faust.App) -> BaseException | None:
    return (app.crash_reason or RuntimeError("the Faust app crashed")) if app.crashed else None
