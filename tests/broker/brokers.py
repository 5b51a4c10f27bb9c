"""A real Kafka broker on free loopback ports, which ends with the process that started it."""

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from kafka import KafkaProducer
from kafka.admin import KafkaAdminClient
from kafka.errors import KafkaError

from tests.processes import CHECKOUT, free_ports, spawn

POM = CHECKOUT / "deploy" / "kafka" / "pom.xml"
PROPERTIES = CHECKOUT / "deploy" / "kafka" / "server.properties"
CACHE = CHECKOUT / ".cache" / "kafka"
CLUSTER_ID = "ZXZlbnR3aXJlLWJyb2tlcg"  # 16 bytes in base64, as StorageTool wants it
START_SECONDS = 90.0
STOP_SECONDS = 20.0


class BrokerError(Exception):
    """The broker can't be had here; the message says what is missing."""


def sasl_plain(**passwords: str) -> dict[str, str]:
    """Properties for ``start_broker`` that make the client listener ask for one of these user names and passwords."""
    users = " ".join(f'user_{name}="{password}"' for name, password in passwords.items())
    return {
        "listener.security.protocol.map": "CLIENT:SASL_PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "listener.name.client.sasl.enabled.mechanisms": "PLAIN",
        "listener.name.client.plain.sasl.jaas.config": (
            f"org.apache.kafka.common.security.plain.PlainLoginModule required {users};"
        ),
    }


def fetch_jars() -> Path:
    """The folder of Kafka's jars, fetched with Maven once for each version of the POM.

    Raises:
        BrokerError: Java or Maven is missing, or Maven could not fetch.
    """
    for command, package in (("java", "default-jre-headless"), ("mvn", "maven")):
        if shutil.which(command) is None:
            raise BrokerError(
                f"{command} is not on the PATH: the broker tests need it (Debian: apt-get install {package})"
            )
    libs = CACHE / f"libs-{hashlib.sha256(POM.read_bytes()).hexdigest()[:12]}"
    if not libs.exists():
        fresh = libs.with_name(f"{libs.name}.{os.getpid()}")
        copy = ["mvn", "-q", "-B", "-f", str(POM), "dependency:copy-dependencies", f"-DoutputDirectory={fresh}"]
        done = subprocess.run(copy, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise BrokerError(f"Maven could not fetch Kafka's jars:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        try:
            fresh.rename(libs)
        except OSError:  # another test process was quicker
            shutil.rmtree(fresh)
    return libs


class Broker:
    """One broker with its folder. ``kill`` and ``stop`` leave its data and ports for the next ``start``."""

    def __init__(self, folder: Path, extra_properties: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        client, internal, controller = free_ports(3)
        self.bootstrap = f"127.0.0.1:{client}"
        """The listener under test: plaintext unless extra properties say otherwise."""
        self.internal = f"127.0.0.1:{internal}"
        """A listener that is always plaintext, for administration by tests."""
        self._libs = fetch_jars()
        self._process: subprocess.Popen[bytes] | None = None
        clients = f"CLIENT://{self.bootstrap},INTERNAL://{self.internal}"
        properties = {
            "listeners": f"{clients},CONTROLLER://127.0.0.1:{controller}",
            "advertised.listeners": clients,
            "listener.security.protocol.map": "CLIENT:PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "inter.broker.listener.name": "INTERNAL",
            "controller.quorum.voters": f"1@127.0.0.1:{controller}",
            "log.dirs": str(folder / "data"),
            **(extra_properties or {}),
        }
        lines = (f"{name}={value}\n" for name, value in properties.items())  # of two lines for one name the last counts
        folder.mkdir(parents=True, exist_ok=True)
        self._properties = folder / "server.properties"
        self._properties.write_text(PROPERTIES.read_text() + "\n" + "".join(lines))
        self._format()

    @property
    def log(self) -> str:
        """What the broker has printed so far."""
        path = self.folder / "broker.log"
        return path.read_text(errors="replace") if path.exists() else ""

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start and wait until it serves groups and transactions.

        Raises:
            BrokerError: it ended, or did not answer in time; with the end of its log.
        """
        if self._process is not None:
            raise BrokerError("the broker runs already")
        java = ["java", "-Xmx256m", "-XX:+UseSerialGC", "-Dlog4j2.level=WARN", "-cp", f"{self._libs}/*", "kafka.Kafka"]
        self._process = spawn([*java, self._properties], self.folder / "broker.log")
        try:
            self._wait(self._process)
        except BaseException:
            self.kill()
            raise

    def stop(self) -> None:
        """End it in good order (SIGTERM); kill it if it takes too long."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once (SIGKILL), as a crash would."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(how)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _format(self) -> None:
        tool = ["java", "-Xmx128m", "-XX:TieredStopAtLevel=1", "-cp", f"{self._libs}/*", "kafka.tools.StorageTool"]
        command = [*tool, "format", "-t", CLUSTER_ID, "-c", str(self._properties)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise BrokerError(f"the broker's storage could not be formatted:\n{done.stdout}{done.stderr}")

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        end = time.monotonic() + START_SECONDS
        while not self._answers():
            if process.poll() is not None:
                raise BrokerError(f"the broker ended with {process.returncode}:\n{self.log[-4000:]}")
            if time.monotonic() > end:
                raise BrokerError(f"the broker did not answer within {START_SECONDS:.0f} s:\n{self.log[-4000:]}")
            time.sleep(0.2)

    def _answers(self) -> bool:
        """Whether it coordinates groups and transactions; the first questions make their internal topics."""
        host, port = self.internal.split(":")
        try:
            socket.create_connection((host, int(port)), 0.5).close()
            admin = KafkaAdminClient(bootstrap_servers=self.internal, bootstrap_timeout_ms=2000)
            try:
                admin.describe_groups(["warm-up"])
            finally:
                admin.close()
            producer = KafkaProducer(
                bootstrap_servers=self.internal,
                bootstrap_timeout_ms=2000,
                transactional_id="warm-up",
                max_block_ms=5000,
            )
            try:
                producer.init_transactions()
            finally:
                producer.close(timeout=1)
        except (OSError, KafkaError):
            return False
        return True


if __name__ == "__main__":
    try:
        sys.stdout.write(f"{fetch_jars()}\n")
    except BrokerError as error:
        sys.exit(str(error))
