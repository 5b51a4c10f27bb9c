"""The table of topics: complete, and in words that Kafka and the settings know."""

from service.config import Settings
from service.shipped.topics import topic_table

NUMBERS = {"retention.ms", "max.message.bytes", "segment.ms"}
MEBIBYTE = 1024 * 1024


def test_every_topic_of_the_settings_is_described_once_in_the_order_of_the_flow() -> None:
    assert [spec.setting for spec in topic_table()] == [
        field for field in Settings.model_fields if field.endswith("_topic")
    ]


def test_the_four_topics_of_the_deduplication_have_equally_many_partitions() -> None:
    equal = [spec.name for spec in topic_table() if spec.partitions == "equal"]
    assert equal == ["events.coded", "events.state", "events", "events.updates"]


def test_state_updates_and_the_list_of_replays_are_compacted_and_the_rest_is_deleted() -> None:
    compacted = {spec.name for spec in topic_table() if spec.config["cleanup.policy"] == "compact"}
    assert compacted == {"events.state", "events.updates", "articles.replayed"}
    assert all("retention.ms" in spec.config for spec in topic_table() if spec.config["cleanup.policy"] == "delete")


def test_the_articles_topic_takes_twice_what_an_article_may_have_and_the_dead_letters_take_more() -> None:
    sizes = {spec.name: int(spec.config["max.message.bytes"]) for spec in topic_table() if "bytes" in str(spec.config)}
    assert sizes["articles"] == 2 * MEBIBYTE
    assert sizes["articles.rejected"] > sizes["articles"]


def test_numbers_are_numbers() -> None:
    for spec in topic_table():
        assert all(spec.config[name].isdigit() for name in NUMBERS & set(spec.config))
