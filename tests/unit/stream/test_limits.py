import pytest

from service.model import Rejected
from service.stream.limits import MINIMUM, WINDOW, RejectLimits, TooManyRejectsError
from service.stream.records import Source

ONE, OTHER = Source("articles", 1), Source("articles", 2)
BAD = Rejected(reason="not_json", detail="line 1 column 2")


def feed(limits: RejectLimits, source: Source, *outcomes: Rejected | None) -> None:
    limits.check(source, outcomes)
    limits.count(source, outcomes)


def test_a_run_of_rejects_on_one_partition_stops_before_it_is_delivered() -> None:
    limits = RejectLimits(max_share=1, max_consecutive=3)
    feed(limits, ONE, BAD, BAD)
    feed(limits, OTHER, BAD, BAD)
    with pytest.raises(TooManyRejectsError, match=r"3 articles in a row on articles-1.*not_json: line 1 column 2"):
        limits.check(ONE, [BAD])


def test_a_good_article_ends_the_run() -> None:
    limits = RejectLimits(max_share=1, max_consecutive=3)
    for _ in range(10):
        feed(limits, ONE, BAD, BAD, None)


def test_what_was_checked_and_not_delivered_does_not_count() -> None:
    limits = RejectLimits(max_share=1, max_consecutive=3)
    for _ in range(5):
        limits.check(ONE, [BAD, BAD])


def test_a_share_means_nothing_below_a_minimum() -> None:
    limits = RejectLimits(max_share=0.5, max_consecutive=MINIMUM * 2)
    feed(limits, ONE, *[BAD] * (MINIMUM - 1))
    with pytest.raises(TooManyRejectsError, match=f"{MINIMUM} of the last {MINIMUM} articles"):
        limits.check(ONE, [BAD])


def test_a_share_that_is_not_above_the_limit_is_let_through() -> None:
    limits = RejectLimits(max_share=0.5, max_consecutive=100)
    for _ in range(MINIMUM):
        feed(limits, ONE, None, BAD)


def test_a_share_is_of_the_last_articles_only() -> None:
    limits = RejectLimits(max_share=0.1, max_consecutive=WINDOW)
    feed(limits, ONE, *[None] * WINDOW * 5)
    feed(limits, ONE, *[BAD] * (WINDOW // 10))
    with pytest.raises(TooManyRejectsError):
        limits.check(ONE, [BAD])
