"""Each row of the table of outcomes: what is sent, and the Article or the Rejected that it becomes."""

import datetime as dt
import json
import pickle
from typing import Any

import pytest

from service.model import Article, Rejected
from service.pipeline.articles import Limits, parse_article

STANDARD = Limits()
GOOD: dict[str, Any] = {"text": "Rebels met envoys in Geneva.", "published_at": "2016-12-08T23:30:00+02:00"}


def record(**changes: object) -> bytes:
    """A good article with some fields changed; ``...`` takes a field away."""
    fields = {name: value for name, value in (GOOD | changes).items() if value is not ...}
    return json.dumps(fields, ensure_ascii=False).encode("utf-8", "surrogatepass")


def accepted(raw: bytes | None, limits: Limits = STANDARD) -> Article:
    outcome = parse_article(raw, limits)
    assert isinstance(outcome, Article), outcome
    return outcome


def refused(raw: bytes | None, limits: Limits = STANDARD) -> tuple[str, str]:
    outcome = parse_article(raw, limits)
    assert isinstance(outcome, Rejected), outcome
    return outcome.reason, outcome.detail


def nested(depth: int) -> object:
    """An array that with the record around it is ``depth`` deep."""
    value: object = 1
    for _ in range(depth - 1):
        value = [value]
    return value


class TestGoodArticles:
    def test_an_article_keeps_what_was_sent(self) -> None:
        fields = {"id": "7", "url": "https://x.test/7", "source": "Daily", "title": "Talks", "language": "en"}
        article = accepted(record(**fields))
        assert article.model_dump(include=set(fields)) == fields
        assert article.text == GOOD["text"]

    def test_the_local_day_of_publication_is_that_of_its_own_offset(self) -> None:
        published = accepted(record(published_at="2016-12-09T01:30:00+03:00")).published_at
        assert published.date() == dt.date(2016, 12, 9)
        assert published.utcoffset() == dt.timedelta(hours=3)

    @pytest.mark.parametrize("stamp", ["2016-12-08T00:00:00Z", "2016-12-08t00:00:00z", "2016-12-08 00:00:00-00:00"])
    def test_every_spelling_of_rfc_3339_is_read(self, stamp: str) -> None:
        assert accepted(record(published_at=stamp)).published_at == dt.datetime(2016, 12, 8, tzinfo=dt.UTC)

    def test_fractions_of_a_second_may_have_any_length(self) -> None:
        assert accepted(record(published_at="2016-12-08T00:00:00.123456789Z")).published_at.microsecond == 123456

    def test_unknown_fields_are_ignored_whatever_they_hold(self) -> None:
        extra = {"score": 1.5, "tags": [["a"], {"b": None}], "count": 10**5000}
        raw = record()[:-1] + b', "extra": ' + _json(extra) + b"}"
        assert accepted(raw) == accepted(record())

    def test_a_byte_order_mark_is_allowed(self) -> None:
        assert accepted(b"\xef\xbb\xbf" + record()) == accepted(record())

    def test_without_an_id_the_url_gives_one_that_never_changes(self) -> None:
        first = accepted(record(url="https://x.test/7"))
        assert first.id == accepted(record(url="https://x.test/7", text="Corrected.")).id
        assert first.id == "ed87b44b-f08a-5e82-bbe5-f2999b4acb0f"

    def test_without_an_id_and_a_url_source_title_and_text_give_one(self) -> None:
        ids = {accepted(record(**change)).id for change in ({}, {"source": "A"}, {"title": "A"}, {"text": "A"})}
        assert len(ids) == 4
        assert accepted(record()).id in ids

    @pytest.mark.parametrize("language", ["en", "EN", "en-GB", "en_US"])
    def test_english_may_name_its_region(self, language: str) -> None:
        assert accepted(record(language=language)).language == language

    @pytest.mark.parametrize(
        "text",
        ["NUL\0 and \x07 bell", "<p>Markup &amp; all</p>", "x" * 100_000, "He left. " * 5000, "👍🏽 e\u0301 \u200b"],
        ids=["control", "markup", "word", "sentences", "unicode"],
    )
    def test_unusual_text_is_kept_as_it_is(self, text: str) -> None:
        assert accepted(record(text=text)).text == text

    def test_a_pair_of_escaped_surrogates_is_one_character(self) -> None:
        assert accepted(record(text=r"\ud83d\ude00").replace(rb"\\", b"\\")).text == "\U0001f600"


class TestNoText:
    @pytest.mark.parametrize("raw", [None, b"", b"  \n", b"\xef\xbb\xbf"], ids=["null", "empty", "blank", "mark"])
    def test_a_value_that_holds_nothing_is_rejected_as_no_text(self, raw: bytes | None) -> None:
        assert refused(raw)[0] == "no_text"

    @pytest.mark.parametrize("text", [..., None, "", " \t\n\u00a0\u2003"], ids=["missing", "null", "empty", "blank"])
    def test_an_article_without_text_is_rejected_as_no_text(self, text: object) -> None:
        reason, detail = refused(record(text=text))
        assert reason == "no_text"
        assert detail.startswith("text: ")


class TestNotUtf8:
    @pytest.mark.parametrize(
        "raw",
        [
            record(text="caf\u00e9").replace(b"\xc3\xa9", b"\xe9"),
            record(text="\ud800"),
            record().decode().encode("utf-16"),
        ],
        ids=["latin-1", "encoded surrogate", "utf-16"],
    )
    def test_bytes_in_another_encoding_are_rejected_with_the_place(self, raw: bytes) -> None:
        reason, detail = refused(raw)
        assert reason == "not_utf8"
        assert detail.startswith("byte ")


class TestNotJson:
    @pytest.mark.parametrize("raw", [b"{", b"plain words", b"{'text': 1}", record() + record(), b'{"text": "a\nb"}'])
    def test_what_is_no_json_is_rejected_with_the_place(self, raw: bytes) -> None:
        reason, detail = refused(raw)
        assert reason == "not_json"
        assert detail.startswith("line ")

    @pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
    def test_numbers_that_json_does_not_know_are_rejected(self, constant: str) -> None:
        assert refused(b'{"score": ' + constant.encode() + b"}") == ("not_json", f"{constant} is no JSON number")

    def test_depth_32_is_read_and_33_is_not(self) -> None:
        assert accepted(record(extra=nested(32)))
        assert refused(record(extra=nested(33))) == ("not_json", "deeper than 32")

    @pytest.mark.parametrize("opening", [b"[", b'{"a":'])
    def test_a_hundred_thousand_brackets_are_only_too_deep(self, opening: bytes) -> None:
        assert refused(opening * 100_000) == ("not_json", "deeper than 32")

    def test_duplicate_keys_are_rejected_by_name_at_any_level(self) -> None:
        assert refused(b'{"text": "a", "text": "b"}') == ("not_json", "duplicate key 'text'")
        assert refused(b'{"text": "a", "x": [{"k": 1, "k": 1}]}') == ("not_json", "duplicate key 'k'")

    @pytest.mark.parametrize("raw", [rb'{"text": "a\ud800"}', rb'{"text": "a", "x": ["\udc00"]}', rb'{"\udfff": 1}'])
    def test_half_a_character_is_rejected_wherever_it_stands(self, raw: bytes) -> None:
        reason, detail = refused(raw)
        assert reason == "not_json"
        assert "lone surrogate U+D" in detail


class TestSchema:
    @pytest.mark.parametrize("value", [b"null", b"[]", b'"text"', b"3", b"true"])
    def test_json_that_is_no_object_is_rejected(self, value: bytes) -> None:
        reason, detail = refused(value)
        assert reason == "schema"
        assert "not an object" in detail

    @pytest.mark.parametrize("field", ["id", "url", "source", "title", "text", "published_at", "language"])
    @pytest.mark.parametrize("value", [7, True, ["a"], {"a": "b"}])
    def test_a_wrong_type_is_rejected_with_the_name_of_the_field(self, field: str, value: object) -> None:
        reason, detail = refused(record(**{field: value}))
        assert reason == "schema"
        assert detail.startswith(f"{field}: ")

    def test_an_empty_id_is_rejected(self) -> None:
        assert refused(record(id="")) == ("schema", "id: String should have at least 1 character")

    def test_a_missing_date_of_publication_is_rejected(self) -> None:
        assert refused(record(published_at=...)) == ("schema", "published_at: Field required")

    def test_a_date_without_an_offset_is_rejected(self) -> None:
        reason, detail = refused(record(published_at="2016-12-08T00:00:00"))
        assert reason == "schema"
        assert detail == "published_at: the offset from UTC is missing"

    @pytest.mark.parametrize(
        "stamp",
        ["2016-02-30T00:00:00Z", "2016-12-08T25:00:00Z", "2016-12-08T00:00:00+24:00", "0000-01-01T00:00:00Z"],
    )
    def test_a_date_that_cannot_be_is_rejected(self, stamp: str) -> None:
        reason, detail = refused(record(published_at=stamp))
        assert reason == "schema"
        assert detail.startswith("published_at: no such time: ")

    @pytest.mark.parametrize("stamp", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
    def test_a_date_outside_the_calendar_in_utc_is_rejected(self, stamp: str) -> None:
        assert refused(record(published_at=stamp))[0] == "schema"

    @pytest.mark.parametrize(
        "stamp",
        [
            "2016-12-08",
            "1481155200",
            "20161208T000000Z",
            "8 December 2016",
            "",
            "٢٠١٦-12-08T00:00:00Z",
            "2016-12-08T00:00Z",
        ],
    )
    def test_other_spellings_of_dates_are_rejected(self, stamp: str) -> None:
        reason, detail = refused(record(published_at=stamp))
        assert reason == "schema"
        assert "RFC 3339" in detail

    @pytest.mark.parametrize("number", [1481155200, 1481155200.5, 0])
    def test_a_number_is_no_date(self, number: float) -> None:
        assert "not a JSON number" in refused(record(published_at=number))[1]


class TestLanguage:
    @pytest.mark.parametrize("language", ["de", "english", "eng", "", "x-en"])
    def test_another_language_is_rejected(self, language: str) -> None:
        reason, detail = refused(record(language=language))
        assert reason == "unsupported_language"
        assert language in detail


class TestTooLarge:
    def test_a_record_of_one_mebibyte_is_read_and_a_byte_more_is_not(self) -> None:
        padding = 1024 * 1024 - len(record(extra=""))
        assert accepted(record(extra="x" * padding))
        assert refused(record(extra="x" * (padding + 1)))[0] == "too_large"

    def test_a_text_of_200_000_characters_is_read_and_one_more_is_not(self) -> None:
        assert accepted(record(text="é" * 200_000))
        assert refused(record(text="é" * 200_001)) == ("too_large", "text of 200001 characters, more than 200000")

    def test_limits_are_those_that_are_given(self) -> None:
        assert refused(record(), Limits(text_characters=5))[0] == "too_large"
        assert refused(record(), Limits(record_bytes=5))[0] == "too_large"
        assert refused(record(extra=[]), Limits(depth=1))[0] == "not_json"


def test_a_detail_quotes_no_more_than_a_header_should_carry() -> None:
    key = "k" * 100_000
    assert len(refused(f'{{"{key}": 1, "{key}": 2}}'.encode())[1]) <= 300


def test_outcomes_cross_a_process_boundary() -> None:
    for raw in (record(), b"{"):
        assert pickle.loads(pickle.dumps(parse_article(raw))) == parse_article(raw)


def _json(value: object) -> bytes:
    """Numbers of any length, which ``json.dumps`` would refuse to write."""
    return json.dumps(value | {"count": 0}).replace('"count": 0', '"count": 1' + "0" * 5000).encode()  # type: ignore[operator]
