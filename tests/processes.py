"""Processes and ports for tests: what is started here ends with the tests, however they end."""

import random
import socket
import subprocess
import threading
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
PORTS = range(20_000, 32_000)
"""Below the kernel's ephemeral ports: while a server is down no client's own socket can take its port."""


def free_ports(count: int) -> list[int]:
    """Different TCP ports on which nobody listens on loopback now."""
    with ExitStack() as stack:
        ports: list[int] = []
        while len(ports) < count:
            port = random.choice(PORTS)
            probe = stack.enter_context(socket.socket())
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            ports.append(port)
        return ports


def spawn(command: Sequence[str | Path], log: Path, env: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Start a process that the kernel ends when this one dies; both its outputs are appended to ``log``.

    Raises:
        RuntimeError: not called from the main thread; the process would end with the thread that started it.
    """
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("start processes from the main thread: they end with the thread that started them")
    with log.open("ab") as output:
        return subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", *map(str, command)],
            stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True, env=env, cwd=CHECKOUT,
        )  # fmt: skip
