"""Whatever order reports come in, and however often: each event once, each article counted once."""

import contextlib
import datetime as dt
import random

from hypothesis import given
from hypothesis import strategies as st

from service.model import ArticleReference
from service.pipeline.dedup import Corroborated, Duplicate, Entry, New, Outcome, Provenance, deduplicate
from service.pipeline.entry import StateFormatError
from tests.events import an_event

Report = tuple[str, str | None, dt.datetime, int]

INSTANTS = st.datetimes(timezones=st.just(dt.UTC))
REPORTS = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.none() | st.sampled_from(["Daily", "Herald"]), INSTANTS),
    min_size=1,
    max_size=12,
    unique_by=lambda report: report[0],
).map(lambda rows: [(*row, offset) for offset, row in enumerate(rows)])
WORDS = st.text(st.characters(exclude_categories=["Cs"]))
NUMBERS = st.integers(0, 2**63 - 1)
REFERENCES = st.builds(
    ArticleReference,
    id=WORDS,
    url=st.none() | WORDS,
    source=st.none() | WORDS,
    title=st.none() | WORDS,
    published_at=st.datetimes(timezones=st.just(dt.timezone(dt.timedelta(hours=-3, minutes=-30)))),
)
ENTRIES = st.builds(
    Entry,
    event_id=st.uuids().map(str),
    revision=NUMBERS,
    provenance=st.builds(Provenance, WORDS, NUMBERS, NUMBERS),
    counted_offset=NUMBERS,
    first_seen=INSTANTS,
    last_seen=INSTANTS,
    articles=NUMBERS,
    hashes=st.lists(st.integers(0, 2**64 - 1)).map(tuple),
    sources=st.lists(WORDS).map(tuple),
    article=REFERENCES,
)


def read(entry: Entry | None, reports: list[Report]) -> tuple[list[Outcome], Entry]:
    outcomes = []
    for article, source, seen_at, offset in reports:
        outcome, entry = deduplicate(entry, an_event(article, source), seen_at, Provenance("events.coded", 0, offset))
        outcomes.append(outcome)
    assert entry is not None
    return outcomes, entry


@given(REPORTS, st.randoms(use_true_random=False))
def test_the_order_of_reports_changes_no_count_no_sources_and_no_times(
    reports: list[Report], chance: random.Random
) -> None:
    shuffled = chance.sample(reports, len(reports))
    (_, one), (_, other) = read(None, reports), read(None, shuffled)
    assert one.articles == other.articles == len(reports)
    assert set(one.sources) == set(other.sources)
    assert (one.first_seen, one.last_seen) == (other.first_seen, other.last_seen)


@given(REPORTS, st.data())
def test_delivering_any_tail_again_changes_no_entry_and_invents_no_event(
    reports: list[Report], data: st.DataObject
) -> None:
    outcomes, entry = read(None, reports)
    start = data.draw(st.integers(0, len(reports) - 1))
    again, unchanged = read(entry, reports[start:])
    assert unchanged == entry
    for outcome, first in zip(again, outcomes[start:], strict=True):
        assert outcome == (first if isinstance(first, New) else Duplicate())


@given(REPORTS, st.data())
def test_a_crash_between_outputs_and_state_repeats_the_same_outputs(reports: list[Report], data: st.DataObject) -> None:
    outcomes, entry = read(None, reports)
    kept = data.draw(st.integers(0, len(reports) - 1))
    stored = read(None, reports[:kept])[1] if kept else None
    assert read(stored, reports[kept:]) == (outcomes[kept:], entry)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.none(), INSTANTS, st.integers(0, 9)), min_size=1))
def test_revisions_count_up_by_one_and_one_event_is_new(reports: list[Report]) -> None:
    reports = [(*report[:3], offset) for offset, report in enumerate(reports)]
    outcomes, entry = read(None, reports)
    told = [outcome.event for outcome in outcomes if not isinstance(outcome, Duplicate)]
    assert [event.revision for event in told] == list(range(1, len({report[0] for report in reports}) + 1))
    assert [event.articles for event in told] == [event.revision for event in told]
    assert [type(outcome) for outcome in outcomes if not isinstance(outcome, Duplicate)][1:] == [Corroborated] * (
        entry.revision - 1
    )


@given(ENTRIES)
def test_an_entry_comes_back_from_its_bytes(entry: Entry) -> None:
    again = Entry.from_bytes(entry.to_bytes())
    assert again == entry
    assert again.article.model_dump_json() == entry.article.model_dump_json()


@given(ENTRIES, st.integers(0, 500), st.binary(max_size=3))
def test_damaged_bytes_are_an_entry_or_a_state_format_error(entry: Entry, place: int, damage: bytes) -> None:
    data = entry.to_bytes()
    place %= len(data)
    with contextlib.suppress(StateFormatError):
        Entry.from_bytes(data[:place] + damage + data[place + 1 :])
