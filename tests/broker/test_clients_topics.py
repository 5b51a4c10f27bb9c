"""``eventwire topics`` against the real broker."""

from typing import Any

import pytest

from service.config import Settings
from service.stream import topics
from service.stream.broker_errors import BrokerError, WrongSettingError
from service.stream.clients import admin_client
from service.stream.topic_rules import ALTER
from tests.broker.brokers import Broker
from tests.broker.commands import run_command, topics_of


def made(broker: Broker, run: str, **values: Any) -> Settings:
    """Settings with topics of the test's own, all made."""
    settings = topics_of(run, bootstrap_servers=broker.bootstrap, **values)
    topics.create(settings)
    return settings


def remake(settings: Settings, topic: str, partitions: int, **config: str) -> None:
    with admin_client(settings) as admin:
        admin.delete_topics([topic])
        wanted = {"num_partitions": partitions, "replication_factor": 1, "configs": config}
        admin.create_topics({topic: wanted}, wait_for_metadata=True)


def test_topics_are_made_as_described_and_a_second_time_changes_nothing(broker: Broker) -> None:
    settings = topics_of("made", bootstrap_servers=broker.bootstrap, partitions=3)
    missing = topics.check(settings)
    assert len(missing) == 7
    assert {difference.fault for difference in missing} == {"is missing"}
    assert [change.done for change in topics.create(settings)] == [
        "created with 3 partitions",
        "created with 3 partitions",
        "created with 1 partition",
        *["created with 3 partitions"] * 4,
    ]
    assert topics.check(settings) == []
    assert topics.create(settings, alter=True) == []
    for listed in topics.listing(settings):
        assert listed.topic is not None
        assert listed.spec.config.items() <= dict(listed.topic.config).items()


def test_a_topic_with_other_partitions_is_found_and_not_touched(broker: Broker) -> None:
    settings = made(broker, "sized")
    remake(settings, settings.state_topic, 2, **{"cleanup.policy": "compact", "max.message.bytes": "2097152"})
    (difference,) = topics.check(settings)
    assert difference.topic == settings.state_topic
    assert difference.fault == "has 2 partitions and its sister topics 4: all four must agree"
    assert topics.create(settings, alter=True) == []
    assert topics.check(settings) == [difference]


def test_wrong_cleanup_and_sizes_are_found_and_set_right(broker: Broker) -> None:
    settings = made(broker, "set-right")
    remake(settings, settings.state_topic, 4, **{"cleanup.policy": "delete", "max.message.bytes": "1000000"})
    faults = [(difference.fault, difference.remedy) for difference in topics.check(settings)]
    assert faults == [
        ("cleanup.policy is delete, it must be compact", ALTER),
        ("max.message.bytes is 1000000, it must be 2097152 or more", ALTER),
    ]
    assert topics.create(settings) == []
    (change,) = topics.create(settings, alter=True)
    assert change.done == "set cleanup.policy=compact, max.message.bytes=2097152"
    assert topics.check(settings) == []


def test_dead_letters_grow_with_the_articles_topic(broker: Broker) -> None:
    settings = made(broker, "grown")
    with admin_client(settings) as admin:
        admin.create_partitions({settings.articles_topic: 6})
    (difference,) = topics.check(settings)
    assert difference.topic == settings.rejected_topic
    topics.create(settings, alter=True)
    assert topics.check(settings) == []


def test_a_missing_topic_is_named_at_once(broker: Broker) -> None:
    with pytest.raises(BrokerError, match=f"no topic nowhere at {broker.bootstrap}") as fault:
        topics.require(Settings(bootstrap_servers=broker.bootstrap), "nowhere")
    assert fault.value.hint == "eventwire topics create"


def test_no_topic_is_made_while_two_settings_name_one(broker: Broker) -> None:
    settings = topics_of("clash", bootstrap_servers=broker.bootstrap, events_topic="clash.articles")
    with pytest.raises(WrongSettingError, match="name the same topic"):
        topics.create(settings)
    with admin_client(settings) as admin:
        assert not topics.read_topics(admin, ["clash.articles"])


def test_more_replicas_than_brokers_is_told_with_the_setting(broker: Broker) -> None:
    settings = topics_of("replicas", bootstrap_servers=broker.bootstrap, replication_factor=3)
    with pytest.raises(BrokerError) as fault:
        topics.create(settings)
    assert "EVENTWIRE_REPLICATION_FACTOR" in fault.value.hint


def test_the_command_makes_checks_and_lists(broker: Broker) -> None:
    settings = topics_of("command", bootstrap_servers=broker.bootstrap)
    wrong = run_command(settings, "topics", "check")
    assert wrong.code == 1
    assert len(wrong.rows) == 7
    assert wrong.rows[0] == {"topic": "command.articles", "fault": "is missing", "remedy": "eventwire topics create"}
    created = run_command(settings, "topics", "create")
    assert (created.code, len(created.rows)) == (0, 7)
    right = run_command(settings, "topics", "check")
    assert (right.code, right.rows, right.err) == (0, [], "all topics are as the worker needs them\n")
    (articles, *_) = run_command(settings, "topics", "list").rows
    assert (articles["topic"], articles["partitions"], articles["records"]) == ("command.articles", 4, 0)


def test_the_command_says_that_no_broker_is_there() -> None:
    absent = run_command(Settings(bootstrap_servers="127.0.0.1:1"), "topics", "check")
    assert absent.code == 1
    assert absent.err.splitlines() == [
        "error: no broker at 127.0.0.1:1",
        "hint: start one, or set EVENTWIRE_BOOTSTRAP_SERVERS",
    ]
