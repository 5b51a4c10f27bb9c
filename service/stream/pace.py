"""Keeps the event loop free: long work goes in slices, and one piece of it at a time."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

SLICE_SECONDS = 0.005


class Pace:
    """Lends the event loop out in slices. One for each worker, so that not every partition takes its slice at once."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._due = 0.0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Around work that calls ``breathe`` every millisecond or so."""
        async with self._turn:
            self._due = time.perf_counter() + SLICE_SECONDS
            yield

    async def breathe(self) -> None:
        """Lets the rest of the worker go on when the slice is over."""
        if time.perf_counter() >= self._due:
            await asyncio.sleep(0)
            self._due = time.perf_counter() + SLICE_SECONDS
