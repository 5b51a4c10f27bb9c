"""How far each partition is, and whether it gets on."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from service.observer import Observer
from service.stream.membership import Membership
from service.stream.records import Source
from service.stream.stage import AnyLane, Stage


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

    def gone(self, sources: Iterable[Source]) -> None:
        """These partitions belong to somebody else now."""
        for source in sources:
            self._since.pop(source, None)
            self.observer.partition_lost(*source)

    def stalled(self, seconds: float) -> list[Source]:
        """Partitions that did not get on for so long, though there is something to read."""
        sources = {lane.source for lane in self._lanes()}
        return [source for source, (_, at) in self._since.items() if source in sources and self.clock() - at > seconds]

    def _lanes(self) -> Iterable[AnyLane]:
        return (lane for stage in self.stages for lane in stage)

    def _reached(self, lane: AnyLane) -> Reached | None:
        fetched = self.membership.fetched(lane.source)
        if fetched is None or lane.position is None:
            return None
        if not lane.waiting and self.membership.handed_out(lane.source) < lane.position:
            # All that was read is done. What lies up to the fetched position are marks of transactions.
            return Reached(max(lane.position, fetched.position), fetched.end)
        return Reached(lane.position, fetched.end)
