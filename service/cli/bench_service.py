"""A worker on a real broker against a plain loop that consumes and produces the same articles."""

import datetime as dt
import itertools
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from service.cli.bench import Figure
from service.cli.bench_code import demo_articles
from service.cli.output import fail, progress
from service.cli.scrape import Totals
from service.cli.worker_process import WorkerError, WorkerProcess, worker_process
from service.config import Settings
from service.shipped.topics import topic_table
from service.stream import topics
from service.stream.broker_errors import BrokerError
from service.stream.clients import admin_client, consumer, producer
from service.stream.reading import read_to_end

READY_SECONDS = 60
STALL_SECONDS = 60
"""Without an article coded for so long, the worker hangs."""
POLL_SECONDS = 0.25


def measure(settings: Settings, articles: int) -> list[Figure]:
    """Articles and events a second through the worker, the plain loop's articles, and the event loop's worst pause."""
    try:
        with ExitStack() as stack:
            own = stack.enter_context(own_topics(settings))
            send(values(articles), own)
            plain = consume_and_produce(own)
            scratch = stack.enter_context(tempfile.TemporaryDirectory(prefix="eventwire-bench-"))
            worker = stack.enter_context(worker_process(Path(scratch), own))
            worker.wait_until_ready(READY_SECONDS)
            seconds, totals, pause = run_through(worker, articles)
    except BrokerError as error:
        fail(str(error), error.hint)
    except WorkerError as error:
        fail(str(error))
    return [
        Figure("worker, articles", articles / seconds, "articles/s"),
        Figure("worker, events", totals.events_coded / seconds, "events/s"),
        Figure("consume and produce alone", articles / plain, "articles/s"),
        Figure("worker / consume and produce alone", plain / seconds, "ratio"),
        Figure("longest pause of the event loop", pause * 1000, "ms"),
    ]


@contextmanager
def own_topics(settings: Settings) -> Iterator[Settings]:
    """Settings with topics and a group of this run's own; the topics are there meanwhile."""
    run = f"eventwire-bench-{uuid.uuid4().hex[:8]}"
    named = {spec.setting: f"{run}.{spec.name}" for spec in topic_table()}
    own = settings.model_copy(update={**named, "app_id": run, "instance_id": run})
    try:
        topics.create(own)
        yield own
    finally:
        with admin_client(own) as admin:
            admin.delete_topics(list(topics.read_topics(admin, named.values())))


def values(articles: int) -> Iterator[bytes]:
    """So many articles: those of the demo over and over, each time as of another day."""
    for number, article in enumerate(itertools.islice(itertools.cycle(demo_articles()), articles)):
        day = article.published_at - dt.timedelta(days=number)
        yield article.model_copy(update={"id": f"bench-{number}", "published_at": day}).model_dump_json().encode()


def send(records: Iterator[bytes], settings: Settings) -> None:
    with producer(settings) as client:
        for value in records:
            client.send(settings.articles_topic, value)


def consume_and_produce(settings: Settings) -> float:
    """Seconds in which a plain loop reads all articles and writes them to a topic where nobody reads them."""
    with consumer(settings) as source, producer(settings) as sink:
        started = time.perf_counter()
        for record in read_to_end(source, settings.articles_topic):
            sink.send(settings.rejected_topic, record.value)
        sink.flush()
        return time.perf_counter() - started


def run_through(worker: WorkerProcess, articles: int) -> tuple[float, Totals, float]:
    """Seconds from the first article to the last event, the totals then, and the longest pause of the event loop."""
    started = last = time.perf_counter()
    seen, pause = 0, 0.0
    with progress("articles", articles) as advance:
        while True:
            now, metrics = time.perf_counter(), worker.metrics()
            totals = Totals.of(metrics)
            pause = max(pause, metrics.get("event_loop_lag_seconds", 0.0))
            if totals.articles_coded > seen:
                advance(totals.articles_coded - seen)
                seen, last = totals.articles_coded, now
            elif seen == 0:
                started = now
            if totals.done(articles):
                return now - started, totals, pause
            if now - last > STALL_SECONDS:
                raise WorkerError(f"no article was coded for {STALL_SECONDS} s\n{worker.last_lines()}")
            time.sleep(POLL_SECONDS)
