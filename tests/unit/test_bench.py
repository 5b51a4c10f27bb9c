"""The benches, which nothing else runs: that what they measure is still there."""

import importlib
from pathlib import Path

import pytest

BENCHES = sorted(path.stem for path in (Path(__file__).parents[1] / "bench").glob("*.py"))


@pytest.mark.parametrize("name", BENCHES)
def test_a_bench_can_be_started(name: str) -> None:
    bench = importlib.import_module(f"tests.bench.{name}")
    for owner, called, _ in getattr(bench, "RESOLVED", ()):
        assert callable(getattr(owner, called))
