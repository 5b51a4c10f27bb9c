"""What no fault may do: lose a record, or show one twice to a reader of what is committed."""

import contextlib
import random
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.broker.expected import articles, assert_conserved
from tests.broker.flow import Flow, Worker, make_flow, wait_for
from tests.conftest import StartBroker

pytestmark = pytest.mark.faults

ARTICLES = 2_000
WAIT_MS = 20
ROUNDS = 5
SEED = 1


def feed_in_transactions(flow: Flow, values: tuple[bytes, ...], size: int = 20) -> None:
    """Each fifth transaction is written once before, and aborted: holes, and records that never were."""
    with contextlib.closing(flow.producer(transactional_id=f"{flow.name}-feed")) as producer:
        producer.init_transactions()
        for number, start in enumerate(range(0, len(values), size)):
            for aborted in (True, False) if number % 5 == 0 else (False,):
                producer.begin_transaction()
                for place, value in enumerate(values[start : start + size], start):
                    producer.send(f"{flow.name}.articles", b"ABORTED" if aborted else value, key=b"%d" % place)
                producer.flush()
                producer.abort_transaction() if aborted else producer.commit_transaction()


def wait_until_it_codes(worker: Worker) -> None:
    wait_for(lambda: worker.metric("articles_coded_total") > 0, 30, lambda: worker.text)


def test_nothing_is_lost_or_doubled_when_workers_are_stopped_and_killed(flow: Flow) -> None:
    sent = articles(ARTICLES, SEED, WAIT_MS)
    feed_in_transactions(flow, sent.values)
    chance = random.Random(SEED)
    workers = {name: flow.start(instance=name, session_timeout_seconds=6) for name in ("w1", "w2")}
    for worker in workers.values():
        worker.ready()
    for _ in range(ROUNDS):
        for name, fault in (("w1", Worker.stop), ("w2", Worker.kill)):
            worker = workers[name].ready()
            wait_until_it_codes(worker)
            time.sleep(chance.uniform(0, 1.5))
            fault(worker)
            workers[name] = flow.start(instance=name, session_timeout_seconds=6)
    assert not flow.done(), "the faults came after the work"
    flow.finish(120, workers.values())
    for worker in workers.values():
        assert worker.stop() == 0, worker.text
    assert_conserved(flow, sent)


def test_nothing_is_lost_or_doubled_when_the_broker_is_killed_and_comes_back(
    start_broker: StartBroker, tmp_path: Path
) -> None:
    broker = start_broker(tmp_path / "broker")
    with ExitStack() as ends:
        flow = make_flow("outage", broker.bootstrap, tmp_path, ends)
        sent = articles(800, SEED, WAIT_MS)
        flow.send(sent.values)
        worker = flow.start().ready()
        wait_until_it_codes(worker)
        broker.kill()
        time.sleep(5)
        broker.start()
        flow.finish(120, [worker])
        # It went on by itself.
        assert worker.process.poll() is None, worker.text
        assert_conserved(flow, sent)
