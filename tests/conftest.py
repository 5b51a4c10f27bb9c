"""What every tier may ask for: a real broker."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:  # the unit tier runs without a Kafka client
    from tests.broker.brokers import Broker


class StartBroker(Protocol):
    def __call__(self, folder: Path, extra_properties: Mapping[str, str] | None = None) -> "Broker": ...


@pytest.fixture(scope="session")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Broker"]:
    """One broker for the whole run. Tests share it, so each names its own topics and groups."""
    with ExitStack() as ends:
        yield _started(ends, tmp_path_factory.mktemp("broker"))


@pytest.fixture
def start_broker() -> Iterator[StartBroker]:
    """Start a broker of one's own, with more properties if need be; it ends with the test."""
    with ExitStack() as ends:
        yield lambda folder, extra_properties=None: _started(ends, folder, extra_properties)


def _started(ends: ExitStack, folder: Path, extra_properties: Mapping[str, str] | None = None) -> "Broker":
    from tests.broker.brokers import Broker  # noqa: PLC0415 - as above

    broker = Broker(folder, extra_properties)
    ends.callback(broker.kill)
    broker.start()
    return broker
