"""Who counted pronouns and collective phrases stand for, on trees drawn by hand."""

import datetime as dt

import pytest

from service.knowledge import Knowledge
from service.pipeline.coding.arguments import Argument
from service.pipeline.coding.coreference import Discourse
from tests.unit.pipeline.coding.drawn import tree

SOLDIERS = "Malian/ADJ/2/amod soldiers/NOUN/3/nsubj left/VERB/0/root Gao/PROPN/3/obj"
WAR = "Peru/PROPN/4/nsubj and/CCONJ/3/cc Ecuador/PROPN/1/conj fought/VERB/0/root"


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load()


def codes(knowledge: Knowledge, before: str, drawn: str, argument: Argument) -> set[str | None]:
    discourse = Discourse(knowledge, dt.date(1995, 2, 9), None)
    sentence = tree(drawn)
    discourse.enter(tree(before))
    discourse.enter(sentence)
    return {party.resolved.code for party in discourse.parties(sentence, argument, None)}


@pytest.mark.parametrize(
    ("phrase", "head", "last"),
    [
        ("two/NUM/2/obj of/ADP/5/case them/PRON/3/nmod", 2, 4),
        ("14/NUM/2/obj of/ADP/5/case them/PRON/3/nmod", 2, 4),
        ("half/NOUN/2/obj of/ADP/5/case them/PRON/3/nmod", 2, 4),
        ("the/DET/4/det pair/NOUN/2/obj", 3, 3),
        ("all/PRON/2/obj", 2, 2),
        ("seven/NUM/2/obj", 2, 2),
    ],
)
def test_a_counted_pronoun_stands_for_the_people_before(
    phrase: str, head: int, last: int, knowledge: Knowledge
) -> None:
    drawn = f"Rebels/NOUN/2/nsubj shot/VERB/0/root {phrase}"
    assert codes(knowledge, SOLDIERS, drawn, Argument(head, 2, last, 1.0)) == {"MLIMIL"}


def test_who_urges_both_countries_is_neither(knowledge: Knowledge) -> None:
    drawn = (
        "Brazil/PROPN/2/nsubj urged/VERB/0/root both/DET/4/det countries/NOUN/2/obj to/PART/6/mark stop/VERB/2/xcomp"
    )
    assert codes(knowledge, WAR, drawn, Argument(3, 2, 3, 1.0)) == {"PER", "ECU"}
