"""Who a phrase is by what stands beside it, on trees drawn by hand."""

import datetime as dt

import pytest

from service.knowledge import Knowledge
from service.pipeline.coding.arguments import Argument
from service.pipeline.coding.coreference import Discourse
from service.pipeline.coding.scenes import Scene
from tests.unit.pipeline.coding.drawn import tree

DAY = dt.date(1995, 2, 9)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load()


def code(knowledge: Knowledge, drawn: str, scene: Scene) -> str | None:
    """Of the object, the third and fourth word."""
    discourse, sentence = Discourse(knowledge, scene), tree(drawn)
    discourse.enter(sentence)
    (party,) = discourse.parties(sentence, Argument(3, 2, 3, 1.0), scene.country)
    return party.resolved.code


def test_of_whom_little_is_said_the_apposition_says_more(knowledge: Knowledge) -> None:
    drawn = (
        "Police/NOUN/2/nsubj held/VERB/0/root the/DET/4/det man/NOUN/2/obj ,/PUNCT/8/punct a/DET/8/det "
        "Serbian/ADJ/8/amod programmer/NOUN/4/appos"
    )
    assert code(knowledge, drawn, Scene(DAY, "KEN")) == "SRBCVL"


def test_an_ambassador_is_not_of_the_land_where_he_is(knowledge: Knowledge) -> None:
    drawn = "Monrovia/PROPN/2/nsubj thanked/VERB/0/root the/DET/4/det ambassador/NOUN/2/obj"
    assert code(knowledge, drawn, Scene(DAY, "LBR")) == "---GOV"
