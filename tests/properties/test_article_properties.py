"""Whatever is sent: an Article or a Rejected, never an exception."""

import datetime as dt
import json

from hypothesis import example, given
from hypothesis import strategies as st

from service.model import Article, Rejected
from service.pipeline.articles import parse_article

FIELDS = st.sampled_from(["id", "url", "source", "title", "text", "published_at", "language", "other"])
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
OFFSETS = st.timedeltas(dt.timedelta(hours=-23), dt.timedelta(hours=23)).map(dt.timezone)
STAMPS = st.datetimes(timezones=OFFSETS).map(dt.datetime.isoformat)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | STAMPS
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)


@given(st.none() | st.binary())
@example(b"\xef\xbb\xbf\xef\xbb\xbf{}")
def test_any_bytes_are_an_article_or_rejected(raw: bytes | None) -> None:
    assert isinstance(parse_article(raw), Article | Rejected)


@given(st.dictionaries(FIELDS, VALUES), st.booleans())
def test_any_json_is_an_article_or_rejected(fields: dict[str, object], escaped: bool) -> None:  # noqa: FBT001
    raw = json.dumps(fields, ensure_ascii=escaped).encode("utf-8", "surrogatepass")
    assert isinstance(parse_article(raw), Article | Rejected)


@given(TEXTS.filter(str.strip), st.none() | TEXTS)
def test_an_article_keeps_text_and_title_and_says_the_same_again(text: str, title: str | None) -> None:
    fields = {"text": text, "title": title, "published_at": "2016-12-08T00:00:00+01:00"}
    article = parse_article(json.dumps(fields).encode())
    assert isinstance(article, Article)
    assert (article.text, article.title) == (text, title)
    assert parse_article(article.model_dump_json().encode()) == article
