"""Which place words name, on the packaged tables."""

import pytest

from service.knowledge import Knowledge
from service.pipeline.coding.arguments import find_arguments
from service.pipeline.coding.focus import place_country
from service.pipeline.coding.places import Towns, resolve_place
from service.pipeline.coding.targets import place_of
from service.pipeline.parsing import Trigger
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
        ("the Ethiopian embassy", "SDN", None, "SDN"),
        ("the French embassy in Niamey", "BFA", "Niamey", "NER"),
        ("a zone the size of Switzerland", "COL", None, "COL"),
        ("a hotel in Vienna", "USA", "Vienna", "AUT"),
        ("Tripoli", "LBN", "Tripoli", "LBN"),
        ("Damascus University", "SYR", "Damascus", "SYR"),
        ("the Damascus airport", "LBN", "Damascus", "SYR"),
        ("Rio de Janeiro", "ARG", "Rio de Janeiro", "BRA"),
        ("Kalma camp", "TCD", "Kalma", "SDN"),
        ("Souk el - Gharb", "LBN", None, "LBN"),
        ("Sharm el - Sheikh", "ISR", "Sharm el-Sheikh", "EGY"),
        ("Bavel", "KHM", None, "KHM"),
        ("Bavel , Netherlands", "KHM", "Bavel", "NLD"),
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


@pytest.mark.parametrize(
    ("target", "head", "place"),
    [
        ("Bunia/PROPN/2/obj", 2, "Bunia"),
        ("the/DET/4/det town/NOUN/2/obj of/ADP/6/case Bunia/PROPN/4/nmod", 3, "the town of Bunia"),
        ("Kyiv/PROPN/4/compound civilians/NOUN/2/obj", 3, None),
        ("Hezbollah/PROPN/2/obj", 2, None),
        ("a/DET/4/det patrol/NOUN/2/obj", 3, None),
    ],
)
def test_what_is_attacked_is_where_it_happens(target: str, head: int, place: str | None, knowledge: Knowledge) -> None:
    trigger = Trigger(1, "ASSAULT", None, "actual", 1.0, 1.0, {0: ("actor", 0.9), head: ("recipient", 0.9)})
    sentence = tree(f"Rebels/NOUN/2/nsubj hit/VERB/0/root {target}", [trigger])
    found = place_of(sentence, trigger, find_arguments(sentence, trigger), knowledge)
    assert (found and sentence.phrase(found.first, found.last)) == place
