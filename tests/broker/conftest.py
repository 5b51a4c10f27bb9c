"""A flow of its own for each test."""

import re
import secrets
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.broker.brokers import Broker
from tests.broker.flow import Flow, make_flow


@pytest.fixture
def flow(broker: Broker, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Flow]:
    """Topics, group and transactional ids named after the test; its workers end with it."""
    with ExitStack() as ends:
        name = f"{re.sub(r'[^a-z]+', '-', request.node.name)[:50]}-{secrets.token_hex(4)}"
        yield make_flow(name, broker.bootstrap, tmp_path, ends)
