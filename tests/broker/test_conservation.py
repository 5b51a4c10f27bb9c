"""A thousand articles through the real worker and its real coder: nothing is lost, nothing is twice, by the topics."""

import json
import random
from collections import Counter

from service.model import Rejected
from service.pipeline.processing import Coded, Coder, process
from service.stream.rejects import Cause
from tests.broker.flow import REAL, Flow

ARTICLES, BAD_SHARE = 1_000, 0.03
COUNTRIES = "Kenya Uganda Chile Peru Japan Norway Egypt Poland Vietnam Canada Ghana Fiji".split()
ACTS = (
    "{} accused {} of breaking the treaty on December 6.",
    "{} recalled its ambassador to {} on Tuesday.",
    "Police in {} arrested three students. {} protested.",
    "The president of {} met with the prime minister of {} in Geneva on Monday.",
    "{} sent food and tents to {} after the flood. The harvest is poor this year.",
)
BAD = {
    "no_text": (b"", b'{"text": " ", "published_at": "2016-12-08T00:00:00Z"}'),
    "not_utf8": (b'{"text": "\xff"}',),
    "not_json": (b"{", b'{"text": NaN}', b"[" * 40 + b"]" * 40),
    "schema": (b'{"text": "x"}', b'{"text": "x", "published_at": "yesterday"}', b'{"text": 1}'),
    "unsupported_language": (b'{"text": "x", "published_at": "2016-12-08T00:00:00Z", "language": "fr"}',),
    "too_large": (b'{"text": "' + b"x" * 1_100_000 + b'"}',),
}


def records() -> tuple[list[bytes], dict[bytes, str]]:
    """The values that go in, each different, and the reason of each that is bad; every reason occurs."""
    chance = random.Random(7)
    reasons = [*BAD, *chance.choices(list(BAD), k=round(ARTICLES * BAD_SHARE) - len(BAD))]
    bad = {chance.choice(BAD[reason]) + b" " * number: reason for number, reason in enumerate(reasons)}
    good = []
    for number in range(ARTICLES - len(bad)):
        act = chance.choice(ACTS).format(*chance.sample(COUNTRIES, 2))
        fields = {"id": str(number), "source": f"Paper {number % 7}", "text": act}
        good.append(json.dumps(fields | {"published_at": "2016-12-08T12:00:00+00:00"}).encode())
    values = [*good, *bad]
    chance.shuffle(values)
    return values, bad


def coded_alone(values: list[bytes], bad: dict[bytes, str]) -> list[Coded]:
    """What the coder makes of the good ones, without a stream."""
    coder = Coder.load()
    outcomes = [process(value, coder) for value in values if value not in bad]
    return [outcome for outcome in outcomes if not isinstance(outcome, Rejected)]


def test_a_thousand_articles_of_which_some_are_bad_are_conserved_to_the_record(flow: Flow) -> None:
    values, bad = records()
    assert len(bad) == round(ARTICLES * BAD_SHARE)
    expected = [event for coded in coded_alone(values, bad) for event in coded.events]
    assert len(expected) > ARTICLES / 2

    flow.send(values)
    worker = flow.start(REAL, coder_processes=2, dlq_max_share=1).ready()
    flow.finish(240, [worker])

    rejects = {record.value: Cause.from_headers(record.headers).reason for record in flow.read("rejected")}
    assert rejects == bad
    reports = [(event.article.id, event.event_id) for event in flow.events("coded")]
    assert Counter(reports) == Counter((event.article.id, event.event_id) for event in expected)
    published = Counter(event.event_id for event in flow.events())
    assert published == Counter({event.event_id for event in expected})
    duplicates = len(reports) - len(published)
    assert worker.metric("articles_received_total") == ARTICLES
    assert worker.metric("articles_coded_total") == ARTICLES - len(bad)
    assert worker.metric("articles_rejected_total") == len(bad)
    assert worker.metric("events_published_total") == len(published)
    assert worker.metric("events_duplicate_total") == duplicates
    extracted, filtered = worker.metric("events_extracted_total"), worker.metric("events_filtered_total")
    assert extracted == filtered + worker.metric("events_coded_total") == filtered + len(reports)
    assert worker.stop() == 0, worker.text
