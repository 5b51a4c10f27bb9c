"""Opening a delivery while the former owner ends its transaction: a race that real brokers seldom show."""

import asyncio
from typing import cast

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.errors import InvalidProducerEpoch, KafkaError, ProducerFenced

from service.stream.delivery import FENCING_ATTEMPTS, ExactlyOnce, Link
from tests.unit.stream.stream_fakes import SOURCE

COMMITTED = 7


class RefusingLink:
    """Stands in for the broker: refuses to fence so many times."""

    group = "eventwire"

    def __init__(self, refusals: int, error: type[KafkaError]) -> None:
        self.asked, self._refusals, self._error = 0, refusals, error
        self.membership = self

    async def producer(self, _: str) -> AIOKafkaProducer:
        self.asked += 1
        if self.asked <= self._refusals:
            raise self._error
        return cast("AIOKafkaProducer", object())

    async def committed(self, _: object) -> int:
        return COMMITTED


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    async def at_once(_: float) -> None: ...

    monkeypatch.setattr(ExactlyOnce._fence.retry, "sleep", at_once)  # noqa: SLF001


@pytest.mark.parametrize("error", [InvalidProducerEpoch, ProducerFenced])
def test_fencing_is_asked_for_again_while_the_former_owner_ends(error: type[KafkaError]) -> None:
    link = RefusingLink(2, error)
    assert asyncio.run(ExactlyOnce(cast("Link", link), "articles", SOURCE).open()) == COMMITTED
    assert link.asked == 2 + 1


def test_fencing_that_is_refused_for_good_is_an_error() -> None:
    link = RefusingLink(FENCING_ATTEMPTS, InvalidProducerEpoch)
    with pytest.raises(InvalidProducerEpoch):
        asyncio.run(ExactlyOnce(cast("Link", link), "articles", SOURCE).open())


def test_another_error_is_not_asked_about_again() -> None:
    link = RefusingLink(1, KafkaError)
    with pytest.raises(KafkaError):
        asyncio.run(ExactlyOnce(cast("Link", link), "articles", SOURCE).open())
    assert link.asked == 1
