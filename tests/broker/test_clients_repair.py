"""A broken article on its whole way: produced, rejected by the real worker, repaired, replayed, coded once."""

import json
from contextlib import ExitStack
from pathlib import Path

from service.shipped import folder
from tests.broker.brokers import Broker
from tests.broker.commands import environment, run_command, topics_of
from tests.broker.flow import REAL, Worker, wait_for
from tests.processes import spawn

SEED = folder("seeds") / "articles" / "aleppo-2016-12-08.json"
IDLE = ("--from-beginning", "--until-idle", "3")


def test_a_repaired_article_yields_its_events_once(broker: Broker, tmp_path: Path) -> None:
    settings = topics_of(
        "repair", bootstrap_servers=broker.bootstrap, data_dir=tmp_path / "data", coder_processes=1, web_port=0
    )
    good = json.loads(SEED.read_bytes())
    broken = json.dumps({name: value for name, value in good.items() if name != "published_at"}).encode()
    assert run_command(settings, "topics", "create").code == 0
    with ExitStack() as ends:
        log = tmp_path / "worker.log"
        worker = Worker(spawn(REAL, log, environment(settings)), log)
        ends.callback(worker.process.wait)
        ends.callback(worker.process.kill)
        worker.ready()
        assert run_command(settings, "produce", "-", stdin=broken).code == 0
        wait_for(lambda: bool(run_command(settings, "dlq", "list").rows), 60, lambda: worker.text)
        (letter,) = run_command(settings, "dlq", "list").rows
        assert (letter["reason"], letter["replayed"]) == ("schema", False)
        assert run_command(settings, "dlq", "show", letter["at"], "--raw").out.encode() == broken
        assert run_command(settings, "tail", *IDLE).rows == []

        replay = ("dlq", "replay", "--at", letter["at"], "--file", SEED)
        assert run_command(settings, *replay).code == 0
        wait_for(lambda: bool(run_command(settings, "tail", *IDLE).rows), 60, lambda: worker.text)
        assert run_command(settings, *replay).code == 1
        events = run_command(settings, "tail", *IDLE).rows
        assert worker.stop() == 0, worker.text
    assert len({event["event_id"] for event in events}) == len(events)
    assert {event["article"]["id"] for event in events} == {good.get("id") or events[0]["article"]["id"]}
    expected = run_command(settings, "code", "--dedup", SEED).rows
    assert {event["event_id"] for event in events} == {event["event_id"] for event in expected}
