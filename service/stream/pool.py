"""The processes that code. An article that hangs or kills its process harms no other, and gets a second try.

Each process has one article at a time, and each article that fails its process is tried once more, first thing in a
fresh one. So the pool never has to guess which article was to blame.
"""

import asyncio
import logging
import os
import pickle
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self

from service.model import CoderInfo, Rejected
from service.observer import Observer
from service.pipeline.processing import CoderOptions
from service.stream.coder_process import LENGTH, Coding, Job, LoadCoder, Loaded, LoadFailed

log = logging.getLogger(__name__)

LOAD_SECONDS = 120.0
TRIES = 2


class CoderUnusableError(Exception):
    """The coder can't be loaded: no article can be coded."""


class CoderFailedError(Exception):
    """A process ended, or had to be ended, while it coded an article."""


@dataclass(slots=True, eq=False)
class CoderProcess:
    """One process and the way to it."""

    process: asyncio.subprocess.Process
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @classmethod
    async def start(cls, load: LoadCoder, options: CoderOptions) -> tuple[Self, CoderInfo]:
        """A process with its coder loaded.

        Raises:
            CoderUnusableError: it could not be loaded.
        """
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-m", "service.stream.coder_process", str(theirs.fileno()), str(os.getpid())]
        with theirs:
            process = await asyncio.create_subprocess_exec(
                *command,
                pass_fds=[theirs.fileno()],
                stdin=asyncio.subprocess.DEVNULL,
                stdout=sys.stderr,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        coder = cls(process, *await asyncio.open_connection(sock=ours))
        try:
            loaded: Loaded = await coder._ask((load, options), LOAD_SECONDS)
        except CoderFailedError as error:
            raise CoderUnusableError(f"while the coder was loaded: {error}") from error
        except BaseException:
            await coder.end()
            raise
        if isinstance(loaded, LoadFailed):
            await coder.end()
            raise CoderUnusableError(loaded.message)
        return coder, loaded

    async def code(self, job: Job, seconds: float) -> Coding:
        """Raises CoderFailedError; the process is at its end then."""
        answer: Coding = await self._ask(job, seconds)
        return answer

    async def _ask(self, question: object, seconds: float) -> Any:  # noqa: ANN401 - each question has its answer
        frame = pickle.dumps(question, pickle.HIGHEST_PROTOCOL)
        try:
            async with asyncio.timeout(seconds):
                self.writer.write(LENGTH.pack(len(frame)) + frame)
                await self.writer.drain()
                (length,) = LENGTH.unpack(await self.reader.readexactly(LENGTH.size))
                return pickle.loads(await self.reader.readexactly(length))  # noqa: S301 - of a process that we started
        except TimeoutError:
            await self.end()
            raise CoderFailedError(f"no answer within {seconds:g} s") from None
        except (OSError, asyncio.IncompleteReadError):
            raise CoderFailedError(_how_it_ended(await self.end())) from None

    async def end(self) -> int:
        """End it, at once. Returns its exit status."""
        self.writer.close()
        with suppress(ProcessLookupError):
            self.process.kill()
        return await self.process.wait()


@dataclass(slots=True)
class Assignment:
    """An article to be coded, and who waits for it."""

    job: Job
    outcome: asyncio.Future[Coding]


class CoderPool:
    """``processes`` coder processes. ``fail`` is told when no more can be had."""

    def __init__(
        self, load: LoadCoder, options: CoderOptions, processes: int, article_timeout: float, observer: Observer
    ) -> None:
        """``article_timeout`` in seconds."""
        self.fail: Callable[[BaseException], None] = _unheard
        self._load = load
        self._options = options
        self._size = processes
        self._timeout = article_timeout
        self._observer = observer
        self._waiting: asyncio.Queue[Assignment] = asyncio.Queue()
        self._coders: set[CoderProcess] = set()
        self._tasks: list[asyncio.Task[None]] = []
        self._pending = 0

    @property
    def alive(self) -> bool:
        """Whether articles are being coded, or would be."""
        return bool(self._tasks) and not any(task.done() for task in self._tasks)

    async def start(self) -> None:
        """Start all processes and wait until each has loaded its coder.

        Raises:
            CoderUnusableError: one could not.
        """
        coders = await asyncio.gather(*(self._start_one() for _ in range(self._size)), return_exceptions=True)
        for error in coders:
            if isinstance(error, BaseException):
                await self.stop()
                raise error
        ready = [coder for coder in coders if isinstance(coder, CoderProcess)]
        self._tasks = [asyncio.create_task(self._serve(coder), name="coder") for coder in ready]

    def submit(self, job: Job) -> asyncio.Future[Coding]:
        """What becomes of an article. Cancel it when nobody wants to know any more."""
        outcome: asyncio.Future[Coding] = asyncio.get_running_loop().create_future()
        outcome.add_done_callback(self._finished)
        self._pending += 1
        self._observer.coder_queue(self._pending)
        self._waiting.put_nowait(Assignment(job, outcome))
        return outcome

    async def stop(self) -> None:
        """End all processes. Whoever still waits for an article waits in vain."""
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*(coder.end() for coder in self._coders))
        self._coders.clear()

    async def _start_one(self) -> CoderProcess:
        coder, info = await CoderProcess.start(self._load, self._options)
        self._coders.add(coder)
        self._observer.coder_loaded(info)
        return coder

    async def _serve(self, coder: CoderProcess) -> None:
        """One process after the other, one article after the other."""
        try:
            while True:
                assignment = await self._waiting.get()
                if not assignment.outcome.done():
                    coder = await self._code(assignment, coder)
        except Exception as error:  # noqa: BLE001 - without this process the pool is not what was asked for
            self.fail(error)

    async def _code(self, assignment: Assignment, coder: CoderProcess) -> CoderProcess:
        """Codes one article, if need be with a second try. Returns the process to go on with."""
        failures: list[str] = []
        while len(failures) < TRIES:
            try:
                outcome = await coder.code(assignment.job, self._timeout)
            except CoderFailedError as error:
                log.warning("coding an article failed: %s; a new process is started", error)
                failures.append(str(error))
                coder = await self._replaced(coder)
            else:
                _tell(assignment.outcome, outcome)
                return coder
        _tell(assignment.outcome, Rejected(reason="internal", detail=f"coding failed twice: {'; '.join(failures)}"))
        return coder

    async def _replaced(self, coder: CoderProcess) -> CoderProcess:
        self._coders.discard(coder)
        self._observer.coder_restarted()
        return await self._start_one()

    def _finished(self, _: asyncio.Future[Coding]) -> None:
        self._pending -= 1
        self._observer.coder_queue(self._pending)


def _tell(outcome: asyncio.Future[Coding], value: Coding) -> None:
    if not outcome.done():  # the partition may have been lost meanwhile
        outcome.set_result(value)


def _unheard(error: BaseException) -> None:
    log.error("the coder pool failed: %r", error)


def _how_it_ended(status: int) -> str:
    if status >= 0:
        return f"the process ended with status {status}"
    return f"the process was killed by {signal.Signals(-status).name}"
