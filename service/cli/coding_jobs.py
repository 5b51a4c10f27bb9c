"""Coding many articles in one or several processes; outcomes come in the order of the input."""

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor

from service.cli.inputs import RawInput
from service.model import Rejected
from service.pipeline.processing import Coded, Coder, CoderOptions, process

WINDOW = 8
"""Articles for each process that are read ahead: enough to keep all busy behind a slow one."""

_coder: Coder


def outcomes(
    inputs: Iterable[RawInput], options: CoderOptions, jobs: int
) -> Iterator[tuple[RawInput, Coded | Rejected]]:
    """What became of each input, in the order of the inputs, which are read only a window ahead."""
    if jobs > 1:
        yield from _in_processes(inputs, options, jobs)
        return
    coder = Coder.load(options)
    for raw in inputs:
        yield raw, _outcome(raw.value, coder)


def _in_processes(
    inputs: Iterable[RawInput], options: CoderOptions, jobs: int
) -> Iterator[tuple[RawInput, Coded | Rejected]]:
    spawn = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=spawn, initializer=_start, initargs=(options,))
    window: deque[tuple[RawInput, Future[Coded | Rejected]]] = deque()
    try:
        for raw in inputs:
            window.append((raw, pool.submit(_process, raw.value)))
            if len(window) >= jobs * WINDOW:
                first, future = window.popleft()
                yield first, future.result()
        for first, future in window:
            yield first, future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _start(options: CoderOptions) -> None:
    """Runs once in each process. Ctrl-C is the parent's business, which then ends the pool."""
    global _coder  # noqa: PLW0603 - what a process of the pool keeps between its tasks
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _coder = Coder.load(options)


def _process(value: bytes) -> Coded | Rejected:
    return _outcome(value, _coder)


def _outcome(value: bytes, coder: Coder) -> Coded | Rejected:
    """An article at which the coder fails is rejected as ``internal``: one bug does not stop the other articles."""
    try:
        return process(value, coder)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told with the article
        return Rejected(reason="internal", detail=f"{type(error).__name__}: {error}")
