"""Who does an act that only its adjective tells of, on trees drawn by hand."""

import pytest

from service.knowledge import Knowledge
from service.pipeline.coding.composition import Resolved
from service.pipeline.coding.doers import as_attackers, land_of_act
from service.pipeline.coding.entities import Party
from service.pipeline.parsing import Trigger
from tests.unit.pipeline.coding.drawn import tree


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load()


@pytest.mark.parametrize(
    ("drawn", "act", "land"),
    [
        ("Israeli/ADJ/2/amod airstrikes/NOUN/3/nsubj began/VERB/0/root", 1, "ISR"),
        ("a/DET/4/det U.S./PROPN/4/compound drone/NOUN/4/compound strike/NOUN/0/root", 3, "USA"),
        ("anti/ADJ/3/amod -/PUNCT/3/punct Israeli/ADJ/4/amod violence/NOUN/0/root", 3, None),
        ("heavy/ADJ/2/amod airstrikes/NOUN/0/root", 1, None),
        ("Israeli/ADJ/2/amod soldiers/NOUN/3/nsubj bombed/VERB/0/root", 2, None),
    ],
)
def test_the_adjective_of_an_act_tells_whose_it_is(
    drawn: str, act: int, land: str | None, knowledge: Knowledge
) -> None:
    trigger = Trigger(act, "ASSAULT", None, "actual", 1.0, 1.0, {})
    found = land_of_act(tree(drawn, [trigger]), trigger, knowledge)
    assert (found and found[1].resolved.code) == land


@pytest.mark.parametrize(
    ("text", "kind", "sector"),
    [
        ("four men in masks", "ASSAULT", "UAF"),
        ("four men", "PROTEST", "CVL"),
        ("farmers", "ASSAULT", "CVL"),
    ],
)
def test_men_of_whom_only_an_attack_is_told_are_armed(text: str, kind: str, sector: str) -> None:
    party = Party(text, Resolved(country="GRC", sector="CVL", kind="agent"))
    trigger = Trigger(0, kind, None, "actual", 1.0, 1.0, {})  # type: ignore[arg-type]
    assert as_attackers(party, trigger).resolved.sector == sector
