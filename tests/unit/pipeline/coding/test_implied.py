"""Who bears an act where no phrase plays that role, on trees drawn by hand."""

from typing import get_args

import pytest

from service.model import EventType
from service.pipeline.coding.implied import borne_by, implied_recipients
from service.pipeline.parsing import ParsedSentence, Trigger
from tests.unit.pipeline.coding.drawn import tree


def reading(drawn: str, trigger: str, kind: EventType) -> tuple[ParsedSentence, Trigger]:
    sentence = tree(drawn)
    return sentence, Trigger(
        word=sentence.words.index(trigger),
        type=kind,
        mode=None,
        modality="actual",
        score=1.0,
        modality_score=1.0,
        roles={},
    )


def implied(drawn: str, trigger: str, kind: EventType) -> list[str]:
    sentence, at = reading(drawn, trigger, kind)
    return [sentence.phrase(one.first, one.last) for one in implied_recipients(sentence, at)]


def test_who_describes_the_object_comes_before_what_it_is_about() -> None:
    drawn = (
        "Oslo/PROPN/2/nsubj rejected/VERB/0/root the/DET/5/det EU/PROPN/5/compound proposal/NOUN/2/obj "
        "for/ADP/7/case Iceland/PROPN/5/nmod"
    )
    found = implied(drawn, "rejected", "REJECT")
    assert found[0] == "the EU proposal for Iceland"
    assert found.index("EU") < found.index("Iceland")


def test_a_participle_leads_on_to_whom_the_object_was_done() -> None:
    drawn = (
        "London/PROPN/3/nsubj will/AUX/3/aux lift/VERB/0/root the/DET/5/det ban/NOUN/3/obj imposed/VERB/5/acl "
        "on/ADP/9/case the/DET/9/det rebels/NOUN/6/obl"
    )
    assert "the rebels" in implied(drawn, "lift", "RETREAT")


@pytest.mark.parametrize(("kind", "named"), [("ACCUSE", False), ("REQUEST", False), ("SUPPORT", True)])
def test_the_victims_of_what_is_condemned_are_not_accused(kind: EventType, named: bool) -> None:  # noqa: FBT001
    drawn = (
        "Cairo/PROPN/2/nsubj answered/VERB/0/root the/DET/4/det killing/NOUN/2/obj of/ADP/6/case Kenyans/PROPN/4/nmod"
    )
    assert ("Kenyans" in implied(drawn, "answered", kind)) is named


def test_where_the_act_took_place_is_not_whom_it_was_done_to() -> None:
    drawn = "Cairo/PROPN/2/nsubj spoke/VERB/0/root in/ADP/4/case Geneva/PROPN/2/obl"
    assert all(implied(drawn, "spoke", kind) == [] for kind in get_args(EventType))


def test_who_stands_before_the_noun_of_an_act_does_it() -> None:
    drawn = (
        "Quito/PROPN/2/nsubj ordered/VERB/0/root an/DET/5/det FBI/PROPN/5/compound probe/NOUN/2/obj "
        "into/ADP/7/case Peru/PROPN/5/nmod"
    )
    assert "FBI" not in implied(drawn, "probe", "ACCUSE")
    assert "FBI" in implied(drawn, "ordered", "ACCUSE")


@pytest.mark.parametrize(("case", "borne"), [("in", ["Aden"]), ("from", ["Aden"]), ("with", []), ("over", [])])
def test_a_place_inside_the_object_bears_the_act(case: str, borne: list[str]) -> None:
    drawn = (
        f"Rebels/NOUN/2/nsubj accepted/VERB/0/root a/DET/4/det pull-out/NOUN/2/obj {case}/ADP/6/case Aden/PROPN/4/nmod"
    )
    sentence, at = reading(drawn, "accepted", "AGREE")
    assert [sentence.phrase(one.first, one.last) for one in borne_by(sentence, at)] == borne
