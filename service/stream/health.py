"""Whether the worker is alive, and whether it is ready."""

from dataclasses import dataclass

from service.stream.membership import Membership
from service.stream.pool import CoderPool
from service.stream.progress import Progress
from service.stream.stage import Stage


@dataclass(slots=True)
class Health:
    """Alive is who gets on: a process that is merely there may have stalled. Each answer lists what is wrong."""

    stages: tuple[Stage, ...]
    pool: CoderPool
    membership: Membership
    progress: Progress
    liveness_seconds: float
    generation: int | None = None
    """Of the last assignment that the stages know; None before the first."""

    def not_alive(self) -> list[str]:
        wrong = [
            f"{source} did not get on for {self.liveness_seconds:g} s, though there are records"
            for source in self.progress.stalled(self.liveness_seconds)
        ]
        return wrong if self.pool.alive else [*wrong, "the coder processes are not running"]

    def not_ready(self) -> list[str]:
        if not self.pool.alive:
            return ["the network is not loaded"]
        if self.generation is None or self.generation != self.membership.generation:
            return ["waiting for the group's assignment"]
        return [f"{stage.topic}: not yet taken over" for stage in self.stages if not stage.opened(self.generation)]
