from service.stream.state import DAY_MS, PartitionState

NOW = 1_000 * DAY_MS


def a_state(**entries: int) -> PartitionState:
    """Entries by the day on which they were written, in that order."""
    state = PartitionState(retention_days=10)
    for key, day in entries.items():
        state.put(key.encode(), b"of " + key.encode(), NOW + day * DAY_MS)
    return state


def test_an_entry_is_known_until_its_retention_is_over() -> None:
    state = a_state(a=0)
    assert state.get(b"a", NOW + 10 * DAY_MS) == b"of a"
    assert state.get(b"a", NOW + 10 * DAY_MS + 1) is None


def test_the_entries_longest_untouched_expire_first_and_only_so_many() -> None:
    state = a_state(a=0, b=1, c=2, d=15)
    assert state.expired(state.stream_time, 2, keep=()) == [b"a", b"b"]
    assert state.expired(state.stream_time, 9, keep={b"b"}) == [b"a", b"c"]


def test_to_write_an_entry_is_to_touch_it() -> None:
    state = a_state(a=0, b=1)
    state.put(b"a", b"again", NOW + 9 * DAY_MS)
    assert state.expired(NOW + 12 * DAY_MS, 9, keep=()) == [b"b"]
    assert state.get(b"a", NOW + 12 * DAY_MS) == b"again"


def test_a_tombstone_forgets() -> None:
    state = a_state(a=0, b=1)
    state.apply({b"a": None, b"c": b"new"}, NOW + DAY_MS)
    assert (state.get(b"a", NOW), state.get(b"c", NOW), len(state)) == (None, b"new", 2)


def test_the_time_of_the_stream_never_goes_back() -> None:
    state = a_state(a=5, b=1)
    assert state.stream_time == NOW + 5 * DAY_MS
