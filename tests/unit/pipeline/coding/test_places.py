"""Which place words name, on the packaged tables."""

import pytest

from service.knowledge import Knowledge
from service.pipeline.coding.focus import place_country
from service.pipeline.coding.places import Towns, resolve_place
from tests.unit.pipeline.coding.drawn import tree


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load()


@pytest.mark.parametrize(
    ("text", "near", "name", "country"),
    [
        ("Marks Street", "FJI", None, "FJI"),
        ("Independence Avenue", "MDG", None, "MDG"),
        ("the Serena Hotel", "KEN", None, "KEN"),
        ("the market", "NER", None, "NER"),
        ("a hotel in Vienna", "USA", "Vienna", "AUT"),
        ("Tripoli", "LBN", "Tripoli", "LBN"),
        ("Damascus University", "SYR", "Damascus", "SYR"),
        ("the Damascus airport", "LBN", "Damascus", "SYR"),
        ("Rio de Janeiro", "ARG", "Rio de Janeiro", "BRA"),
        ("Kalma camp", "TCD", "Kalma", "SDN"),
        ("Vienna , Virginia", "AUT", "Vienna", "USA"),
    ],
)
def test_a_place_is_the_whole_name(text: str, near: str, name: str | None, country: str, knowledge: Knowledge) -> None:
    place = resolve_place(text, text.split(), [near], knowledge)
    assert (place.name, place.country) == (name, country)


@pytest.mark.parametrize(
    ("dateline", "country"),
    [("BRODEC, Macedonia", "MKD"), ("ATLANTA, Georgia", "USA"), ("TBILISI, Georgia", "GEO"), ("HAMBURG", "DEU")],
)
def test_a_dateline_lies_in_its_country(dateline: str, country: str, knowledge: Knowledge) -> None:
    assert place_country(dateline.split(","), knowledge) == country


def test_the_capital_is_that_of_the_country_at_hand(knowledge: Knowledge) -> None:
    towns = Towns("MDA", knowledge)
    towns.enter(
        tree(
            "Moscow/PROPN/3/nsubj and/CCONJ/3/cc warned/VERB/0/root Chisinau/PROPN/3/obj "
            "and/CCONJ/6/cc Nato/PROPN/4/conj"
        )
    )
    assert towns.meant("the capital") == ("Chisinau",)
    assert towns.meant("the square") is None
