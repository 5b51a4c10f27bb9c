"""How far each partition is, and whether it gets on."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from service.observer import Observer
from service.stream.membership import Membership
from service.stream.records import Source
from service.stream.stage import AnyLane, Stage

AWAITED_SECONDS = 5.0
TURNS = 10
"""So many times longer may a partition wait while others of its stage get on."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Offset of the next record to be done, and the end of what may be read."""

    position: int
    end: int

    @property
    def lag(self) -> int:
        return max(0, self.end - self.position)


@dataclass(slots=True)
class Progress:
    """Measures all lanes when asked to. A position that stays while there is something to read is a stall."""

    stages: tuple[Stage, ...]
    membership: Membership
    observer: Observer
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time
    _since: dict[Source, tuple[int, float]] = field(default_factory=dict)
    """Position, and when it was first seen or without anything to read."""
    _awaiting: dict[Source, float] = field(default_factory=dict)
    """Since when a record was fetched that has not come."""

    def measure(self) -> None:
        for lane in self._lanes():
            reached = self._reached(lane)
            if reached is None:
                continue
            position, _ = self._since.get(lane.source, (-1, 0.0))
            if reached.position != position or not reached.lag:
                self._since[lane.source] = (reached.position, self.clock())
            oldest = lane.oldest or lane.done_at
            age = max(0.0, self.now() - oldest / 1000) if reached.lag and oldest else 0.0
            self.observer.progress(*lane.source, reached.position, reached.end, age)

    def heal(self) -> None:
        """Has records read again that were fetched and never came. On a quiet partition nothing else would show it."""
        for stage in self.stages:
            if not any(lane.waiting for lane in stage):  # else they may be waiting behind others
                for lane in stage:
                    self._heal(lane)

    def _heal(self, lane: AnyLane) -> None:
        awaited = lane.position is not None and lane.position <= self.membership.last_fetched(lane.source)
        since = self._awaiting.setdefault(lane.source, self.clock()) if awaited else None
        if since is None:
            self._awaiting.pop(lane.source, None)
        elif self.clock() - since > AWAITED_SECONDS:
            self._awaiting.pop(lane.source)
            lane.fill_gap()

    def gone(self, sources: Iterable[Source]) -> None:
        """These partitions belong to somebody else now."""
        for source in sources:
            self._since.pop(source, None)
            self.observer.partition_lost(*source)

    def stalled(self, seconds: float) -> list[Source]:
        """Partitions that did not get on for so long, though there is something to read.

        Partitions take turns. One of which nothing is in hand may wait for its turn, longer, while others get on.
        """
        return [lane.source for stage in self.stages for lane in self._stalled(stage, seconds)]

    def _stalled(self, stage: Stage, seconds: float) -> list[AnyLane]:
        idle = {lane: self.clock() - self._since[lane.source][1] for lane in stage if lane.source in self._since}
        turning = min(idle.values(), default=0.0) <= seconds
        return [
            lane for lane, time in idle.items() if time > (seconds * TURNS if turning and not lane.waiting else seconds)
        ]

    def _lanes(self) -> Iterable[AnyLane]:
        return (lane for stage in self.stages for lane in stage)

    def _reached(self, lane: AnyLane) -> Reached | None:
        fetched = self.membership.fetched(lane.source)
        if fetched is None or lane.position is None:
            return None
        if not lane.waiting and self.membership.last_fetched(lane.source) < lane.position:
            # All that was read is done. What lies up to the fetched position are marks of transactions.
            return Reached(max(lane.position, fetched.position), fetched.end)
        return Reached(lane.position, fetched.end)
