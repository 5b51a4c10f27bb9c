"""Articles for the cheap coder, what must come of them, and whether it did: conservation, record by record."""

import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from service.stream.rejects import Cause
from tests.broker.cheap_coder import article
from tests.broker.flow import Flow

ACTORS = 40
BAD = (b"", b"{", b"\xff", b'{"text": "x"}', b'{"text": ""}', b'{"text": "x", "published_at": "yesterday"}')


@dataclass(frozen=True, slots=True)
class Articles:
    """Records for the articles topic, each different; the good ones by what they report."""

    values: tuple[bytes, ...]
    reports: Counter[tuple[str, str]]
    """Article id and identity, for each coded event."""
    bad: Counter[bytes]

    @property
    def identities(self) -> set[str]:
        return {identity for _, identity in self.reports}


def articles(count: int, seed: int, wait: float = 0, bad: float = 0.01) -> Articles:
    """Articles of which each reports up to four events, many of them known already; ``wait`` in milliseconds."""
    chance = random.Random(seed)
    values: list[bytes] = []
    reports: Counter[tuple[str, str]] = Counter()
    rejected: Counter[bytes] = Counter()
    for number in range(count):
        if chance.random() < bad:
            value = chance.choice(BAD) + b" " * number  # each its own bytes
            rejected[value] += 1
        else:
            pairs = {
                (f"A{chance.randrange(ACTORS)}", f"B{chance.randrange(ACTORS)}") for _ in range(chance.randrange(5))
            }
            commands = [f"event {actor} {other}" for actor, other in sorted(pairs)]
            reports.update((f"article-{number}", f"{actor}|2016-12-07|ACCUSE|{other}") for actor, other in pairs)
            value = article(number, *commands, f"wait {wait}")
        values.append(value)
    return Articles(tuple(values), reports, rejected)


def assert_conserved(flow: Flow, sent: Articles) -> None:
    """From the topics, as a read_committed reader sees them: nothing lost, nothing twice, nothing that is not ours."""
    rejects = flow.read("rejected")
    assert_same(Counter(record.value for record in rejects), sent.bad)
    assert {Cause.from_headers(record.headers).topic for record in rejects} <= {f"{flow.name}.articles"}

    coded = flow.read("coded")
    assert_same(Counter(_report(record) for record in coded), sent.reports)

    events = flow.read("events")
    assert_same(Counter(json.loads(record.value)["identity"] for record in events), Counter(sent.identities))
    _assert_first_reports(coded, events)
    _assert_revisions(flow, sent)


def assert_same(found: Counter[Any], expected: Counter[Any]) -> None:
    assert found == expected, f"lost {list(expected - found)[:20]}, more than expected {list(found - expected)[:20]}"


def _report(record: Any) -> tuple[str, str]:
    event = json.loads(record.value)
    return event["article"]["id"], event["identity"]


def _assert_first_reports(coded: Sequence[Any], events: Sequence[Any]) -> None:
    """Each event is the first coded record of its identity."""
    first: dict[str, str] = {}
    for article_id, identity in map(_report, coded):
        first.setdefault(identity, article_id)
    assert {identity: article_id for article_id, identity in map(_report, events)} == first


def _assert_revisions(flow: Flow, sent: Articles) -> None:
    """Each article that reports a known event gives the next revision, once; the last one counts them all."""
    revisions: dict[str, list[int]] = {identity: [] for identity in sent.identities}
    for event in flow.events("updates"):
        revisions[event.identity].append(event.revision)
        assert event.articles == event.revision
    reported = Counter(identity for _, identity in sent.reports)
    assert revisions == {identity: list(range(2, times + 1)) for identity, times in reported.items()}
