"""Which phrases may play a role for a trigger, on trees drawn by hand."""

import pytest

from service.pipeline.coding.arguments import find_arguments
from service.pipeline.parsing import Trigger
from tests.unit.pipeline.coding.drawn import tree


@pytest.mark.parametrize(("noun", "place"), [("operation", None), ("airstrike", None), ("market", "the market")])
def test_an_act_is_no_place(noun: str, place: str | None) -> None:
    trigger = Trigger(1, "ASSAULT", None, "actual", 1.0, 1.0, {4: ("place", 0.9)})
    drawn = f"Soldiers/NOUN/2/nsubj:pass died/VERB/0/root in/ADP/5/case the/DET/5/det {noun}/NOUN/2/obl"
    sentence = tree(drawn, [trigger])
    found = find_arguments(sentence, trigger).place
    assert (found and sentence.phrase(found.first, found.last)) == place
