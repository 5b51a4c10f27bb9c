import pytest

from service.knowledge import Knowledge
from tests import loaded


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return loaded.knowledge()
