"""Whose people somebody's people are."""

import datetime as dt

import pytest

from service.pipeline.coding.actors import resolve_phrase, resolve_words
from service.pipeline.coding.coreference import Discourse
from service.pipeline.coding.entities import Party
from service.pipeline.coding.scenes import Scene
from tests.loaded import knowledge

DAY = dt.date(2010, 1, 1)


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("the rebels' gunmen", "---REB"),
        ("the Taliban's gunmen", "AFGREB"),
        ("gunmen in Chad", "TCDUAF"),
        ("supporters of the opposition in Lesotho", "LSOOPP"),
        ("supporters of the government in Lesotho", "LSOCVL"),
        ("the United States' envoy", "USAGOV"),
        ("Kenya's farmers' association", "KENAGR"),
        ("a Karachi court", "PAKJUD"),
        ("Lagos police", "NGACOP"),
        ("grandmothers in Aleppo", "SYRCVL"),
        ("the opposition Bangladesh Nationalist Party", "BGDOPP"),
        ("the opposition Liberal Democratic Party of Japan", "JPNOPP"),
        ("Chad's military ruler", "TCDGOV"),
        ("Bolivia's Congress", "BOLLEG"),
        ("a Jewish settler", "ISRCVL"),
        ("a gang holding Italian tourists", "---CRM"),
        ("Kenyan army training officers", "KENMIL"),
        ("the deputy head of Kenya's electoral commission", "KENGOV"),
    ],
)
def test_followers_and_armed_men_are_of_the_side_they_are_with(phrase: str, code: str) -> None:
    assert resolve_phrase(phrase, DAY, None, knowledge()).code == code


@pytest.mark.parametrize(
    ("phrase", "scene", "code"),
    [
        ("the Senate", Scene(DAY, "PHL"), "PHLLEG"),
        ("the Senate", Scene(DAY, "PHL", frozenset({"PHL", "USA"})), "USALEG"),
        ("the Senate", Scene(DAY), "USALEG"),
        ("the Socialist Party", Scene(DAY, "SEN"), "SENPTY"),
        ("the Basotho National Party", Scene(DAY), "LSOPTY"),
        ("Brussels", Scene(DAY, "POL"), "EUR"),
        ("Brussels", Scene(DAY, "BEL"), "BELGOV"),
        ("police in Brussels", Scene(DAY), "BELCOP"),
        ("officials in Brussels", Scene(DAY), "EUR"),
        ("the East African Community", Scene(DAY), "IGO"),
        ("The Security Council", Scene(DAY, "IRN"), "UNO"),
        ("Russia 's Security Council", Scene(DAY, "IRN"), "RUSGOV"),
        ("Turkey 's National Security Council", Scene(DAY), "TURGOV"),
        ("the National Security Council", Scene(DAY), "USAGOV"),
        ("Kenya 's CIA station", Scene(DAY), "USASPY"),
        ("A State Department official", Scene(DAY, "NGA"), "USAGOV"),
        ("aid agencies", Scene(DAY, "ETH"), "NGO"),
        ("Kenyan aid agencies", Scene(DAY), "KENSOC"),
        ("the Syrian Red Crescent", Scene(DAY), "SYRSOC"),
        ("the Ministry of the Economy", Scene(DAY, "PRT"), "PRTGOV"),
        ("the Frelka 's leader", Scene(DAY, "PRT"), "PRTCVL"),
    ],
)
def test_of_one_name_the_scenes_own_is_meant(phrase: str, scene: Scene, code: str) -> None:
    discourse = Discourse(knowledge(), scene)
    party = Party(phrase, resolve_words(phrase.split(), scene, knowledge())[0])
    settled = party if party.resolved.country else discourse.at_home(party, None)
    assert settled.resolved.code == code


@pytest.mark.parametrize(
    ("phrase", "codes"),
    [
        ("the foreign ministers of Iran and Saudi Arabia", ["IRNGOV", "SAUGOV"]),
        ("soldiers from Trinidad and Barbados", ["TTOMIL", "BRBMIL"]),
        ("the president of Bosnia and Herzegovina", ["BIHGOV"]),
        ("officials of Kenya in talks with Uganda", ["KENGOV"]),
    ],
)
def test_people_of_several_lands_are_of_each(phrase: str, codes: list[str]) -> None:
    assert [one.code for one in resolve_words(phrase.split(), Scene(DAY), knowledge())] == codes
