"""Identity holds for whatever is named."""

import datetime as dt
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from service.model import Actor, EventType, Place
from service.pipeline.identity import SYMMETRIC, identity, normalised, party, scope, scope_of

NAMES = st.text(st.characters(exclude_categories=["Cs"]))
CODES = st.none() | st.sampled_from(["USA", "SYRGOV", "---REB", "A|B"])
ACTORS = st.builds(Actor, text=NAMES, name=st.none() | NAMES, code=CODES, country=CODES)
PARTIES = st.builds(party, ACTORS, CODES, CODES)
PLACES = st.none() | st.builds(Place, text=NAMES, name=st.none() | NAMES, country=CODES)
TYPES = st.sampled_from(get_args(EventType))


@given(TYPES, PARTIES, st.none() | PARTIES, st.dates(), PLACES)
def test_an_identity_has_as_many_fields_as_were_asked_for_and_begins_with_its_scope(
    event_type: EventType, actor: str, other: str | None, date: dt.date, place: Place | None
) -> None:
    found = identity(event_type, actor, other, date, modality="future", place=place, dedup_fields=("mode", "place"))
    assert found.count("|") == 6
    assert scope_of(found) == scope(event_type, actor, other, date)


@given(st.sampled_from(sorted(SYMMETRIC)), PARTIES, PARTIES, st.dates())
def test_who_is_named_first_does_not_matter_for_symmetric_types(
    event_type: EventType, one: str, other: str, date: dt.date
) -> None:
    assert identity(event_type, one, other, date) == identity(event_type, other, one, date)


@given(NAMES)
def test_normalising_twice_changes_nothing_more(name: str) -> None:
    assert normalised(normalised(name)) == normalised(name)


@given(NAMES)
def test_case_does_not_matter(name: str) -> None:
    assert normalised(name.lower().upper()) == normalised(name.lower().upper().lower())
