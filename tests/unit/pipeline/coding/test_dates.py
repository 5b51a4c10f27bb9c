import datetime as dt

import pytest

from service.pipeline.coding.dates import resolve_date
from service.pipeline.coding.periods import Tense

PUBLISHED = dt.date(2016, 12, 8)  # a Thursday


@pytest.mark.parametrize(
    ("phrase", "tense", "first", "precision", "basis"),
    [
        ("on December 7", "past", "2016-12-07", "day", "stated"),
        ("7 December", "past", "2016-12-07", "day", "stated"),
        ("Dec. 7, 2014", "past", "2014-12-07", "day", "stated"),
        ("the 7th of December 2014", "past", "2014-12-07", "day", "stated"),
        ("2014-12-07", "past", "2014-12-07", "day", "stated"),
        ("on January 15", "past", "2016-01-15", "day", "stated"),
        ("on January 15", "future", "2017-01-15", "day", "stated"),
        ("on the 5th", "past", "2016-12-05", "day", "stated"),
        ("on the 30th", "past", "2016-11-30", "day", "stated"),
        ("since September 2015", "past", "2015-09-01", "month", "stated"),
        ("in mid-November", "past", "2016-11-01", "month", "stated"),
        ("in 2011", "past", "2011-01-01", "year", "stated"),
        ("in the 1990s", "past", "1990-01-01", "year", "stated"),
        ("on Monday", "past", "2016-12-05", "day", "relative"),
        ("Thursday", "past", "2016-12-08", "day", "relative"),
        ("last Thursday", "past", "2016-12-01", "day", "relative"),
        ("on Monday", "future", "2016-12-12", "day", "relative"),
        ("next Friday", "future", "2016-12-09", "day", "relative"),
        ("overnight", "past", "2016-12-08", "day", "relative"),
        ("yesterday evening", "past", "2016-12-07", "day", "relative"),
        ("two days ago", "past", "2016-12-06", "day", "relative"),
        ("this week", "past", "2016-12-05", "week", "relative"),
        ("last week", "past", "2016-11-28", "week", "relative"),
        ("three weeks ago", "past", "2016-11-14", "week", "relative"),
        ("next month", "future", "2017-01-01", "month", "relative"),
        ("last year", "past", "2015-01-01", "year", "relative"),
        ("by the end of the year", "future", "2016-01-01", "year", "relative"),
        ("over the weekend", "past", "2016-12-03", "day", "relative"),
    ],
)
def test_a_time_phrase_is_read_against_the_day_of_publication(
    phrase: str, tense: Tense, first: str, precision: str, basis: str
) -> None:
    period = resolve_date(phrase, PUBLISHED, tense)
    assert period is not None
    assert (period.first.isoformat(), period.precision, period.basis) == (first, precision, basis)


@pytest.mark.parametrize("phrase", ["on 31 June", "February 30, 2016", "for years", "soon", "", "03/04/2016"])
def test_what_names_no_day_or_an_impossible_one_is_no_date(phrase: str) -> None:
    assert resolve_date(phrase, PUBLISHED, "past") is None
