"""What a stage owns for a source partition: its window of records, its position, its delivery.

A lane runs through one generation of the consumer group at a time. Each run begins with fencing: the former owner
can't write any more; then the committed offset is read, then what the stage keeps. Records of another generation, or
below the position, are dropped. A hole between offsets may be the mark of a transaction; a record that is missing is
known by what the next one says it follows, and is read again.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Generic, Protocol

from aiokafka.errors import KafkaError

from service.stream.delivery import Delivery, PartitionLostError
from service.stream.membership import Membership
from service.stream.records import Batch, Source, SourceRecord
from service.stream.window import ItemT, Limits, Window

log = logging.getLogger(__name__)


GAP_SECONDS = 5.0
"""What was on its way when a gap was seen has passed by then."""


class Work(Protocol[ItemT]):
    """What a stage does for one source partition."""

    def start(self, record: SourceRecord, wake: Callable[[], None]) -> ItemT:
        """Begin with a record; ``wake`` is to be called when it is done."""
        ...

    async def open(self, position: int) -> None:
        """Load what the stage keeps for the partition. Whoever wrote it before can't any more."""
        ...

    async def conclude(self, items: Sequence[ItemT]) -> Batch:
        """What comes of finished records. Changes nothing yet: it may not be delivered."""
        ...

    def delivered(self, items: Sequence[ItemT]) -> None:
        """What was concluded last is delivered: count it, and change what the stage keeps."""
        ...

    def forget(self) -> None:
        """The partition is given away, or it is not known how a delivery ended."""
        ...


@dataclass(frozen=True, slots=True)
class Shared:
    """What all lanes of a stage share. ``fail`` is told of what must end the worker."""

    membership: Membership
    places: asyncio.Semaphore
    limits: Limits
    fail: Callable[[BaseException], None]


class Lane(Generic[ItemT]):
    """One stage on one source partition."""

    def __init__(self, source: Source, work: Work[ItemT], delivery: Delivery, shared: Shared) -> None:
        self.source = source
        self.position: int | None = None
        """Offset of the next record to be delivered; None until opened."""
        self.opened_for: int | None = None
        """The generation in which fencing is done and what the stage keeps is loaded."""
        self.done_at = 0
        """Timestamp of the last delivered record, milliseconds since 1970."""
        self._work = work
        self._delivery = delivery
        self._shared = shared
        self._generation: int | None = None
        self._window: Window[ItemT] | None = None
        self._task: asyncio.Task[None] | None = None
        self._delivering = False
        self._filling: asyncio.Task[None] | None = None
        self._patient_until = 0.0

    @property
    def waiting(self) -> int:
        """Records in the window."""
        return len(self._window) if self._window else 0

    @property
    def oldest(self) -> int | None:
        """Timestamp of the first record in the window, milliseconds since 1970."""
        return self._window.oldest if self._window else None

    def begin(self, generation: int) -> None:
        """The partition is ours in this generation. To say it twice is harmless."""
        if generation == self._generation:
            return
        former = self._stop()
        window: Window[ItemT] = Window(self._shared.places)
        self._generation, self._window = generation, window
        self._task = asyncio.create_task(self._run(generation, window, former), name=f"lane {self.source}")
        # Not in the task itself: one that is cancelled before its first step runs no line of its own.
        self._task.add_done_callback(lambda _: window.close())

    def add(self, record: SourceRecord) -> bool:
        """Take a record, and its place, into the window, unless it is of another generation or not the next one."""
        window = self._window
        if window is None or record.generation != self._generation:
            return False
        place = window.place_of(record)
        if place == "gap":
            self.fill_gap()
        if place != "next":
            return False
        window.add(self._work.start(record, window.wake))
        return True

    def fill_gap(self) -> None:
        """Records are missing after the last one taken: have them read again. To say it often is harmless."""
        now = time.monotonic()
        if self._window is None or self.opened_for != self._generation or now < self._patient_until:
            return
        self._patient_until = now + GAP_SECONDS
        self._filling = asyncio.create_task(self._fill_gap(self._window), name=f"gap {self.source}")

    async def _fill_gap(self, window: Window[ItemT]) -> None:
        """Read on from where the window ends, or from where the broker begins, if retention has passed that."""
        with suppress(KafkaError):  # what follows says it again
            beginning = await self._shared.membership.beginning(self.source)
            if beginning > window.next:
                log.warning("%s: %d to %d were deleted before they were read", self.source, window.next, beginning)
                window.next = beginning
            log.info("%s: reading again from %d", self.source, window.next)
            await self._shared.membership.seek(self.source, window.next)

    async def give_away(self) -> None:
        """The partition is no longer ours."""
        former = self._stop()
        self._generation = self._window = self.position = self.opened_for = None
        await _ended(former)
        self._work.forget()
        await self._delivery.close()

    async def drain(self, seconds: float) -> None:
        """Deliver what is in the window, for so long at most, and stop. No record may be added any more."""
        if self._window and self._task:
            emptied = asyncio.create_task(self._window.emptied())
            await asyncio.wait({emptied, self._task}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            emptied.cancel()
        await self.give_away()

    def _stop(self) -> asyncio.Task[None] | None:
        """Stops the run; a delivery that has begun may finish. Returns what is then to be waited for."""
        task, self._task = self._task, None
        if task and not self._delivering:
            task.cancel()
        return task

    async def _run(self, generation: int, window: Window[ItemT], former: asyncio.Task[None] | None) -> None:
        owned = partial(self._owned, generation)
        try:
            await _ended(former)
            await self._open(generation, window)
            while owned():
                head = await window.finished_head(self._shared.limits)
                await self._deliver(head, owned)
                window.release(len(head))
        except PartitionLostError:
            log.info("%s: lost after generation %d", self.source, generation)
        except KafkaError as error:
            if owned():
                self._shared.fail(error)
            log.info("%s: %r after generation %d", self.source, error, generation)
        except Exception as error:  # noqa: BLE001 - whatever it is, it must end the worker, not this task alone
            self._shared.fail(error)

    def _owned(self, generation: int) -> bool:
        return generation == self._generation == self._shared.membership.generation

    async def _open(self, generation: int, window: Window[ItemT]) -> None:
        began = time.perf_counter()
        position = await self._delivery.open()
        if not self._owned(generation):
            raise PartitionLostError(str(self.source))
        await self._work.open(position)
        self.position, self.opened_for = position, generation
        window.starts_at(position)
        took = time.perf_counter() - began
        log.info("%s: opened at %d in %.2f s, generation %d", self.source, position, took, generation)

    async def _deliver(self, items: Sequence[ItemT], owned: Callable[[], bool]) -> None:
        batch = await self._work.conclude(items)
        self._delivering = True
        try:
            await self._delivery.deliver(batch, owned)
        except BaseException:
            self.opened_for = None
            self._work.forget()
            raise
        finally:
            self._delivering = False
        self.position = batch.next_offset
        self.done_at = items[-1].record.timestamp
        self._work.delivered(items)


async def _ended(task: asyncio.Task[None] | None) -> None:
    if task is not None:
        await asyncio.wait({task})
