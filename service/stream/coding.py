"""Stage A on one partition: articles come in; coded events go out, and rejects with their cause."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from service.model import Rejected
from service.observer import Observer
from service.pipeline.processing import Tally
from service.pipeline.publish import carried_headers
from service.stream.coder_process import CodedArticle, Coding, Job
from service.stream.limits import RejectLimits
from service.stream.pool import CoderPool
from service.stream.records import Batch, Outgoing, Source, SourceRecord
from service.stream.rejects import TIMESTAMP, Cause, rejected_record


@dataclass(frozen=True, slots=True)
class CodingTerms:
    """What stage A is to do, the same for all partitions."""

    coded_topic: str
    rejected_topic: str
    version: str
    """Of the service, for the causes of rejects."""


@dataclass(frozen=True, slots=True)
class ArticleInHand:
    """An article that is being coded."""

    record: SourceRecord
    outcome: asyncio.Future[Coding]

    @property
    def done(self) -> bool:
        return self.outcome.done()

    def give_up(self) -> None:
        self.outcome.cancel()


class CodingWork:
    """Stage A on one partition. It keeps nothing but the counts of a batch until that is delivered."""

    def __init__(
        self, source: Source, terms: CodingTerms, pool: CoderPool, limits: RejectLimits, observer: Observer
    ) -> None:
        self._source = source
        self._terms = terms
        self._pool = pool
        self._limits = limits
        self._observer = observer

    def start(self, record: SourceRecord, wake: Callable[[], None]) -> ArticleInHand:
        outcome = self._pool.submit(Job(record.value, carried_headers(record.headers)))
        outcome.add_done_callback(lambda _: wake())
        return ArticleInHand(record, outcome)

    async def open(self, position: int) -> None:
        """Nothing is kept from article to article."""

    async def conclude(self, items: Sequence[ArticleInHand]) -> Batch:
        self._limits.check(self._source, map(_rejected, items))
        outputs = [record for item in items for record in self._records(item.record, item.outcome.result())]
        return Batch(items[-1].record.offset + 1, outputs)

    def delivered(self, items: Sequence[ArticleInHand]) -> None:
        self._limits.count(self._source, map(_rejected, items))
        tally = Tally()
        for item in items:
            match item.outcome.result():
                case Rejected(reason=reason):
                    tally.rejected[reason] += 1
                case CodedArticle(tally=counted):
                    _add(tally, counted)
        self._observer.articles_received(len(items))
        self._observer.articles_committed(tally)

    def forget(self) -> None:
        pass

    def _records(self, record: SourceRecord, coding: Coding) -> list[Outgoing]:
        if isinstance(coding, Rejected):
            return [self._reject(record, coding)]
        # The article's timestamp goes with its events in a header. As their records' own timestamp, one of years ago,
        # it would let the broker delete them before they are read.
        seen = (TIMESTAMP, str(record.timestamp).encode())
        return [
            Outgoing(self._terms.coded_topic, coded.key, coded.value, (*coded.headers, seen))
            for coded in coding.records
        ]

    def _reject(self, record: SourceRecord, rejected: Rejected) -> Outgoing:
        cause = Cause(
            reason=rejected.reason,
            detail=rejected.detail,
            topic=record.source.topic,
            partition=record.source.partition,
            offset=record.offset,
            timestamp=record.timestamp,
            version=self._terms.version,
        )
        dead = rejected_record(cause, record.key, record.value, record.headers)
        return Outgoing(self._terms.rejected_topic, dead.key, dead.value, dead.headers)


def _rejected(item: ArticleInHand) -> Rejected | None:
    outcome = item.outcome.result()
    return outcome if isinstance(outcome, Rejected) else None


def _add(tally: Tally, other: Tally) -> None:
    tally.coded += other.coded
    tally.sentences += other.sentences
    tally.coding_seconds += other.coding_seconds
    for name in ("rejected", "extracted", "held", "events", "unresolved"):
        getattr(tally, name).update(getattr(other, name))
