"""How long the event loop keeps others waiting."""

import asyncio
import time
from collections.abc import Callable

STEP_SECONDS = 0.01
TELL_SECONDS = 1.0


async def watch(tell: Callable[[float], None]) -> None:
    """Tells, once a second, the longest pause of that second, in seconds. Runs until it is cancelled."""
    longest = 0.0
    told = time.perf_counter()
    while True:
        before = time.perf_counter()
        await asyncio.sleep(STEP_SECONDS)
        now = time.perf_counter()
        longest = max(longest, now - before - STEP_SECONDS)
        if now - told >= TELL_SECONDS:
            tell(longest)
            longest, told = 0.0, now
