"""Each event once: what an entry and an event become, one case each."""

import datetime as dt
from collections.abc import Iterable

import pytest

from service.model import Event
from service.pipeline.dedup import (
    MAX_HASHES,
    MAX_SOURCES,
    Corroborated,
    Duplicate,
    Entry,
    New,
    Outcome,
    Provenance,
    deduplicate,
    expired,
)
from service.pipeline.entry import StateFormatError
from tests.events import an_event

NOON = dt.datetime(2016, 12, 9, 12, tzinfo=dt.UTC)


def at(offset: int, topic: str = "events.coded") -> Provenance:
    return Provenance(topic, 3, offset)


def later(hours: float) -> dt.datetime:
    return NOON + dt.timedelta(hours=hours)


def after(events: Iterable[Event]) -> Entry:
    """The entry when these were read, from offset 0 on, an hour apart."""
    entry = None
    for offset, event in enumerate(events):
        _, entry = deduplicate(entry, event, later(offset), at(offset))
    assert entry is not None
    return entry


def told(outcome: Outcome) -> Event:
    assert not isinstance(outcome, Duplicate)
    return outcome.event


def test_an_event_that_nobody_knows_is_new() -> None:
    outcome, entry = deduplicate(None, an_event("a", "Daily"), NOON, at(7))
    assert isinstance(outcome, New)
    assert outcome.event == an_event("a", "Daily", sources=("Daily",), first_seen=NOON, last_seen=NOON)
    assert (entry.revision, entry.provenance, entry.articles) == (1, at(7), 1)


def test_another_article_corroborates_it() -> None:
    outcome, entry = deduplicate(
        after([an_event("a", "Daily")]), an_event("b", "Herald", confidence=0.7), later(5), at(9)
    )
    assert isinstance(outcome, Corroborated)
    event = outcome.event
    assert (event.revision, event.articles, event.sources) == (2, 2, ("Daily", "Herald"))
    assert (event.first_seen, event.last_seen) == (NOON, later(5))
    assert event.article.id == "a"
    assert event.confidence == 0.7
    assert (entry.revision, entry.articles, entry.provenance) == (2, 2, at(0))


def test_the_same_article_again_adds_nothing() -> None:
    entry = after([an_event("a"), an_event("b")])
    for article in "ab":
        assert deduplicate(entry, an_event(article, "Another"), later(50), at(70)) == (Duplicate(), entry)


def test_the_same_publisher_is_listed_once_and_one_without_a_name_not_at_all() -> None:
    entry = after([an_event("a", "Daily"), an_event("b", "Daily"), an_event("c", None)])
    assert (entry.articles, entry.sources) == (3, ("Daily",))


def test_at_most_fifty_publishers_are_listed_the_first_ones() -> None:
    entry = after(an_event(f"{number}", f"Paper {number}") for number in range(MAX_SOURCES + 10))
    assert entry.sources == tuple(f"Paper {number}" for number in range(MAX_SOURCES))
    assert entry.articles == MAX_SOURCES + 10


def test_records_out_of_order_still_tell_when_it_was_first_and_last_seen() -> None:
    outcome, _ = deduplicate(after([an_event("a")]), an_event("b"), later(-3), at(1))
    assert (told(outcome).first_seen, told(outcome).last_seen) == (later(-3), NOON)


class TestRedelivery:
    def test_the_record_that_gave_the_event_gives_it_again_the_same(self) -> None:
        first, entry = deduplicate(None, an_event("a"), NOON, at(0))
        assert deduplicate(entry, an_event("a"), NOON, at(0)) == (first, entry)

    def test_it_does_so_when_others_have_corroborated_it_and_takes_nothing_back(self) -> None:
        first, _ = deduplicate(None, an_event("a"), NOON, at(0))
        entry = after([an_event("a"), an_event("b")])
        assert deduplicate(entry, an_event("a"), NOON, at(0)) == (first, entry)

    def test_a_record_that_corroborated_it_adds_nothing(self) -> None:
        entry = after([an_event("a"), an_event("b"), an_event("c")])
        assert deduplicate(entry, an_event("b"), later(1), at(1)) == (Duplicate(), entry)

    def test_a_batch_whose_state_was_lost_gives_the_same_updates_again(self) -> None:
        stored = after([an_event("a")])
        lost = deduplicate(stored, an_event("b"), later(1), at(1))
        assert deduplicate(stored, an_event("b"), later(1), at(1)) == lost

    def test_another_record_at_the_same_place_of_a_topic_made_anew_is_no_redelivery(self) -> None:
        outcome, _ = deduplicate(after([an_event("a")]), an_event("b"), later(1), at(0))
        assert isinstance(outcome, Corroborated)


class TestManyArticles:
    ENTRY = after(an_event(f"{number}") for number in range(MAX_HASHES + 44))

    def test_the_count_goes_on_and_the_entry_does_not_grow(self) -> None:
        assert self.ENTRY.articles == self.ENTRY.revision == MAX_HASHES + 44
        assert len(self.ENTRY.hashes) == MAX_HASHES
        assert len(self.ENTRY.to_bytes()) < 8 * MAX_HASHES + 200

    @pytest.mark.parametrize("number", [0, 45, MAX_HASHES + 43])
    def test_the_first_and_the_last_ones_are_still_known(self, number: int) -> None:
        assert deduplicate(self.ENTRY, an_event(f"{number}"), NOON, at(999)) == (Duplicate(), self.ENTRY)

    def test_one_that_was_forgotten_is_not_counted_again_when_its_record_is_delivered_again(self) -> None:
        assert deduplicate(self.ENTRY, an_event("20"), NOON, at(20)) == (Duplicate(), self.ENTRY)

    def test_one_that_was_forgotten_counts_again_when_it_is_sent_again(self) -> None:
        outcome, _ = deduplicate(self.ENTRY, an_event("20"), NOON, at(999))
        assert isinstance(outcome, Corroborated)

    def test_offsets_of_another_topic_say_nothing(self) -> None:
        outcome, entry = deduplicate(self.ENTRY, an_event("new"), NOON, at(5, topic="other"))
        assert isinstance(outcome, Corroborated)
        assert entry.counted_offset == self.ENTRY.counted_offset


class TestExpiry:
    DAY = dt.timedelta(days=1)

    @pytest.mark.parametrize(("hours", "gone"), [(-5, False), (24, False), (24.001, True)])
    def test_an_entry_goes_when_stream_time_has_left_it_behind_for_longer_than_the_retention(
        self, hours: float, *, gone: bool
    ) -> None:
        assert expired(after([an_event("a")]), later(hours), self.DAY) is gone

    def test_another_article_keeps_it(self) -> None:
        assert not expired(after([an_event("a"), an_event("b")]), later(25), self.DAY)


class TestBytes:
    ENTRY = after([an_event("a", "Daily"), an_event("b", "Herald")])

    def test_an_entry_is_small(self) -> None:
        assert len(self.ENTRY.to_bytes()) < 150

    def test_the_format_is_the_one_that_is_stored(self) -> None:
        """Format 1 as 0.1.0 wrote it. When this fails, state topics in use can't be read: raise the version."""
        stored = bytes.fromhex(
            "018d06181e581852438e6fcd1062a8cbb1020c6576656e74732e636f646564030001000543387e50b0000005433954e4"
            "5400020240f89e395b66422f8472c2e34d854f7502054461696c7906486572616c64016119323031362d31322d303854"
            "30303a30303a30302b30303a30300001054461696c7900"
        )
        assert self.ENTRY.to_bytes() == stored
        assert Entry.from_bytes(stored) == self.ENTRY

    @pytest.mark.parametrize("data", [b"", b"\x00", b"\x02" + ENTRY.to_bytes()[1:], b"{}"])
    def test_another_format_is_refused_with_what_to_do(self, data: bytes) -> None:
        with pytest.raises(StateFormatError, match="this version of eventwire reads 1: run the version"):
            Entry.from_bytes(data)

    @pytest.mark.parametrize("change", [lambda data: data[:-1], lambda data: data + b"\0", lambda data: data[:1]])
    def test_a_damaged_entry_is_refused(self, change: object) -> None:
        assert callable(change)
        with pytest.raises(StateFormatError, match="damaged"):
            Entry.from_bytes(change(self.ENTRY.to_bytes()))

    def test_numbers_that_never_end_are_refused(self) -> None:
        with pytest.raises(StateFormatError, match="too long"):
            Entry.from_bytes(self.ENTRY.to_bytes()[:17] + b"\xff" * 1000)
