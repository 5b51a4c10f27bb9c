"""Who counted pronouns and collective phrases stand for, on trees drawn by hand."""

import datetime as dt

import pytest

from service.knowledge import Knowledge
from service.pipeline.coding.arguments import Argument
from service.pipeline.coding.composition import NOBODY
from service.pipeline.coding.coreference import Discourse
from service.pipeline.coding.entities import Party
from service.pipeline.coding.scenes import Scene
from tests.unit.pipeline.coding.drawn import tree

SOLDIERS = "Malian/ADJ/2/amod soldiers/NOUN/3/nsubj left/VERB/0/root Gao/PROPN/3/obj"
WAR = "Peru/PROPN/4/nsubj and/CCONJ/3/cc Ecuador/PROPN/1/conj fought/VERB/0/root"


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load()


def codes(knowledge: Knowledge, before: str, drawn: str, argument: Argument) -> set[str | None]:
    discourse = Discourse(knowledge, Scene(dt.date(1995, 2, 9)))
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


def test_a_neighbour_is_the_other_country(knowledge: Knowledge) -> None:
    before = "Togo/PROPN/2/nsubj thanked/VERB/0/root Ghana/PROPN/2/obj"
    drawn = (
        "Ghana/PROPN/2/nsubj sent/VERB/0/root rice/NOUN/2/obj to/ADP/6/case its/PRON/6/nmod:poss neighbour/NOUN/2/obl"
    )
    assert codes(knowledge, before, drawn, Argument(5, 4, 5, 1.0)) == {"TGO"}


def test_a_trio_is_those_who_were_three(knowledge: Knowledge) -> None:
    before = "Rebels/NOUN/2/nsubj held/VERB/0/root three/NUM/5/nummod Kenyan/ADJ/5/amod students/NOUN/2/obj"
    drawn = "Officers/NOUN/2/nsubj freed/VERB/0/root the/DET/4/det trio/NOUN/2/obj"
    assert codes(knowledge, before, drawn, Argument(3, 2, 3, 1.0)) == {"KENEDU"}


def test_who_suffered_is_meant_before_who_was_named_aside(knowledge: Knowledge) -> None:
    before = (
        "Courts/NOUN/2/nsubj jailed/VERB/0/root a/DET/5/det Kuwaiti/ADJ/5/amod lawmaker/NOUN/2/obj "
        "for/SCONJ/7/mark insulting/VERB/2/advcl the/DET/9/det emir/NOUN/7/obl"
    )
    drawn = "Police/NOUN/2/nsubj took/VERB/0/root him/PRON/2/obj away/ADV/2/advmod"
    assert codes(knowledge, before, drawn, Argument(2, 2, 2, 1.0)) == {"KWTLEG"}


def test_what_a_group_owns_is_of_its_country(knowledge: Knowledge) -> None:
    before = "Kenya/PROPN/2/nsubj sent/VERB/0/root a/DET/4/det cutter/NOUN/2/obj"
    relative = (
        "She/PRON/2/nsubj thanked/VERB/0/root Hamas/PROPN/2/obj whose/PRON/5/nmod:poss delegate/NOUN/6/nsubj "
        "spoke/VERB/3/acl:relcl"
    )
    assert codes(knowledge, before, relative, Argument(4, 3, 4, 1.0)) == {"PSEREB"}
    group = "Somali/ADJ/2/amod rebels/NOUN/3/nsubj fled/VERB/0/root"
    owned = "The/DET/2/det rebels/NOUN/4/nmod:poss 's/PART/2/case spokesman/NOUN/5/nsubj agreed/VERB/0/root"
    assert codes(knowledge, group, owned, Argument(3, 0, 3, 1.0)) == {"SOMREB"}


def test_a_minister_repeats_no_other_minister(knowledge: Knowledge) -> None:
    before = "Russia/PROPN/4/nmod:poss 's/PART/1/case foreign/ADJ/4/amod minister/NOUN/5/nsubj left/VERB/0/root"
    same = "The/DET/3/det foreign/ADJ/3/amod minister/NOUN/4/nsubj smiled/VERB/0/root"
    other = "The/DET/3/det defence/NOUN/3/compound minister/NOUN/4/nsubj smiled/VERB/0/root"
    assert codes(knowledge, before, same, Argument(2, 0, 2, 1.0)) == {"RUSGOV"}
    assert codes(knowledge, before, other, Argument(2, 0, 2, 1.0)) == {"---GOV"}


def test_whom_an_apposition_introduces_is_known_by_the_short_name(knowledge: Knowledge) -> None:
    before = (
        "a/DET/3/det Norwegian/ADJ/3/amod agronomist/NOUN/7/nsubj ,/PUNCT/5/punct Arne/PROPN/3/appos "
        "Sletten/PROPN/5/flat left/VERB/0/root"
    )
    drawn = "Sletten/PROPN/2/nsubj thanked/VERB/0/root them/PRON/2/obj"
    assert codes(knowledge, before, drawn, Argument(0, 0, 0, 1.0)) == {"NORCVL"}


def test_whom_one_heads_says_who_one_is(knowledge: Knowledge) -> None:
    drawn = (
        "Chiluisa/PROPN/8/nsubj who/PRON/3/nsubj heads/VERB/1/acl:relcl the/DET/5/det drivers/NOUN/7/nmod:poss "
        "'/PART/5/case federation/NOUN/3/obj agreed/VERB/0/root"
    )
    assert codes(knowledge, "It/PRON/2/nsubj rained/VERB/0/root", drawn, Argument(0, 0, 0, 1.0)) == {"---LAB"}


def test_the_army_is_no_liberation_army(knowledge: Knowledge) -> None:
    before = (
        "the/DET/4/det National/ADJ/4/amod Liberation/NOUN/4/compound Army/PROPN/5/nsubj split/VERB/0/root "
        "Hezbollah/PROPN/5/obj"
    )
    drawn = "The/DET/2/det army/NOUN/3/nsubj agreed/VERB/0/root"
    assert codes(knowledge, before, drawn, Argument(1, 0, 1, 1.0)) == {"---MIL"}


def test_two_countries_may_sign_at_the_ministry_of_one(knowledge: Knowledge) -> None:
    drawn = "The/DET/3/det two/NUM/3/nummod countries/NOUN/4/nsubj signed/VERB/0/root in/ADP/6/case Lima/PROPN/4/obl"
    assert codes(knowledge, WAR, drawn, Argument(2, 0, 2, 1.0)) == {"PER", "ECU"}


def test_whom_she_promises_is_not_she(knowledge: Knowledge) -> None:
    before = (
        "a/DET/3/det Kenyan/ADJ/3/amod nurse/NOUN/4/nsubj met/VERB/0/root a/DET/7/det Ugandan/ADJ/7/amod "
        "minister/NOUN/4/obj"
    )
    drawn = "She/PRON/2/nsubj promised/VERB/0/root him/PRON/2/obj help/NOUN/2/obj"
    assert codes(knowledge, before, drawn, Argument(0, 0, 0, 1.0)) == {"KENMED"}
    assert codes(knowledge, before, drawn, Argument(2, 2, 2, 1.0)) == {"UGAGOV"}


def test_who_shares_a_verbs_subject_is_not_its_object(knowledge: Knowledge) -> None:
    drawn = (
        "a/DET/3/det Ugandan/ADJ/3/amod minister/NOUN/4/nsubj met/VERB/0/root a/DET/7/det Kenyan/ADJ/7/amod "
        "nurse/NOUN/4/obj and/CCONJ/9/cc thanked/VERB/4/conj her/PRON/9/obj"
    )
    assert codes(knowledge, "It/PRON/2/nsubj rained/VERB/0/root", drawn, Argument(9, 9, 9, 1.0)) == {"KENMED"}


def test_who_is_punished_gave_the_reason(knowledge: Knowledge) -> None:
    drawn = (
        "Kenyan/ADJ/2/amod police/NOUN/3/nsubj arrested/VERB/0/root Ugandan/ADJ/5/amod students/NOUN/3/obj "
        "after/SCONJ/8/mark they/PRON/8/nsubj marched/VERB/3/advcl"
    )
    assert codes(knowledge, "It/PRON/2/nsubj rained/VERB/0/root", drawn, Argument(6, 6, 6, 1.0)) == {"UGAEDU"}


def test_a_town_is_not_he(knowledge: Knowledge) -> None:
    before = "a/DET/3/det Kenyan/ADJ/3/amod nurse/NOUN/4/nsubj died/VERB/0/root in/ADP/6/case Zzyxburg/PROPN/4/obl"
    drawn = "Police/NOUN/2/nsubj knew/VERB/0/root him/PRON/2/obj"
    assert codes(knowledge, before, drawn, Argument(2, 2, 2, 1.0)) == {"KENMED"}


def test_both_countries_are_the_two_that_the_story_is_about(knowledge: Knowledge) -> None:
    before = (
        "Peru/PROPN/4/nsubj and/CCONJ/3/cc Ecuador/PROPN/1/conj told/VERB/0/root Brazil/PROPN/4/obj that/SCONJ/9/mark "
        "the/DET/8/det Peruvians/PROPN/9/nsubj fought/VERB/4/ccomp Ecuador/PROPN/9/obj for/ADP/13/case the/DET/13/det "
        "UN/PROPN/9/obl"
    )
    drawn = "Both/DET/2/det countries/NOUN/3/nsubj agreed/VERB/0/root"
    assert codes(knowledge, before, drawn, Argument(1, 0, 1, 1.0)) == {"PER", "ECU"}


def test_both_sides_may_be_of_one_country(knowledge: Knowledge) -> None:
    before = "Colombia/PROPN/2/nsubj attacked/VERB/0/root Colombian/ADJ/4/amod rebels/NOUN/2/obj"
    drawn = "Both/DET/2/det sides/NOUN/3/nsubj agreed/VERB/0/root"
    assert codes(knowledge, before, drawn, Argument(1, 0, 1, 1.0)) == {"COL", "COLREB"}


def test_his_country_is_no_government(knowledge: Knowledge) -> None:
    before = "Peru/PROPN/3/nmod:poss 's/PART/1/case president/NOUN/4/nsubj left/VERB/0/root"
    drawn = "He/PRON/2/nsubj praised/VERB/0/root his/PRON/4/nmod:poss country/NOUN/2/obj"
    assert codes(knowledge, before, drawn, Argument(3, 2, 3, 1.0)) == {"PER"}


def test_a_prime_minister_is_repeated_by_the_title_before_the_name(knowledge: Knowledge) -> None:
    before = (
        "Ethiopian/ADJ/3/amod Prime/ADJ/3/amod Minister/PROPN/4/nmod:desc Abiy/PROPN/6/nsubj Ahmed/PROPN/4/flat "
        "met/VERB/0/root Sudan/PROPN/9/nmod:poss 's/PART/7/case generals/NOUN/6/obj"
    )
    drawn = "The/DET/3/det prime/ADJ/3/amod minister/NOUN/4/nsubj left/VERB/0/root"
    assert codes(knowledge, before, drawn, Argument(2, 0, 2, 1.0)) == {"ETHGOV"}


def test_an_honorific_is_no_name(knowledge: Knowledge) -> None:
    before = (
        "President/PROPN/2/nmod:desc Kim/PROPN/6/nsubj Young/PROPN/2/flat -/PUNCT/5/punct "
        "sam/PROPN/2/flat left/VERB/0/root"
    )
    drawn = "Mr/PROPN/2/nmod:desc Kim/PROPN/3/nsubj refused/VERB/0/root"
    assert codes(knowledge, before, drawn, Argument(1, 0, 1, 1.0)) == {"KORGOV"}


def test_the_alliance_is_the_one_of_that_name(knowledge: Knowledge) -> None:
    before = "the/DET/3/det Sudanese/ADJ/3/amod alliance/NOUN/4/nsubj met/VERB/0/root Hezbollah/PROPN/4/obj"
    drawn = "The/DET/2/det alliance/NOUN/3/nsubj agreed/VERB/0/root"
    assert codes(knowledge, before, drawn, Argument(1, 0, 1, 1.0)) == {"SDN"}


def test_an_envoy_is_the_ambassador(knowledge: Knowledge) -> None:
    before = "Cuba/PROPN/3/nmod:poss 's/PART/1/case ambassador/NOUN/4/nsubj met/VERB/0/root Mexico/PROPN/4/obj"
    drawn = "Police/NOUN/2/nsubj detained/VERB/0/root the/DET/4/det envoy/NOUN/2/obj"
    assert codes(knowledge, before, drawn, Argument(3, 2, 3, 1.0)) == {"CUBGOV"}


def test_the_country_is_the_one_that_the_story_is_about(knowledge: Knowledge) -> None:
    before = (
        "Peruvian/ADJ/2/amod miners/NOUN/3/nsubj marched/VERB/0/root in/ADP/5/case Peru/PROPN/3/obl and/CCONJ/7/cc "
        "wrote/VERB/3/conj to/ADP/9/case Brazil/PROPN/7/obl"
    )
    drawn = "He/PRON/2/nsubj left/VERB/0/root the/DET/4/det country/NOUN/2/obj"
    assert codes(knowledge, before, drawn, Argument(3, 2, 3, 1.0)) == {"PER"}


def test_both_sides_are_an_army_and_its_rebels(knowledge: Knowledge) -> None:
    discourse = Discourse(knowledge, Scene(dt.date(2024, 1, 1), "SDN"))
    discourse.enter(
        tree(
            "the/DET/2/det army/NOUN/3/nsubj bombed/VERB/0/root the/DET/7/det Rapid/ADJ/7/amod Support/NOUN/7/compound "
            "Forces/PROPN/3/obj with/ADP/9/case Chad/PROPN/3/obl"
        )
    )
    sentence = tree("Both/DET/2/det sides/NOUN/3/nsubj agreed/VERB/0/root")
    discourse.enter(sentence)
    found = discourse.parties(sentence, Argument(1, 0, 1, 1.0), None)
    assert {party.resolved.code for party in found} == {"SDNMIL", "SDNREB"}


def test_a_partys_leader_is_a_person(knowledge: Knowledge) -> None:
    before = (
        "the/DET/2/det leader/NOUN/7/nsubj of/ADP/6/case the/DET/6/det opposition/NOUN/6/compound "
        "Hezbollah/PROPN/2/nmod left/VERB/0/root"
    )
    drawn = "Gunmen/NOUN/2/nsubj beat/VERB/0/root him/PRON/2/obj"
    assert codes(knowledge, before, drawn, Argument(2, 2, 2, 1.0)) == {"LBNREB"}


def test_hundreds_of_its_supporters_are_counted(knowledge: Knowledge) -> None:
    before = "Niger/PROPN/3/nmod:poss 's/PART/1/case junta/NOUN/4/nsubj won/VERB/0/root"
    drawn = "Hundreds/NOUN/5/nsubj of/ADP/4/case its/PRON/4/nmod:poss supporters/NOUN/1/nmod danced/VERB/0/root"
    assert codes(knowledge, before, drawn, Argument(0, 0, 3, 1.0)) == {"NERCVL"}


def test_a_given_name_is_a_short_name(knowledge: Knowledge) -> None:
    before = (
        "the/DET/4/det Lao/ADJ/4/amod trade/NOUN/4/compound minister/NOUN/8/nsubj ,/PUNCT/6/punct "
        "Bounmy/PROPN/4/appos Sayavong/PROPN/6/flat left/VERB/0/root"
    )
    drawn = "Bounmy/PROPN/2/nsubj smiled/VERB/0/root"
    assert codes(knowledge, before, drawn, Argument(0, 0, 0, 1.0)) == {"LAOGOV"}


def test_a_day_is_nobody(knowledge: Knowledge) -> None:
    before = "Courts/NOUN/2/nsubj jailed/VERB/0/root a/DET/5/det Kuwaiti/ADJ/5/amod lawmaker/NOUN/2/obj on/ADP/7/case"
    before += " Tuesday/PROPN/2/obl"
    drawn = "Police/NOUN/2/nsubj took/VERB/0/root him/PRON/2/obj away/ADV/2/advmod"
    assert codes(knowledge, before, drawn, Argument(2, 2, 2, 1.0)) == {"KWTLEG"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Russian computers", "RUS"),
        ("a miller", "NPLCVL"),
        ("Khanal", "NPLUNK"),
        ("the kingdom", "NPL"),
        ("tens of thousands", "NPLCVL"),
        ("the foreign office", "NPLUNK"),
    ],
)
def test_whom_no_table_knows_is_of_his_description_or_of_the_scene(text: str, code: str, knowledge: Knowledge) -> None:
    discourse = Discourse(knowledge, Scene(dt.date(2005, 1, 1), "NPL"))
    found = discourse.at_home(Party(text, NOBODY), None).resolved
    assert (found.code, found.resolution) == (code, "place")


def test_regional_leaders_are_of_no_one_country(knowledge: Knowledge) -> None:
    discourse = Discourse(knowledge, Scene(dt.date(2005, 1, 1), "NPL"))
    for text in ("Regional leaders", "any country", "most other nations"):
        assert discourse.at_home(Party(text, NOBODY), None).resolved == NOBODY
