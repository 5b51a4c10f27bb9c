"""When so many articles are rejected that it is no longer the articles.

A misconfigured producer must not drain its topic into the dead letters. The worker stops before it delivers the batch
that goes too far; nothing is lost.
"""

from collections import Counter, deque
from collections.abc import Iterable

from service.model import Rejected
from service.stream.records import Source

WINDOW = 1_000
MINIMUM = 200
"""Articles seen, before their share of rejects means anything."""


class TooManyRejectsError(Exception):
    """The message says what was seen, and what to do."""


class RejectLimits:
    """Watches what comes of articles, in the order of their delivery. One for each worker."""

    def __init__(self, max_share: float, max_consecutive: int) -> None:
        self._max_share = max_share
        self._max_consecutive = max_consecutive
        self._recent: deque[bool] = deque(maxlen=WINDOW)
        self._runs: Counter[Source] = Counter()

    def check(self, source: Source, outcomes: Iterable[Rejected | None]) -> None:
        """Outcomes about to be delivered; None for a good article.

        Raises:
            TooManyRejectsError: a limit is reached.
        """
        run = self._runs[source]
        recent = deque(self._recent, WINDOW)
        for rejected in outcomes:
            run = run + 1 if rejected else 0
            recent.append(rejected is not None)
            if rejected and run >= self._max_consecutive:
                raise TooManyRejectsError(
                    f"{run} articles in a row on {source} were rejected, the last as {rejected.reason}:"
                    f" {rejected.detail}. {_ADVICE} EVENTWIRE_DLQ_MAX_CONSECUTIVE"
                )
            if rejected and len(recent) >= MINIMUM and sum(recent) > self._max_share * len(recent):
                raise TooManyRejectsError(
                    f"{sum(recent)} of the last {len(recent)} articles were rejected, the last as {rejected.reason}:"
                    f" {rejected.detail}. {_ADVICE} EVENTWIRE_DLQ_MAX_SHARE"
                )

    def count(self, source: Source, outcomes: Iterable[Rejected | None]) -> None:
        """They are delivered."""
        for rejected in outcomes:
            self._runs[source] = self._runs[source] + 1 if rejected else 0
            self._recent.append(rejected is not None)


_ADVICE = "See what is sent with: eventwire dlq list. To let it through, raise"
