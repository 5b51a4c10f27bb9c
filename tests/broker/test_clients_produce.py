"""``eventwire produce`` against the real broker."""

import gzip
import json
from pathlib import Path

from service.config import Settings
from service.stream import topics
from service.stream.clients import consumer
from service.stream.reading import read_to_end
from tests.broker.brokers import Broker
from tests.broker.commands import run_command, topics_of

MEBIBYTE = 1024 * 1024


def made(broker: Broker, run: str) -> Settings:
    settings = topics_of(run, bootstrap_servers=broker.bootstrap)
    topics.create(settings)
    return settings


def article(number: int, text: str = "Talks were held in Geneva.") -> bytes:
    fields = {"id": f"article-{number}", "text": text, "published_at": "2016-12-08T00:00:00+00:00"}
    return json.dumps(fields).encode()


def lying(settings: Settings) -> dict[bytes, bytes | None]:
    """Values in the articles topic with their keys."""
    with consumer(settings) as client:
        return {record.value: record.key for record in read_to_end(client, settings.articles_topic)}


def test_fifty_articles_are_acknowledged_counted_and_keyed_by_their_ids(broker: Broker, tmp_path: Path) -> None:
    settings = made(broker, "produce.fifty")
    articles = [article(number) for number in range(50)]
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "one.json").write_bytes(articles[0])
    with gzip.open(tmp_path / "rest.jsonl.gz", "wb") as file:
        file.write(b"\n".join(articles[1:]))
    done = run_command(settings, "produce", tmp_path / "folder", tmp_path / "rest.jsonl.gz")
    assert done.code == 0, done.err
    (summary,) = done.rows
    assert (summary["topic"], summary["acknowledged"], summary["refused"]) == ("produce.fifty.articles", 50, 0)
    assert summary["per_second"] > 0
    assert lying(settings) == {value: f"article-{number}".encode() for number, value in enumerate(articles)}


def test_broken_articles_are_sent_byte_for_byte_and_told(broker: Broker) -> None:
    settings = made(broker, "produce.broken")
    done = run_command(settings, "produce", "-", stdin=article(1) + b"\n{broken\n\xff\xfe\n")
    assert done.code == 0
    assert done.rows[0]["acknowledged"] == 3
    assert "-:2: will be rejected: not_json" in done.err
    assert "-:3: will be rejected: not_utf8" in done.err
    assert lying(settings) == {article(1): b"article-1", b"{broken": None, b"\xff\xfe": None}


def test_a_record_that_the_topic_does_not_take_is_refused_and_the_others_arrive(broker: Broker) -> None:
    settings = made(broker, "produce.large")
    large = [article(number, "a" * size) for number, size in enumerate((MEBIBYTE, 2 * MEBIBYTE, 5 * MEBIBYTE))]
    done = run_command(settings, "produce", "-", stdin=b"\n".join([*large, article(3)]))
    assert done.code == 3
    assert (done.rows[0]["acknowledged"], done.rows[0]["refused"]) == (2, 2)
    assert "-:1: will be rejected: too_large" in done.err
    assert f"-:2: not sent: {len(large[1])} bytes are more than the topic takes" in done.err
    assert f"-:3: not sent: {len(large[2])} bytes are more than the topic takes" in done.err
    assert set(lying(settings)) == {large[0], article(3)}


def test_a_topic_that_is_missing_is_not_made(broker: Broker) -> None:
    settings = topics_of("produce.nowhere", bootstrap_servers=broker.bootstrap)
    done = run_command(settings, "produce", "-", stdin=article(1))
    assert done.code == 1
    assert "hint: eventwire topics create" in done.err
    assert len(topics.check(settings)) == 7


def test_what_the_topic_just_takes_is_sent(broker: Broker) -> None:
    settings = made(broker, "produce.just")
    lines = [b"a" * (2 * MEBIBYTE - margin) for margin in (127, 128, 129)]
    done = run_command(settings, "produce", "-", stdin=b"\n".join(lines))
    assert done.code == 3
    assert (done.rows[0]["acknowledged"], done.rows[0]["refused"]) == (2, 1)
