"""The tables are loaded once for all tests of commands; each command would load them again."""

from functools import cache
from pathlib import Path

import pytest

from service.knowledge import Knowledge
from tests import loaded

_load = cache(Knowledge.load)


@pytest.fixture(autouse=True)
def _tables_are_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(folder: Path | None = None) -> Knowledge:
        return _load(folder) if folder else loaded.knowledge()

    monkeypatch.setattr(Knowledge, "load", load)
