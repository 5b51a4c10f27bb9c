"""The outside of a lane for unit tests: a group, a delivery that can be held up or fail, work that notes all."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from service.stream.delivery import PartitionLostError
from service.stream.records import Batch, Outgoing, Source, SourceRecord

SOURCE = Source("articles", 0)


def record(offset: int, follows: int | None = None, generation: int = 1) -> SourceRecord:
    """A record that follows the one before, unless told otherwise."""
    return SourceRecord(SOURCE, offset, offset if follows is None else follows, generation, 1_000, None, b"", ())


@dataclass(slots=True)
class Group:
    """Stands in for Membership."""

    generation: int = 1
    beginning_at: int = 0
    sought: list[int] = field(default_factory=list)

    async def beginning(self, _: Source) -> int:
        return self.beginning_at

    async def seek(self, _: Source, offset: int) -> None:
        self.sought.append(offset)


@dataclass(slots=True)
class FakeDelivery:
    """Stands in for the broker: remembers the committed offset."""

    committed: int = 0
    delivered: list[int] = field(default_factory=list)
    opened: int = 0
    closed: int = 0
    hold: asyncio.Event | None = None
    error: Exception | None = None

    async def open(self) -> int:
        self.opened += 1
        return self.committed

    async def deliver(self, batch: Batch, owned: Callable[[], bool]) -> None:
        if self.hold:
            await self.hold.wait()
        if self.error:
            raise self.error
        if not owned():
            raise PartitionLostError
        self.delivered += [int(out.value or b"") for out in batch.outputs]
        self.committed = batch.next_offset

    async def close(self) -> None:
        self.closed += 1


@dataclass(slots=True)
class Item:
    record: SourceRecord
    done: bool = True
    given_up: bool = False

    def give_up(self) -> None:
        self.given_up = True


@dataclass(slots=True)
class NotingWork:
    """Gives each record's offset as its result."""

    at_once: bool = True
    items: list[Item] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    wakes: list[Callable[[], None]] = field(default_factory=list)

    def start(self, record: SourceRecord, wake: Callable[[], None]) -> Item:
        self.items.append(Item(record, self.at_once))
        self.wakes.append(wake)
        return self.items[-1]

    def finish(self, index: int) -> None:
        self.items[index].done = True
        self.wakes[index]()

    async def open(self, position: int) -> None:
        self.calls.append(f"open {position}")

    async def conclude(self, items: Sequence[Item]) -> Batch:
        outputs = [Outgoing("out", None, b"%d" % item.record.offset) for item in items]
        return Batch(items[-1].record.offset + 1, outputs)

    def delivered(self, items: Sequence[Item]) -> None:
        self.calls.append(f"delivered {items[-1].record.offset}")

    def forget(self) -> None:
        self.calls.append("forget")
