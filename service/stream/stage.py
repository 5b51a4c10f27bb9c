"""One stage of the flow in this worker: a lane for each source partition that the group has given to it."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

from service.stream.lane import Lane, Shared
from service.stream.records import Source, SourceRecord

AnyLane = Lane[Any]


class Stage:
    """Keeps the lanes in step with the group, and hands them their records."""

    def __init__(self, topic: str, shared: Shared, lane: Callable[[Source], AnyLane]) -> None:
        """``lane`` makes the lane of a partition; ``shared`` is what all of them share."""
        self.topic = topic
        self._membership = shared.membership
        self._places = shared.places
        self._make = lane
        self._lanes: dict[Source, AnyLane] = {}
        self._leaving: set[asyncio.Task[None]] = set()
        self._closing = False

    def __iter__(self) -> Iterator[AnyLane]:
        return iter(self._lanes.values())

    def assigned(self, sources: set[Source], generation: int) -> set[Source]:
        """The group's new assignment: these partitions of the topic, and no other. Returns those that are gone."""
        gone = self._lanes.keys() - sources
        for source in gone:
            self._leave(self._lanes.pop(source))
        for source in sources:
            self._lane(source, generation)
        return gone

    async def take(self, record: SourceRecord) -> None:
        """Take a record as soon as there is a place for it. One of a former generation is dropped."""
        await self._places.acquire()
        current = not self._closing and record.generation == self._membership.generation
        if not current or not self._lane(record.source, record.generation).add(record):
            self._places.release()

    async def drain(self, seconds: float) -> None:
        """Take nothing any more, deliver what was taken, for so long at most, and give all partitions away."""
        self._closing = True
        await asyncio.gather(*(lane.drain(seconds) for lane in self._lanes.values()), *self._leaving)

    def opened(self, generation: int) -> bool:
        """Whether all lanes are ready to deliver."""
        return all(lane.opened_for == generation for lane in self._lanes.values())

    def _lane(self, source: Source, generation: int) -> AnyLane:
        lane = self._lanes.get(source)
        if lane is None:
            lane = self._lanes[source] = self._make(source)
        lane.begin(generation)
        return lane

    def _leave(self, lane: AnyLane) -> None:
        # Not awaited: a delivery may hang on a broker, and the group is waiting for this worker.
        task = asyncio.create_task(lane.give_away(), name=f"leave {lane.source}")
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)
