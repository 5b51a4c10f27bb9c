"""The worker's place in the consumer group, and what we need of Faust's consumer beyond what it offers.

Everything that touches private attributes of Faust and aiokafka stands here and in ``faust_consumer.py``.
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

import faust
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.structs import OffsetAndMetadata

from service.stream.records import Source


@dataclass(frozen=True, slots=True)
class Fetched:
    """How far a partition has been fetched, and the end of what may be read: no open transaction lies before it."""

    position: int
    end: int


class Membership:
    """This worker in the group: generation, assignment, committed offsets. One for each worker."""

    def __init__(self, app: faust.App) -> None:
        self._app = app

    @property
    def generation(self) -> int:
        """Of the group, as of the last assignment. Whatever was begun under another one is void."""
        return int(self._app.consumer_generation_id)

    def fetched(self, source: Source) -> Fetched | None:
        """None before the first answer of the broker, and for a partition that is not assigned."""
        consumer = self._faust_consumer._thread._consumer  # noqa: SLF001
        subscription = consumer and consumer._subscription.subscription  # noqa: SLF001
        assignment = subscription and subscription.assignment
        partition = TopicPartition(*source)
        if not assignment or partition not in assignment.tps:
            return None
        state = assignment.state_value(partition)
        if not state.has_valid_position or state.lso is None:
            return None
        return Fetched(state.position, state.lso)

    def last_fetched(self, source: Source) -> int:
        """Offset of the last record that is on its way to an agent, or was; -1 if none."""
        return int(self._faust_consumer._thread.last_fetched.get(TopicPartition(*source), -1))  # noqa: SLF001

    async def beginning(self, source: Source) -> int:
        """Offset of the first record that the broker still has."""
        partition = TopicPartition(*source)
        offsets = await self._on_consumer_thread(self._consumer.beginning_offsets([partition]))
        return int(offsets[partition])

    async def committed(self, source: Source) -> int:
        """The group's committed offset as the broker has it now; 0 when there is none."""
        return int(await self._on_consumer_thread(self._consumer.committed(TopicPartition(*source))) or 0)

    async def seek(self, source: Source, offset: int) -> None:
        """Read on from there. What was fetched and not yet handed out is fetched again, or not at all."""

        async def seek() -> None:
            partition = TopicPartition(*source)
            if partition in self._consumer.assignment():
                self._consumer.seek(partition, offset)

        await self._on_consumer_thread(seek())

    async def commit(self, source: Source, offset: int) -> None:
        """Commit outside of a transaction.

        Raises:
            aiokafka.errors.CommitFailedError: the group has gone on without this worker.
            aiokafka.errors.KafkaError: it may or may not have been committed.
        """
        offsets = {TopicPartition(*source): OffsetAndMetadata(offset, "")}
        await self._on_consumer_thread(self._consumer.commit(offsets))

    @property
    def _faust_consumer(self) -> Any:  # noqa: ANN401 - its type does not know what we need
        return self._app.consumer

    @property
    def _consumer(self) -> AIOKafkaConsumer:
        return self._faust_consumer._thread._ensure_consumer()  # noqa: SLF001

    async def _on_consumer_thread(self, call: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401
        # Not through Faust's queue of calls: there they wait for a fetch of up to a second.
        loop = self._faust_consumer._thread.thread_loop  # noqa: SLF001
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(call, loop))
