"""What may be told of a run. An observer keeps nothing for each message and can't break the flow."""

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Literal, Protocol, cast

from service.model import CoderInfo
from service.pipeline.processing import Tally

log = logging.getLogger(__name__)

TransactionOutcome = Literal["committed", "aborted", "fenced"]


class Observer(Protocol):
    """Told by the worker. Counts come after the commit only; durations are in seconds."""

    def articles_received(self, count: int) -> None: ...
    def articles_committed(self, tally: Tally) -> None: ...
    def events_committed(
        self, published: Mapping[str, int], duplicate: Mapping[str, int], delays: Sequence[float]
    ) -> None:
        """Stage B: counts by event type; delays from an article's record timestamp to its committed event."""
        ...

    def transaction(self, outcome: TransactionOutcome) -> None: ...
    def progress(self, topic: str, partition: int, position: int, end: int, oldest_seconds: float) -> None:
        """Next offset to read, end of the partition, age of the oldest record not yet done (0 without lag)."""
        ...

    def partition_lost(self, topic: str, partition: int) -> None: ...
    def coder_loaded(self, coder: CoderInfo) -> None: ...
    def coder_queue(self, depth: int) -> None: ...
    def coder_restarted(self) -> None: ...
    def state(self, entries: int, expired: int) -> None:
        """Entries held now, and how many expired since the last call."""
        ...

    def state_recovered(self, seconds: float) -> None: ...
    def event_loop_lag(self, seconds: float) -> None: ...
    def data_dir_free(self, size: int) -> None:
        """Free bytes on the data folder's disk."""
        ...


def guarded(observer: Observer) -> Observer:
    """The same observer, unable to break the flow: what it raises is logged, once for each method, and dropped."""
    return cast("Observer", _Guard(observer))


class _Guard:
    def __init__(self, observer: Observer) -> None:
        self._observer = observer
        self._failed: set[str] = set()

    def __getattr__(self, name: str) -> Callable[..., None]:
        tell = getattr(self._observer, name)

        @wraps(tell)
        def told(*args: object, **kwargs: object) -> None:
            try:
                tell(*args, **kwargs)
            except Exception:  # whatever it is, the articles matter more
                if name not in self._failed:
                    log.exception("Observer failed at %s; later failures of it are not logged", name)
                self._failed.add(name)

        return told
