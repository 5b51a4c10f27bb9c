"""Whose people somebody's people are."""

import datetime as dt

import pytest

from service.pipeline.coding.actors import resolve_phrase
from tests.loaded import knowledge


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("the rebels' gunmen", "---REB"),
        ("the Taliban's gunmen", "AFGREB"),
        ("gunmen in Chad", "TCDUAF"),
        ("supporters of the opposition in Lesotho", "LSOOPP"),
        ("supporters of the government in Lesotho", "LSOCVL"),
        ("the United States' envoy", "USAGOV"),
        ("Kenya's farmers' association", "KENAGR"),
    ],
)
def test_followers_and_armed_men_are_of_the_side_they_are_with(phrase: str, code: str) -> None:
    assert resolve_phrase(phrase, dt.date(2010, 1, 1), None, knowledge()).code == code
