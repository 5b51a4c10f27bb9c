"""Records of one source partition in one generation of the group, in order, each with what is being done about it."""

import asyncio
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Generic, Literal, Protocol, TypeVar

from service.stream.records import SourceRecord


class Item(Protocol):
    """A record, and what is being done about it."""

    @property
    def record(self) -> SourceRecord: ...

    @property
    def done(self) -> bool:
        """Whether it can be delivered, once all before it can."""
        ...

    def give_up(self) -> None:
        """The record is somebody else's now."""
        ...


Place = Literal["next", "past", "gap"]
ItemT = TypeVar("ItemT", bound=Item)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much goes into one delivery."""

    records: int
    seconds: float
    """How long the first finished record waits for others: small transactions are dear."""


class Window(Generic[ItemT]):
    """Each record in it keeps a place, of which a stage has so many for all its partitions, until it is released."""

    def __init__(self, places: asyncio.Semaphore) -> None:
        self._places = places
        self._items: deque[ItemT] = deque()
        self._changed = asyncio.Event()
        self._empty = asyncio.Event()
        self._empty.set()
        self.next = 0
        """Offset after the last record taken: where the next one has to follow."""
        self._finished = 0
        self._started = False
        self._closed = False

    def __len__(self) -> int:
        return len(self._items)

    @property
    def oldest(self) -> int | None:
        """Timestamp of the first record, milliseconds since 1970."""
        return self._items[0].record.timestamp if self._items else None

    def place_of(self, record: SourceRecord) -> Place:
        """Whether it comes next, came before, or comes after records that are missing."""
        if self._closed or record.offset < self.next:
            return "past"
        return "next" if record.follows <= self.next or not self._started else "gap"

    def add(self, item: ItemT) -> None:
        """Takes over the place that the caller has acquired."""
        self.next = item.record.offset + 1
        self._started = True
        self._items.append(item)
        self._empty.clear()
        self.wake()

    def wake(self) -> None:
        """Something has changed: a record is finished."""
        self._changed.set()

    def starts_at(self, position: int) -> None:
        """What is below was done by somebody before; what does not follow on it is given up, and will come again."""
        self._started = True
        while self._items and self._items[0].record.offset < position:
            self._items[0].give_up()
            self.release(1)
        if not self._items or self._items[0].record.follows > position:
            self._give_up()
            self.next = position

    async def finished_head(self, limits: Limits) -> list[ItemT]:
        """The finished records at the head, at least one; waits for it. They stay in the window until released."""
        await self._until_finished(1)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._until_finished(limits.records), limits.seconds)
        return list(islice(self._items, min(self._count_finished(), limits.records)))

    async def _until_finished(self, records: int) -> None:
        while self._count_finished() < records:
            self._changed.clear()
            await self._changed.wait()

    def _count_finished(self) -> int:
        """At the head. Counted on from the last time, for this is asked for every record."""
        while self._finished < len(self._items) and self._items[self._finished].done:
            self._finished += 1
        return self._finished

    def release(self, count: int) -> None:
        """The first ``count`` records are done."""
        self._finished = max(0, self._finished - count)
        for _ in range(count):
            self._items.popleft()
            self._places.release()
        if not self._items:
            self._empty.set()

    async def emptied(self) -> None:
        """Waits until nothing is in it."""
        await self._empty.wait()

    def close(self) -> None:
        """Give up whatever is in it. No place is kept. To say it twice is harmless."""
        self._closed = True
        self._give_up()

    def _give_up(self) -> None:
        for item in self._items:
            item.give_up()
        self.release(len(self._items))
