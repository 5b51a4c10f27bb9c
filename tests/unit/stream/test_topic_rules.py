"""What is wrong with topics, told from what a broker says of them."""

from collections.abc import Mapping
from typing import Any

import pytest

from service.config import Settings
from service.shipped.topics import TopicSpec, topic_table
from service.stream.topic_rules import ALTER, Topic, differences, planned_partitions, shared_names, wrong_config

SETTINGS = Settings(_env_file=None)
SPECS = {spec.name: spec for spec in topic_table()}


def as_made() -> dict[str, Topic]:
    """All topics as ``topics create`` makes them."""
    return {name: Topic(name, planned_partitions(spec, {}, SETTINGS), 1, spec.config) for name, spec in SPECS.items()}


def changed(name: str, **config: str) -> dict[str, Topic]:
    """All topics, one with other settings of Kafka's; ``cleanup_policy`` stands for ``cleanup.policy``."""
    found = as_made()
    wanted = {key.replace("_", "."): value for key, value in config.items()}
    return found | {name: Topic(name, found[name].partitions, 1, {**found[name].config, **wanted})}


def resized(**partitions: int) -> dict[str, Topic]:
    """All topics, some with another number of partitions; ``events_state`` stands for ``events.state``."""
    found = as_made()
    sizes = {name.replace("_", "."): size for name, size in partitions.items()}
    return found | {name: Topic(name, size, 1, found[name].config) for name, size in sizes.items()}


def faults(found: Mapping[str, Topic], settings: Settings = SETTINGS) -> list[tuple[str, str]]:
    return [(difference.topic, difference.fault) for difference in differences(found, settings)]


def test_topics_as_they_are_made_are_right() -> None:
    assert differences(as_made(), SETTINGS) == []


def test_each_missing_topic_is_told_in_the_order_of_the_flow() -> None:
    assert faults({}) == [(name, "is missing") for name in SPECS]
    assert {difference.remedy for difference in differences({}, SETTINGS)} == {"eventwire topics create"}


def test_the_one_of_the_four_that_has_other_partitions_is_told() -> None:
    assert faults(resized(events_state=8)) == [
        ("events.state", "has 8 partitions and its sister topics 4: all four must agree")
    ]


def test_the_remedy_for_partitions_says_what_is_lost_and_which_setting_names_another_topic() -> None:
    (difference,) = differences(resized(events=2), SETTINGS)
    assert "what it holds is lost" in difference.remedy
    assert "EVENTWIRE_EVENTS_TOPIC" in difference.remedy


def test_four_that_agree_on_another_number_than_the_setting_are_right() -> None:
    eight: dict[str, Any] = {name.replace(".", "_"): 8 for name, spec in SPECS.items() if spec.partitions == "equal"}
    assert faults(resized(**eight)) == []


def test_dead_letters_need_as_many_partitions_as_articles() -> None:
    assert faults(resized(articles=6)) == [("articles.rejected", "has 4 partitions, articles has 6")]
    assert faults(resized(articles=2)) == []


@pytest.mark.parametrize(
    ("topic", "wrong"), [("events.state", "delete"), ("events", "compact"), ("articles", "compact")]
)
def test_a_wrong_cleanup_policy_is_told(topic: str, wrong: str) -> None:
    right = SPECS[topic].config["cleanup.policy"]
    (difference,) = differences(changed(topic, cleanup_policy=wrong), SETTINGS)
    assert difference.fault == f"cleanup.policy is {wrong}, it must be {right}"
    assert difference.remedy == ALTER


def test_a_state_topic_that_also_deletes_would_forget() -> None:
    assert faults(changed("events.state", cleanup_policy="compact,delete")) == [
        ("events.state", "cleanup.policy is compact,delete, it must be compact")
    ]


def test_a_topic_that_takes_too_small_records_is_told_and_larger_ones_are_right() -> None:
    assert faults(changed("articles", max_message_bytes="1048588")) == [
        ("articles", "max.message.bytes is 1048588, it must be 2097152 or more")
    ]
    assert faults(changed("events", max_message_bytes="9000000")) == []


def test_dead_letters_must_take_what_the_articles_topic_takes_and_the_headers() -> None:
    assert faults(changed("articles", max_message_bytes="8000000")) == [
        ("articles.rejected", "max.message.bytes is 3145728, it must be 9048576 or more")
    ]


def test_retention_is_the_operators_choice() -> None:
    assert faults(changed("events", retention_ms="1")) == []


def test_a_broker_that_tells_no_settings_is_believed() -> None:
    silent = {name: Topic(name, topic.partitions, 1) for name, topic in as_made().items()}
    assert faults(silent) == []


def test_two_settings_that_name_one_topic_are_told() -> None:
    settings = Settings(_env_file=None, events_topic="articles")
    (clash,) = shared_names(settings)
    assert (clash.topic, clash.fault) == (
        "articles",
        "EVENTWIRE_ARTICLES_TOPIC and EVENTWIRE_EVENTS_TOPIC name the same topic",
    )


@pytest.mark.parametrize(
    ("found", "topic", "partitions"),
    [
        (resized(articles=6), "articles.rejected", 6),
        (resized(events=8, events_coded=8, events_updates=8), "events.state", 8),
        ({}, "events.state", 4),
        ({}, "articles", 4),
        (resized(articles=6), "articles.replayed", 1),
    ],
)
def test_a_topic_is_made_to_fit_those_that_are_there(found: dict[str, Topic], topic: str, partitions: int) -> None:
    others = {name: each for name, each in found.items() if name != topic}
    assert planned_partitions(SPECS[topic], others, SETTINGS) == partitions


def test_only_what_is_wrong_is_set_right() -> None:
    found = changed("events.state", cleanup_policy="delete", max_message_bytes="9000000")
    spec: TopicSpec = SPECS["events.state"]
    assert wrong_config(spec, found, SETTINGS) == {"cleanup.policy": "compact"}
