"""``eventwire demo``: the whole way on an embedded broker, with a worker as it runs in earnest."""

import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.output import fail, say
from service.config import Settings
from service.shipped import folder

if TYPE_CHECKING:
    from kafka import KafkaConsumer

    from service.cli.demo_view import EventView
    from service.cli.scrape import Totals
    from service.cli.worker_process import WorkerProcess

TWICE = "aleppo-2016-12-08.json"
"""The article that is sent again, as scrapers do."""
READY_SECONDS = 40
SHOWN_SECONDS = 45
POLL_MS = 200
CODER_PROCESSES = 1
"""One keeps the other core free for broker and screen."""


def demo(
    keep: Annotated[bool, typer.Option("--keep", help="Leave it running, with /metrics open, until Ctrl-C.")] = False,
) -> None:
    """Run the whole on an embedded broker: articles in, events out, each once. Needs no other part.

    Example: eventwire demo
    """
    from service.cli.worker_process import WorkerError, worker_process
    from service.stream.broker_errors import BrokerError
    from service.stream.embedded import embedded_broker

    for name in [name for name in os.environ if name.startswith("EVENTWIRE_")]:
        del os.environ[name]  # the demo is the same everywhere
    with ended_in_good_order(), tempfile.TemporaryDirectory(prefix="eventwire-demo-") as scratch:
        say("Starting a broker inside this process, and a worker beside it ...")
        try:
            with embedded_broker() as servers:
                settings = demo_settings(servers)
                name_topics(settings)
                with worker_process(Path(scratch), settings) as worker:
                    show(worker, settings)
                    if keep:
                        wait_for_interrupt(worker)
        except BrokerError as error:
            fail(str(error), error.hint)
        except WorkerError as error:
            fail(str(error))


def demo_settings(servers: str) -> Settings:
    """The defaults, but for what the embedded broker can't: transactions, and saying which protocol it speaks."""
    return Settings(
        _env_file=None,
        bootstrap_servers=servers,
        kafka_version="2.3",
        delivery="at_least_once",
        coder_processes=CODER_PROCESSES,
        instance_id="demo",
    )


def name_topics(settings: Settings) -> None:
    """The embedded broker has a topic as soon as a producer asks for it; the worker wants them all to be there."""
    from service.shipped.topics import topic_table
    from service.stream.clients import producer

    with producer(settings) as client:
        for topic in topic_table():
            client.partitions_for(topic.name)


def show(worker: "WorkerProcess", settings: Settings) -> None:
    """Sends the articles and shows what comes out, then the totals."""
    from service.cli.demo_view import EventView

    worker.wait_until_ready(READY_SECONDS)
    values = articles()
    publish(values, settings)
    say(f"Sent {len(values)} articles, one of them twice, to the topic {settings.articles_topic}. Events as they come:")
    with EventView() as view:
        totals = follow(worker, settings, len(values), view)
    sys.stdout.write(f"\n{closing(totals, view, worker.web)}\n")


def articles() -> list[bytes]:
    """The articles that ship with the package; one of them again at the end."""
    files = sorted((folder("seeds") / "articles").glob("*.json"))
    again = [file for file in files if file.name == TWICE]
    return [file.read_bytes() for file in (*files, *again)]


def publish(values: Sequence[bytes], settings: Settings) -> None:
    """Sends the articles, and waits until the broker has them. One partition: so each run tells the same."""
    from service.stream.clients import producer

    with producer(settings) as client:
        for future in [client.send(settings.articles_topic, value, partition=0) for value in values]:
            future.get(READY_SECONDS)


def follow(worker: "WorkerProcess", settings: Settings, sent: int, view: "EventView") -> "Totals":
    """Shows events until all articles are through and all that was published is on the screen."""
    from service.cli.worker_process import WorkerError
    from service.stream.clients import consumer
    from service.stream.reading import partitions

    deadline = time.monotonic() + SHOWN_SECONDS
    with consumer(settings) as client:
        topics = (settings.events_topic, settings.updates_topic)
        client.assign([part for topic in topics for part in partitions(client, topic)])
        while time.monotonic() < deadline:
            arrived = show_arrived(client, settings, view)
            totals = worker.totals()
            if not arrived and totals.done(sent) and len(view.events) >= totals.events_published:
                return totals
    raise WorkerError(f"not all events came within {SHOWN_SECONDS} s\n{worker.last_lines()}")


def show_arrived(client: "KafkaConsumer", settings: Settings, view: "EventView") -> int:
    """What came since the last call: how many records."""
    from service.pipeline.publish import parse_event

    batches = client.poll(timeout_ms=POLL_MS)
    # Events before updates: a poll may bring both, and an update says something of an event.
    for part, records in sorted(batches.items(), key=lambda batch: batch[0].topic == settings.updates_topic):
        tell = view.update if part.topic == settings.updates_topic else view.event
        for record in records:
            tell(parse_event(record.value))
    return sum(map(len, batches.values()))


def closing(now: "Totals", view: "EventView", web: str) -> str:
    """What became of everything, and where to look next."""
    several = sum(event.articles > 1 for event in view.events.values())
    return f"""\
articles  {now.articles_received} received = {now.articles_coded} coded + {now.articles_rejected} rejected
events    {now.events_extracted} extracted = {now.events_filtered} filtered + {now.events_coded} coded
          {now.events_coded} coded = {now.events_published} published + {now.events_duplicate} duplicate
          {several} of the published ones were reported by more than one article

next      eventwire demo --keep                leaves it running, with its metrics at {web}/metrics
          eventwire code --help                codes a folder of articles without a broker
          eventwire topics create              makes the topics on a broker of your own, for eventwire worker"""


def wait_for_interrupt(worker: "WorkerProcess") -> None:
    """Until a signal; raises WorkerError where the worker ends before."""
    say(f"Still running: {worker.web}/metrics, {worker.web}/health/ready. Ctrl-C ends it.")
    while True:
        worker.check()
        time.sleep(1)


@contextmanager
def ended_in_good_order() -> Iterator[None]:
    """SIGTERM and a closed terminal end as Ctrl-C does: through all that has to be cleaned up."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, interrupt) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
