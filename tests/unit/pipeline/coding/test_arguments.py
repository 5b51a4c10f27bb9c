"""Which phrases may play a role for a trigger, on trees drawn by hand."""

import pytest

from service.model import EventType
from service.pipeline.coding.arguments import find_arguments
from service.pipeline.coding.phrases import noun_phrase
from service.pipeline.parsing import ParsedSentence, Role, Trigger
from service.pipeline.parsing.trees import children_of
from tests.unit.pipeline.coding.drawn import tree


@pytest.mark.parametrize(("noun", "place"), [("operation", None), ("airstrike", None), ("market", "the market")])
def test_an_act_is_no_place(noun: str, place: str | None) -> None:
    trigger = Trigger(1, "ASSAULT", None, "actual", 1.0, 1.0, {4: ("place", 0.9)})
    drawn = f"Soldiers/NOUN/2/nsubj:pass died/VERB/0/root in/ADP/5/case the/DET/5/det {noun}/NOUN/2/obl"
    sentence = tree(drawn, [trigger])
    found = find_arguments(sentence, trigger).place
    assert (found and sentence.phrase(found.first, found.last)) == place


def test_who_is_urged_is_not_accused() -> None:
    roles: dict[int, tuple[Role, float]] = {0: ("actor", 0.9), 2: ("recipient", 0.9), 5: ("recipient", 0.7)}
    trigger = Trigger(1, "ACCUSE", None, "actual", 1.0, 1.0, roles)
    sentence = tree(
        "Odinga/PROPN/2/nsubj accused/VERB/0/root Ruto/PROPN/2/obj and/CCONJ/5/cc urged/VERB/2/conj Oslo/PROPN/5/obj "
        "to/PART/8/mark act/VERB/5/xcomp",
        [trigger],
    )
    assert [one.head for one in find_arguments(sentence, trigger).recipients] == [2]


def test_two_verbs_share_an_object() -> None:
    trigger = Trigger(1, "COERCE", None, "actual", 1.0, 1.0, {0: ("actor", 0.9), 4: ("recipient", 0.7)})
    sentence = tree(
        "Police/NOUN/2/nsubj held/VERB/0/root and/CCONJ/4/cc beat/VERB/2/conj students/NOUN/4/obj", [trigger]
    )
    assert [one.head for one in find_arguments(sentence, trigger).recipients] == [4]


def test_where_mediators_come_from_is_nobody_they_meet() -> None:
    roles: dict[int, tuple[Role, float]] = {0: ("actor", 0.9), 2: ("recipient", 0.6), 5: ("recipient", 0.9)}
    trigger = Trigger(3, "CONSULT", None, "actual", 1.0, 1.0, roles)
    sentence = tree(
        "Mediators/NOUN/4/nsubj from/ADP/3/case Oman/PROPN/1/nmod met/VERB/0/root the/DET/6/det rebels/NOUN/4/obj",
        [trigger],
    )
    found = find_arguments(sentence, trigger)
    assert [one.head for one in found.recipients] == [5]
    assert [sentence.phrase(one.first, one.last) for one in found.actors] == ["Mediators from Oman"]


def test_a_hyphen_does_not_cut_a_word_off_its_phrase() -> None:
    words = ("The", "secretary", "-", "general", "left")
    sentence = ParsedSentence(
        text="The secretary-general left",
        start=0,
        part="text",
        words=words,
        spans=((0, 3), (4, 13), (13, 14), (14, 21), (22, 26)),
        heads=(3, 3, 3, 4, -1),
        relations=("det", "compound", "punct", "nsubj", "root"),
        pos=("DET", "NOUN", "PUNCT", "NOUN", "VERB"),
        triggers=(),
        children=children_of((3, 3, 3, 4, -1)),
    )
    assert sentence.phrase(*noun_phrase(sentence, 3)) == "The secretary-general"


@pytest.mark.parametrize(("relation", "actors"), [("nsubj", [4]), ("nsubj:pass", [0, 4])])
def test_who_acts_in_the_clause_before_acts_not_here(relation: str, actors: list[int]) -> None:
    trigger = Trigger(5, "REJECT", None, "actual", 1.0, 1.0, {0: ("actor", 0.6), 4: ("actor", 0.9)})
    sentence = tree(
        f"Oslo/PROPN/2/nsubj asked/VERB/0/root ,/PUNCT/6/punct but/CCONJ/6/cc China/PROPN/6/{relation} "
        "refused/VERB/2/conj",
        [trigger],
    )
    assert [one.head for one in find_arguments(sentence, trigger).actors] == actors


def test_no_phrase_ends_with_a_preposition() -> None:
    sentence = tree("police/NOUN/4/nsubj in/ADP/3/case Lima/PROPN/1/nmod left/VERB/0/root")
    assert sentence.phrase(*noun_phrase(sentence, 0, cut=[2])) == "police"


@pytest.mark.parametrize(("judged", "actors"), [("ACCUSE", []), ("SUPPORT", []), ("MOBILIZE", [0])])
def test_who_condemns_an_act_has_not_done_it(judged: EventType, actors: list[int]) -> None:
    judgement = Trigger(1, judged, None, "actual", 1.0, 1.0, {0: ("actor", 0.9)})
    act = Trigger(3, "ASSAULT", None, "actual", 1.0, 1.0, {0: ("actor", 0.6)})
    drawn = "Oslo/PROPN/2/nsubj condemned/VERB/0/root the/DET/4/det attack/NOUN/2/obj"
    sentence = tree(drawn, [judgement, act])
    assert [one.head for one in find_arguments(sentence, act).actors] == actors
    assert [one.head for one in find_arguments(sentence, judgement).actors] == [0]


@pytest.mark.parametrize(("noun", "actors"), [("Moscow", [0]), ("Minsk", [])])
def test_whom_an_aside_with_a_relative_pronoun_describes_acts_in_it(noun: str, actors: list[int]) -> None:
    """Moscow recalls and bans; of what Minsk tells about, the ship itself is the actor."""
    described = "Moscow/PROPN/6/nsubj ,/PUNCT/5/punct which/PRON/4/nsubj recalled/VERB/{}/parataxis ,/PUNCT/6/punct"
    told = "Minsk/PROPN/6/nsubj ship/NOUN/6/obj which/PRON/4/nsubj recalled/VERB/{}/parataxis ,/PUNCT/6/punct"
    trigger = Trigger(3, "SANCTION", None, "actual", 1.0, 1.0, {0: ("actor", 0.9)})
    drawn = (described if noun == "Moscow" else told).format(6) + " banned/VERB/0/root"
    assert [one.head for one in find_arguments(tree(drawn, [trigger]), trigger).actors] == actors


def test_who_together_bring_others_to_a_table_are_no_recipients() -> None:
    roles: dict[int, tuple[Role, float]] = {0: ("actor", 0.9), 2: ("recipient", 0.6), 4: ("recipient", 0.9)}
    trigger = Trigger(3, "CONSULT", None, "actual", 1.0, 1.0, roles)
    drawn = (
        "France/PROPN/4/nsubj and/CCONJ/3/cc Indonesia/PROPN/1/conj brought/VERB/0/root rebels/NOUN/4/obj "
        "together/ADV/4/advmod"
    )
    found = find_arguments(tree(drawn, [trigger]), trigger)
    assert [one.head for one in found.actors] == [0, 2]
    assert [one.head for one in found.recipients] == [4]
