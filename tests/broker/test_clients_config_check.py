"""``eventwire config check`` with everything in order, and with everything wrong."""

from pathlib import Path

from service.config import Settings
from service.stream import topics
from tests.broker.brokers import Broker
from tests.broker.commands import run_command, topics_of

PARTS = ["broker", "topics", "knowledge", "network", "data"]


def test_with_everything_in_order_each_part_has_its_line(broker: Broker, tmp_path: Path) -> None:
    settings = topics_of("check.right", bootstrap_servers=broker.bootstrap, data_dir=tmp_path / "data")
    topics.create(settings)
    done = run_command(settings, "config", "check", "--format", "table")
    assert done.code == 0, done.out
    assert [line.split()[:2] for line in done.out.splitlines()] == [["✓", part] for part in PARTS]
    assert not (tmp_path / "data").exists()


def test_each_missing_topic_is_told_with_what_to_do(broker: Broker, tmp_path: Path) -> None:
    settings = topics_of("check.missing", bootstrap_servers=broker.bootstrap, data_dir=tmp_path)
    done = run_command(settings, "config", "check")
    assert done.code == 1
    told = [row for row in done.rows if row["part"] == "topics"]
    assert len(told) == 7
    assert {row["remedy"] for row in told} == {"eventwire topics create"}


def test_with_everything_wrong_each_part_says_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    wrong = Settings(bootstrap_servers="127.0.0.1:1", data_dir=file / "data", knowledge_dir=tmp_path / "nowhere")
    done = run_command(wrong, "config", "check")
    assert done.code == 1
    remedies = {row["part"]: row["remedy"] for row in done.rows if not row["ok"]}
    assert remedies == {
        "broker": "start one, or set EVENTWIRE_BOOTSTRAP_SERVERS",
        "topics": None,
        "knowledge": "see EVENTWIRE_KNOWLEDGE_DIR, or install again",
        "data": "set EVENTWIRE_DATA_DIR",
    }
