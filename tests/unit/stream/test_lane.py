"""A lane against a group and a delivery that do what no real ones would do on demand."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import cast

import pytest
from aiokafka.errors import KafkaError

from service.stream.lane import Lane, Shared
from service.stream.membership import Membership
from service.stream.window import Limits
from tests.unit.stream.stream_fakes import SOURCE, FakeDelivery, Group, Item, NotingWork, record

PLACES = 10


class Bench:
    """A lane and all around it."""

    def __init__(self, *, at_once: bool = True, committed: int = 0) -> None:
        self.group, self.work = Group(), NotingWork(at_once)
        self.delivery = FakeDelivery(committed)
        self.places = asyncio.Semaphore(PLACES)
        self.failures: list[BaseException] = []
        shared = Shared(cast("Membership", self.group), self.places, Limits(100, 0.0), self.failures.append)
        self.lane: Lane[Item] = Lane(SOURCE, self.work, self.delivery, shared)

    async def take(self, offset: int, follows: int | None = None, generation: int = 1) -> bool:
        await self.places.acquire()
        taken = self.lane.add(record(offset, follows, generation))
        if not taken:
            self.places.release()
        return taken

    async def rest(self) -> None:
        """Until nothing more happens by itself."""
        for _ in range(30):
            await asyncio.sleep(0)

    @property
    def free(self) -> int:
        return self.places._value  # noqa: SLF001


def on_a_loop(test: Callable[[], Awaitable[None]]) -> Callable[[], None]:
    def run() -> None:
        asyncio.run(asyncio.wait_for(test(), 5))

    run.__name__ = test.__name__
    return run


@on_a_loop
async def test_only_the_finished_head_is_delivered_and_in_order() -> None:
    bench = Bench(at_once=False)
    bench.lane.begin(1)
    for offset in range(3):
        await bench.take(offset)
    await bench.rest()
    bench.work.finish(1)
    await bench.rest()
    assert bench.delivery.delivered == []
    bench.work.finish(0)
    await bench.rest()
    assert bench.delivery.delivered == [0, 1]
    assert (bench.lane.position, bench.lane.waiting, bench.free) == (2, 1, PLACES - 1)


@on_a_loop
async def test_what_was_committed_before_is_not_done_again() -> None:
    bench = Bench(committed=2)
    bench.lane.begin(1)
    for offset in range(4):
        await bench.take(offset)
    await bench.rest()
    assert bench.work.calls[0] == "open 2"
    assert bench.delivery.delivered == [2, 3]
    assert bench.free == PLACES


@on_a_loop
async def test_a_record_of_another_generation_or_one_taken_before_is_dropped() -> None:
    bench = Bench()
    bench.lane.begin(1)
    await bench.rest()
    assert await bench.take(0)
    assert not await bench.take(0)
    assert not await bench.take(1, generation=2)
    await bench.rest()
    assert bench.delivery.delivered == [0]
    assert bench.free == PLACES


@on_a_loop
async def test_a_mark_of_a_transaction_is_no_gap() -> None:
    bench = Bench()
    bench.lane.begin(1)
    await bench.rest()
    assert await bench.take(0)
    assert await bench.take(3, follows=1)
    await bench.rest()
    assert bench.delivery.delivered == [0, 3]
    assert bench.group.sought == []


@on_a_loop
async def test_a_missing_record_is_read_again_and_nothing_overtakes_it() -> None:
    bench = Bench(committed=5)
    bench.lane.begin(1)
    assert await bench.take(8)  # before it is known where to start: Faust threw 5 to 7 away
    await bench.rest()
    assert not await bench.take(9)
    await bench.rest()
    assert bench.group.sought == [5]
    for offset in range(5, 10):
        assert await bench.take(offset)
    await bench.rest()
    assert bench.delivery.delivered == [5, 6, 7, 8, 9]
    assert bench.free == PLACES


@on_a_loop
async def test_what_the_broker_has_deleted_is_not_waited_for() -> None:
    bench = Bench(committed=5)
    bench.group.beginning_at = 20
    bench.lane.begin(1)
    await bench.rest()
    assert not await bench.take(20)
    await bench.rest()
    assert bench.group.sought == [20]
    assert await bench.take(20)


@on_a_loop
async def test_a_new_generation_fences_again_and_keeps_no_place() -> None:
    bench = Bench(at_once=False)
    bench.lane.begin(1)
    for offset in range(3):
        await bench.take(offset)
    await bench.rest()
    bench.group.generation = 2
    bench.lane.begin(2)
    await bench.rest()
    assert bench.delivery.opened == 2
    assert all(item.given_up for item in bench.work.items)
    assert bench.free == PLACES
    assert await bench.take(0, generation=2)


@on_a_loop
async def test_a_delivery_that_has_begun_when_the_generation_changes_counts_for_nothing() -> None:
    bench = Bench()
    bench.delivery.hold = asyncio.Event()
    bench.lane.begin(1)
    await bench.take(0)
    await bench.rest()
    bench.group.generation = 2
    bench.lane.begin(2)
    bench.delivery.hold.set()
    await bench.rest()
    assert bench.failures == []
    assert bench.delivery.delivered == []
    assert bench.work.calls == ["open 0", "forget", "open 0"]
    assert bench.free == PLACES


@pytest.mark.parametrize("generation", [1, 2])
def test_an_error_of_the_broker_ends_the_worker_unless_the_partition_is_lost(generation: int) -> None:
    async def run() -> None:
        bench = Bench()
        bench.delivery.hold = asyncio.Event()
        bench.delivery.error = KafkaError()
        bench.lane.begin(1)
        await bench.take(0)
        await bench.rest()
        bench.group.generation = generation
        bench.delivery.hold.set()
        await bench.rest()
        assert bench.failures == ([bench.delivery.error] if generation == 1 else [])
        assert "forget" in bench.work.calls
        assert bench.free == PLACES

    asyncio.run(run())


@on_a_loop
async def test_a_fault_of_ours_ends_the_worker_whoever_has_the_partition() -> None:
    bench = Bench()
    bench.delivery.error = ValueError("a fault")
    bench.lane.begin(1)
    await bench.take(0)
    await bench.rest()
    assert bench.failures == [bench.delivery.error]


@on_a_loop
async def test_draining_delivers_what_is_in_hand_and_closes() -> None:
    bench = Bench(at_once=False)
    bench.lane.begin(1)
    await bench.take(0)
    await bench.rest()
    draining = asyncio.create_task(bench.lane.drain(5))
    await bench.rest()
    bench.work.finish(0)
    await draining
    assert bench.delivery.delivered == [0]
    assert (bench.delivery.closed, bench.free) == (1, PLACES)


@on_a_loop
async def test_draining_gives_up_after_its_time() -> None:
    bench = Bench(at_once=False)
    bench.lane.begin(1)
    await bench.take(0)
    await bench.rest()
    await bench.lane.drain(0.01)
    assert bench.delivery.delivered == []
    assert (bench.delivery.closed, bench.free) == (1, PLACES)
