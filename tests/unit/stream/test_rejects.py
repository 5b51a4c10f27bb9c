import datetime as dt
from dataclasses import replace

import pytest

from service.stream.rejects import MAX_DETAIL_BYTES, Cause, rejected_record

CAUSE = Cause("schema", "published_at: no offset", "articles", 3, 41, 1_481_155_200_123, "0.1.0")


def test_a_cause_is_read_back_from_its_headers() -> None:
    assert Cause.from_headers(CAUSE.to_headers()) == CAUSE


def test_the_source_timestamp_is_read_in_utc() -> None:
    assert CAUSE.seen_at == dt.datetime(2016, 12, 8, 0, 0, 0, 123_000, dt.UTC)


def test_bytes_key_and_headers_stay_untouched_and_in_order() -> None:
    headers = (("traceparent", b"00-1"), ("twice", b"1"), ("twice", b"2"), ("empty", None))
    record = rejected_record(CAUSE, None, b"\xff\x00", headers)
    assert (record.key, record.value) == (None, b"\xff\x00")
    assert record.headers[: len(headers)] == headers
    assert Cause.from_headers(record.headers) == CAUSE


def test_of_two_causes_the_later_counts() -> None:
    again = replace(CAUSE, offset=99, reason="not_json")
    record = rejected_record(again, None, None, CAUSE.to_headers())
    assert Cause.from_headers(record.headers) == again


def test_a_long_detail_is_cut_at_a_character() -> None:
    found = Cause.from_headers(replace(CAUSE, detail="x" + "é" * MAX_DETAIL_BYTES).to_headers())
    assert found.detail == "x" + "é" * ((MAX_DETAIL_BYTES - 1) // 2)


def test_a_detail_with_a_lone_surrogate_is_still_utf8() -> None:
    assert Cause.from_headers(replace(CAUSE, detail="\udc80").to_headers()).detail == "\\udc80"


def test_a_record_of_somebody_else_is_refused_with_what_it_lacks() -> None:
    with pytest.raises(ValueError, match="eventwire-offset"):
        Cause.from_headers((("eventwire-reason", b"schema"),))


def test_a_reason_that_nobody_gives_is_refused() -> None:
    headers = (*CAUSE.to_headers(), ("eventwire-reason", b"weather"))
    with pytest.raises(ValueError, match="weather"):
        Cause.from_headers(headers)
