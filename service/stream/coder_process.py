"""A process that codes articles for the worker: ``python -m service.stream.coder_process SOCKET PARENT``.

It imports no Faust and no Kafka client. What it gives back are finished records and counts, so that the worker's event
loop has nothing to parse. Frames both ways: four bytes of length, then a pickle.
"""

import ctypes
import os
import pickle
import signal
import socket
import struct
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from service.model import CoderInfo, Rejected
from service.pipeline.processing import Coder, CoderOptions, Tally, process
from service.pipeline.publish import Headers, Record, coded_record

LENGTH = struct.Struct(">I")
PR_SET_PDEATHSIG = 1
NICENESS = 19
"""Coding gives way to the event loop, which must answer the broker in time; at 5 its pauses were twice as long."""

LoadCoder = Callable[[CoderOptions], Coder]
"""Must be found by its name in its module, and the module must be importable by a fresh process."""


@dataclass(frozen=True, slots=True)
class Job:
    """An article's bytes as they came, and the headers that go with its events."""

    raw: bytes | None
    carried: Headers = ()


@dataclass(frozen=True, slots=True)
class CodedArticle:
    """What goes to the coded topic for one good article, and what there is to count."""

    records: tuple[Record, ...]
    tally: Tally


@dataclass(frozen=True, slots=True)
class LoadFailed:
    """The coder can't be loaded; the message says why."""

    message: str


Loaded = CoderInfo | LoadFailed
Coding = CodedArticle | Rejected


def code(job: Job, coder: Coder) -> Coding:
    """What becomes of one article. What coding raises is a fault of ours, and the article is kept for it."""
    try:
        outcome = process(job.raw, coder, clock=time.perf_counter)
        if isinstance(outcome, Rejected):
            return outcome
        return CodedArticle(tuple(coded_record(event, job.carried) for event in outcome.events), Tally.of([outcome]))
    except Exception as error:  # noqa: BLE001 - whatever it is: one article must not stop the stream
        return Rejected(reason="internal", detail=f"coding raised {type(error).__name__}: {error}")


def main(descriptor: int, parent: int) -> None:
    """Serves until the worker closes its end of the socket, or dies."""
    _die_with(parent)
    for stop in (signal.SIGINT, signal.SIGTERM):  # sent to the whole group; the worker decides when we end
        signal.signal(stop, signal.SIG_IGN)
    os.nice(NICENESS)
    with socket.socket(fileno=descriptor) as end, end.makefile("rwb") as stream:

        def receive() -> bytes | None:
            head = stream.read(LENGTH.size)
            return stream.read(LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else None

        def send(answer: Loaded | Coding) -> None:
            frame = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
            stream.write(LENGTH.pack(len(frame)) + frame)
            stream.flush()

        with suppress(ConnectionError):  # the worker was killed
            _serve(receive, send)


def _serve(receive: Callable[[], bytes | None], send: Callable[[Loaded | Coding], None]) -> None:
    first = receive()
    if first is None:
        return
    load, options = pickle.loads(first)  # noqa: S301 - from the process that started this one
    try:
        coder = load(options)
        send(coder.info)
    except Exception as error:  # noqa: BLE001 - the worker says it, and ends
        send(LoadFailed(f"{type(error).__name__}: {error}"))
        return
    while (job := receive()) is not None:
        send(code(pickle.loads(job), coder))  # noqa: S301 - as above


def _die_with(parent: int) -> None:
    """The kernel kills this process when its parent dies, however it dies."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before that
        sys.exit(1)


if __name__ == "__main__":
    # Under its own name, not as __main__, so that what is pickled is found at the other end.
    from service.stream.coder_process import main as serve

    serve(int(sys.argv[1]), int(sys.argv[2]))
