"""A real Prometheus, and a small server of an exposition for it to scrape."""

import json
import shutil
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import yaml

from tests.contract.deploy_files import DEPLOY
from tests.processes import free_ports, spawn

WAIT_SECONDS = 60.0


def tool(name: str) -> str:
    """The path of a program that these tests need.

    Raises:
        RuntimeError: it is not there; the message says how to get it.
    """
    found = shutil.which(name)
    if found is None:
        raise RuntimeError(f"{name} is not on the PATH: the system tests need it (Debian: see the list in tests/run)")
    return found


@contextmanager
def exposing(exposition: Callable[[], bytes]) -> Iterator[str]:
    """Serve an exposition on loopback; the value is its host and port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = exposition()
            self.send_response(200)
            self.send_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


class Prometheus:
    """A running server with our configuration, but for the addresses that it scrapes and the interval, 1 s."""

    def __init__(self, url: str) -> None:
        self._url = url

    def ask(self, path: str, **parameters: str) -> Any:
        """The data of an answer of its HTTP interface.

        Raises:
            RuntimeError: it answered with an error.
        """
        try:
            with urllib.request.urlopen(f"{self._url}/api/v1/{path}?{urllib.parse.urlencode(parameters)}") as answer:
                return json.load(answer)["data"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(error.read().decode()) from error

    def query(self, expression: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ask("query", query=expression)["result"]
        return found

    def wait_until(self, expression: str) -> None:
        """Wait until a query finds something."""
        end = time.monotonic() + WAIT_SECONDS
        while not self.query(expression):
            if time.monotonic() > end:
                raise RuntimeError(f"Prometheus still finds nothing for {expression}")
            time.sleep(0.2)


@contextmanager
def scraping(target: str, folder: Path) -> Iterator[Prometheus]:
    """Run Prometheus with the configuration and rules of deploy/ against one target; it ends with the context."""
    config = yaml.safe_load((DEPLOY / "prometheus" / "prometheus.yml").read_text())
    config["global"] = {"scrape_interval": "1s", "evaluation_interval": "1s"}
    (job,) = config["scrape_configs"]
    del job["dns_sd_configs"]
    job["static_configs"] = [{"targets": [target]}]
    shutil.copy(DEPLOY / "prometheus" / "rules.yml", folder)
    (folder / "prometheus.yml").write_text(yaml.safe_dump(config))
    address = f"127.0.0.1:{free_ports(1)[0]}"
    options = {"config.file": "prometheus.yml", "storage.tsdb.path": "data"}
    command = [f"--{name}={folder / value}" for name, value in options.items()]
    log = folder / "prometheus.log"
    process = spawn([tool("prometheus"), *command, f"--web.listen-address={address}", "--log.level=warn"], log)
    try:
        end = time.monotonic() + WAIT_SECONDS
        while not _ready(address):
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"Prometheus did not start:\n{log.read_text()}")
            time.sleep(0.1)
        yield Prometheus(f"http://{address}")
    finally:
        process.kill()
        process.wait()


def _ready(address: str) -> bool:
    try:
        urllib.request.urlopen(f"http://{address}/-/ready", timeout=1).close()
    except OSError:
        return False
    return True
