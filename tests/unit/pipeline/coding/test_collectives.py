"""Whom phrases that tell of several and pronouns mean, on trees drawn by hand."""

import datetime as dt

import pytest

from service.knowledge import Knowledge
from service.pipeline.coding.arguments import Argument
from service.pipeline.coding.coreference import Discourse
from service.pipeline.coding.scenes import Scene
from tests.unit.pipeline.coding.drawn import tree


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load()


@pytest.fixture
def discourse(knowledge: Knowledge) -> Discourse:
    return Discourse(knowledge, Scene(dt.date(2020, 2, 4), None))


def codes(discourse: Discourse, drawn: list[str], argument: tuple[int, int, int]) -> list[str | None]:
    """Of the argument (head, first and last word) in the last sentence."""
    sentences = [tree(one) for one in drawn]
    for sentence in sentences:
        discourse.enter(sentence)
    return [party.resolved.code for party in discourse.parties(sentences[-1], Argument(*argument, 1.0), None)]


def test_each_of_two_names_is_what_the_phrase_before_says(discourse: Discourse) -> None:
    named = (
        "Opposition/NOUN/2/compound leaders/NOUN/8/nsubj ,/PUNCT/4/punct Lazarus/PROPN/2/appos and/CCONJ/6/cc "
        "Saulos/PROPN/4/conj ,/PUNCT/2/punct praised/VERB/0/root the/DET/10/det judges/NOUN/8/obj"
    )
    assert codes(discourse, [named], (5, 5, 5)) == ["---OPP"]
    met = "The/DET/3/det two/NUM/3/nummod men/NOUN/4/nsubj met/VERB/0/root"
    assert codes(discourse, [met], (2, 0, 2)) == ["---OPP", "---OPP"]


def test_their_ministers_are_those_of_each(discourse: Discourse) -> None:
    drawn = (
        "Ethiopia/PROPN/4/nsubj and/CCONJ/3/cc Eritrea/PROPN/1/conj rested/VERB/0/root since/SCONJ/8/mark "
        "their/PRON/7/nmod:poss ministers/NOUN/8/nsubj signed/VERB/4/advcl"
    )
    assert codes(discourse, [drawn], (6, 5, 6)) == ["ETHGOV", "ERIGOV"]


def test_he_is_none_of_twenty_thousand(discourse: Discourse) -> None:
    drawn = (
        "20,000/NUM/2/nummod Yemenis/PROPN/3/nsubj marched/VERB/0/root against/ADP/6/case President/NOUN/6/nmod:desc "
        "Saleh/PROPN/3/obl though/SCONJ/9/mark he/PRON/9/nsubj promised/VERB/3/advcl"
    )
    (code,) = codes(discourse, [drawn], (7, 7, 7))
    assert code != "YEMCVL"


def test_whom_a_story_goes_on_about_is_not_forgotten(discourse: Discourse) -> None:
    named = "Kenya/PROPN/3/nmod:poss 's/PART/1/case president/NOUN/4/nsubj spoke/VERB/0/root"
    goes_on = "He/PRON/2/nsubj spoke/VERB/0/root"
    accused = "Rivals/NOUN/2/nsubj accused/VERB/0/root him/PRON/2/obj"
    assert codes(discourse, [named, *[goes_on] * 6, accused], (2, 2, 2)) == ["KENGOV"]


def test_both_sides_of_two_lands_are_the_states(discourse: Discourse) -> None:
    before = (
        "Guyanese/ADJ/2/amod soldiers/NOUN/3/nsubj faced/VERB/0/root troops/NOUN/3/obj of/ADP/6/case "
        "Venezuela/PROPN/4/nmod"
    )
    drawn = "Barbados/PROPN/2/nsubj telephoned/VERB/0/root both/DET/4/det sides/NOUN/2/obj"
    assert codes(discourse, [before, drawn], (3, 2, 3)) == ["GUY", "VEN"]


def test_a_spokeswoman_of_nobody_speaks_for_the_body_named_last(discourse: Discourse) -> None:
    before = "The/DET/3/det United/PROPN/3/compound Nations/PROPN/4/nsubj paused/VERB/0/root"
    drawn = "A/DET/2/det spokeswoman/NOUN/3/nsubj urged/VERB/0/root calm/NOUN/3/obj"
    assert codes(discourse, [before, drawn], (1, 0, 1)) == ["UNO"]
