"""One flow on the real broker for a test: topics of its own, workers as processes, what goes in and what came out."""

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import KafkaAdminClient

from service.config import Settings
from service.pipeline.publish import parse_event
from service.stream import topics
from tests.processes import spawn

TOPICS = ("articles", "rejected", "replayed", "coded", "state", "events", "updates")
CHEAP = [sys.executable, "-m", "tests.broker.cheap_worker"]
"""The worker with a coder that costs next to nothing, for tests of what the stream does with what it codes."""
REAL = [sys.executable, "-m", "service", "worker"]
STOP_SECONDS = 25.0


@dataclass(slots=True)
class Worker:
    """A worker process, its log, and its web port."""

    process: subprocess.Popen[bytes]
    log: Path

    @property
    def text(self) -> str:
        return self.log.read_text(errors="replace")

    def web(self, path: str) -> tuple[int, str]:
        """Status and body; status 0 while nobody answers."""
        port = next(
            (line.rpartition(":")[2].split("/")[0] for line in self.text.splitlines() if "/metrics" in line), ""
        )
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=2) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except (OSError, ValueError):
            return 0, ""

    def metric(self, name: str) -> float:
        """Sum of a metric's series."""
        lines = [line for line in self.web("/metrics")[1].splitlines() if line.startswith(f"eventwire_{name}")]
        return sum(float(line.rpartition(" ")[2]) for line in lines)

    def ready(self) -> Self:
        wait_for(lambda: self.web("/health/ready")[0] == 200 or self.process.poll() is not None, 60, lambda: self.text)
        assert self.process.poll() is None, self.text
        return self

    def stop(self) -> int:
        """SIGTERM; returns the exit code."""
        self.process.terminate()
        return self.process.wait(STOP_SECONDS)

    def kill(self) -> None:
        """SIGKILL, to it alone: its coders must end by themselves."""
        self.process.kill()
        self.process.wait()


@dataclass(slots=True)
class Flow:
    """Topics named after the flow, and the workers on them."""

    name: str
    bootstrap: str
    folder: Path
    ends: ExitStack
    environment: dict[str, str] = field(default_factory=dict)
    workers: int = 0

    @property
    def settings(self) -> Settings:
        named: dict[str, Any] = {f"{topic}_topic": f"{self.name}.{topic}" for topic in TOPICS}
        return Settings(bootstrap_servers=self.bootstrap, app_id=self.name, **named)

    def start(self, command: list[str] = CHEAP, instance: str = "w1", **settings: object) -> Worker:
        """Start a worker; ``settings`` as in Settings."""
        given: dict[str, object] = {f"{topic}_topic": f"{self.name}.{topic}" for topic in TOPICS}
        given |= {"bootstrap_servers": self.bootstrap, "app_id": self.name, "instance_id": instance, "web_port": 0}
        given |= {"data_dir": self.folder / instance, "coder_processes": 1, **settings}
        environment = {name: value for name, value in os.environ.items() if not name.startswith("EVENTWIRE_")}
        environment |= {f"EVENTWIRE_{name.upper()}": str(value) for name, value in given.items()}
        self.workers += 1
        log = self.folder / f"worker-{self.workers}.log"
        log.unlink(missing_ok=True)
        process = spawn(command, log, environment | self.environment)
        self.ends.callback(_end, process)
        return Worker(process, log)

    def send(self, articles: Iterable[bytes], partition: int | None = None) -> None:
        """Each with its number as its key."""
        with contextlib.closing(self.producer()) as producer:
            for number, value in enumerate(articles):
                producer.send(f"{self.name}.articles", value, key=b"%d" % number, partition=partition)
            producer.flush()

    def partitions(self, topic: str) -> list[TopicPartition]:
        with contextlib.closing(self._consumer("read_committed")) as consumer:
            return self._partitions(consumer, topic)

    def producer(self, **config: object) -> KafkaProducer:
        return KafkaProducer(bootstrap_servers=self.bootstrap, max_request_size=4_000_000, **config)

    def read(self, topic: str, *, committed: bool = True) -> list[Any]:
        """All records of a topic as they lie there now."""
        isolation = "read_committed" if committed else "read_uncommitted"
        with contextlib.closing(self._consumer(isolation)) as consumer:
            parts = self._partitions(consumer, topic)
            consumer.assign(parts)
            consumer.seek_to_beginning()
            ends, found = consumer.end_offsets(parts), []
            deadline = time.monotonic() + 60
            while any(consumer.position(part) < ends[part] for part in parts):
                assert time.monotonic() < deadline, f"{topic} can't be read to its end"
                for records in consumer.poll(timeout_ms=200).values():
                    found += records
        assert len({(record.partition, record.offset) for record in found}) == len(found)
        return found

    def events(self, topic: str = "events") -> list[Any]:
        return [parse_event(record.value) for record in self.read(topic)]

    def done(self) -> bool:
        """Whether both stages have committed what there is to read, and no transaction is open any more."""
        with ExitStack() as ends:
            all_records, committed = (
                ends.enter_context(contextlib.closing(self._consumer(isolation)))
                for isolation in ("read_uncommitted", "read_committed")
            )
            for topic in ("articles", "rejected", "coded", "state", "events", "updates"):
                parts = self._partitions(committed, topic)
                if all_records.end_offsets(parts) != committed.end_offsets(parts):
                    return False
            return all(self._behind(committed, topic) == 0 for topic in ("articles", "coded"))

    def finish(self, seconds: float = 60, workers: Iterable[Worker] = ()) -> None:
        """Wait until all is done, twice: what stage A commits last is new to stage B."""
        texts = lambda: "\n".join(worker.text[-3000:] for worker in workers)  # noqa: E731
        wait_for(self.done, seconds, texts)
        wait_for(self.done, seconds, texts)

    def _behind(self, consumer: KafkaConsumer, topic: str) -> int:
        """Readable records that the group has not committed."""
        parts = self._partitions(consumer, topic)
        admin = KafkaAdminClient(bootstrap_servers=self.bootstrap)
        try:
            offsets = admin.list_group_offsets([self.name])[self.name]
        finally:
            admin.close()
        ends = consumer.end_offsets(parts)
        return sum(self._waits(consumer, part, offsets, ends[part]) for part in parts)

    def _waits(self, consumer: KafkaConsumer, part: TopicPartition, offsets: Any, end: int) -> bool:
        """Whether a readable record lies behind the committed offset; the marks of transactions are none."""
        consumer.assign([part])
        consumer.seek(part, max(0, getattr(offsets.get(part), "offset", 0)))
        while consumer.position(part) < end:
            if consumer.poll(timeout_ms=100, max_records=1).get(part):
                return True
        return False

    def _consumer(self, isolation: str) -> KafkaConsumer:
        return KafkaConsumer(
            bootstrap_servers=self.bootstrap, isolation_level=isolation, group_id=None, enable_auto_commit=False
        )

    def _partitions(self, consumer: KafkaConsumer, topic: str) -> list[TopicPartition]:
        return [
            TopicPartition(f"{self.name}.{topic}", p) for p in consumer.partitions_for_topic(f"{self.name}.{topic}")
        ]


def make_flow(name: str, bootstrap: str, folder: Path, ends: ExitStack, partitions: int = 4) -> Flow:
    """A flow with its topics made."""
    flow = Flow(name, bootstrap, folder, ends)
    topics.create(flow.settings.model_copy(update={"partitions": partitions}))
    return flow


def wait_for(what: Callable[[], bool], seconds: float, why: Callable[[], str] = lambda: "") -> None:
    """Poll until it is so."""
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, f"not within {seconds} s\n{why()}"
        time.sleep(0.3)


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
