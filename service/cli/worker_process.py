"""A worker as a process of its own, for the demo and the bench: started, asked, and ended whatever happens."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

import service
from service.cli.scrape import Totals, read_metrics
from service.config import Settings

POLL_SECONDS = 0.2
END_SECONDS = 15
"""For a worker that was asked to stop; then it is killed."""
LOG_LINES = 15


class WorkerError(Exception):
    """The worker ended, or was not ready in time. Its last log lines stand in the message."""


@dataclass(frozen=True, slots=True)
class WorkerProcess:
    """A worker that runs. Raises WorkerError where it does not any more."""

    process: subprocess.Popen[bytes]
    web: str
    log: Path

    def wait_until_ready(self, seconds: float) -> None:
        """Until it has its partitions, its state and its network."""
        deadline = time.monotonic() + seconds
        while not self._is_ready():
            self.check()
            if time.monotonic() > deadline:
                raise WorkerError(f"the worker was not ready after {seconds:.0f} s\n{self.last_lines()}")
            time.sleep(POLL_SECONDS)

    def check(self) -> None:
        """That it still runs."""
        code = self.process.poll()
        if code is not None:
            raise WorkerError(f"the worker ended with {code}\n{self.last_lines()}")

    def metrics(self) -> dict[str, float]:
        """Its metrics as they are now."""
        try:
            return read_metrics(f"{self.web}/metrics")
        except OSError as error:
            self.check()
            raise WorkerError(f"{self.web}/metrics: {error}\n{self.last_lines()}") from error

    def totals(self) -> Totals:
        return Totals.of(self.metrics())

    def last_lines(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(lines[-LOG_LINES:])

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.web}/health/ready", timeout=1):  # noqa: S310 - our own worker
                return True
        except (urllib.error.URLError, OSError):
            return False


@contextmanager
def worker_process(folder: Path, settings: Settings) -> Iterator[WorkerProcess]:
    """Runs ``eventwire worker`` with these settings, but a web port of its own, and data and log in ``folder``."""
    port = _free_port()
    own = settings.model_copy(update={"web_host": "127.0.0.1", "web_port": port, "data_dir": folder / "data"})
    # The same code as this process runs, be it installed or a checkout.
    root = str(Path(service.__file__).parents[1])
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    environment = os.environ | as_environment(own) | {"PYTHONPATH": path}
    log = folder / "worker.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "service", "worker"],
            cwd=folder,  # where no .env says otherwise
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is ours; we stop the worker in good order
        )
    try:
        yield WorkerProcess(process, f"http://127.0.0.1:{port}", log)
    finally:
        _end(process)


def as_environment(settings: Settings) -> dict[str, str]:
    """The settings as the environment of another process says them, wherever that runs."""
    return {
        f"EVENTWIRE_{name.upper()}": _said(getattr(settings, name))
        for name in Settings.model_fields
        if getattr(settings, name) is not None
    }


def _said(value: object) -> str:
    match value:
        case tuple():
            return ",".join(value)
        case Path():
            return str(value.resolve())
        case SecretStr():
            return value.get_secret_value()
        case _:
            return str(value)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Asks it to stop, and makes sure."""
    process.terminate()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
