"""Whole articles through the packaged network: what a reader would expect of the rules, not of single scores."""

import datetime as dt

import pytest

from service.model import Event
from service.pipeline.processing import Coded, Coder
from tests.unit.pipeline.conftest import article


def dyads(coded: Coded) -> set[tuple[str, str | None, str | None]]:
    return {(event.type, event.actor.code, event.recipient.code if event.recipient else None) for event in coded.events}


def only(coded: Coded) -> Event:
    (event,) = coded.events
    return event


def test_co_ordinated_parties_give_a_dyad_for_each_pair(coder: Coder) -> None:
    coded = coder.code(article("The United States, Britain and Canada denounced Russia and Syria."))
    assert dyads(coded) == {("ACCUSE", actor, other) for actor in ("USA", "GBR", "CAN") for other in ("RUS", "SYR")}


def test_a_pronoun_acts_for_whom_it_stands(coder: Coder) -> None:
    coded = coder.code(article("Russian Foreign Minister Sergei Lavrov arrived. He condemned Turkey."))
    (event,) = (event for event in coded.events if event.type == "ACCUSE")
    assert (event.actor.code, event.actor.resolution) == ("RUSGOV", "coreference")
    assert event.actor.text == "Russian Foreign Minister Sergei Lavrov"


def test_what_is_outside_a_relative_clause_does_not_take_parties_from_inside(coder: Coder) -> None:
    text = "The Turkish foreign minister, who accused Greece of lying, met with French officials in Oslo."
    meeting = next(event for event in coder.code(article(text)).events if event.type == "CONSULT")
    assert meeting.recipient is not None
    assert meeting.recipient.country == "FRA"


def test_the_same_act_told_twice_is_one_event_with_two_evidences(coder: Coder) -> None:
    text = "Turkey condemned Israel on Monday. In a letter, Turkey condemned Israel."
    event = only(coder.code(article(text)))
    assert event.date == dt.date(2016, 12, 5)
    assert len(event.evidence) == 2


def test_a_day_after_publication_is_planned(coder: Coder) -> None:
    coded = coder.code(article("France will host talks with Iran on December 20."))
    assert coded.events
    assert {event.date for event in coded.events} == {dt.date(2016, 12, 8)}
    assert {event.planned_date for event in coded.events} == {dt.date(2016, 12, 20)}


def test_evidence_points_into_the_text(coder: Coder) -> None:
    one = article("ANKARA (AP) — It was cold. Turkey condemned Israel on Monday.")
    evidence = only(coder.code(one)).evidence[0]
    assert one.text[evidence.start : evidence.end] == evidence.sentence == "Turkey condemned Israel on Monday."
    assert one.text[slice(*evidence.trigger)] == "condemned"
    assert evidence.actor is not None
    assert one.text[slice(*evidence.actor)] == "Turkey"


def test_an_article_codes_the_same_alone_and_after_others(coder: Coder) -> None:
    one = article("Rebels in Colombia freed six soldiers on Sunday. Police in Lima arrested a senator.")
    alone = coder.code(one)
    coder.code(article("Kenya recalled its ambassador to Uganda. " * 40))
    assert coder.code(one) == alone


def test_an_article_without_events_gives_none(coder: Coder) -> None:
    coded = coder.code(article("The weather in the valley was mild, and the harvest was good."))
    assert coded.events == ()
    assert coded.sentences == 1


@pytest.mark.parametrize("text", ["\x00\x01\x02", "<p>Police <b>arrested</b> a man.</p>", "a" * 100_000, "?!" * 500])
def test_odd_text_is_coded_without_a_fault(coder: Coder, text: str) -> None:
    assert coder.code(article(text)).article.text == text


def test_who_warns_that_his_country_will_act_does_not_warn_it(coder: Coder) -> None:
    coded = coder.code(article("Chad's foreign minister warned Sudan. He warned that Chad would respond with force."))
    assert ("THREATEN", "TCDGOV", "TCD") not in dyads(coded)


@pytest.mark.parametrize(("place", "bearing"), [("Aden", "YEM"), ("a town", None)])
def test_an_act_is_done_to_a_place_that_has_a_name(place: str, bearing: str | None, coder: Coder) -> None:
    coded = coder.code(article(f"The army of Yemen declared a curfew in {place} on Monday."))
    assert dyads(coded) == {("COERCE", "YEMMIL", bearing)}
