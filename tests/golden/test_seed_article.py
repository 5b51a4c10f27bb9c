"""The seed article against what a reader found in it (aleppo-2016-12-08.json)."""

from functools import cache

from service.model import Article, Event
from service.pipeline.articles import parse_article
from tests import loaded
from tests.golden.score_seed import Score, report, score
from tests.processes import CHECKOUT

LEAST_HITS = 24
MEETING = 23


@cache
def events() -> list[Event]:
    article = parse_article((CHECKOUT / "seeds" / "articles" / "aleppo-2016-12-08.json").read_bytes())
    assert isinstance(article, Article)
    return list(loaded.coder().code(article).events)


def scored() -> Score:
    return score(events())


def test_at_least_24_of_the_26_dyads_that_a_reader_found_are_found() -> None:
    assert len(scored().hit) >= LEAST_HITS, report(scored())


def test_nothing_is_found_that_a_reader_says_is_not_there() -> None:
    assert not scored().violations, report(scored())


def test_the_meeting_in_hamburg_is_one_event() -> None:
    assert MEETING in {row.row for row in scored().exact}, report(scored())
    assert len([event for event in events() if event.location and event.location.name == "Hamburg"]) == 1
