"""Days that are counted from another act of the article."""

import datetime as dt

import pytest

from service.model import Modality
from service.pipeline.coding.arguments import find_arguments
from service.pipeline.coding.chronology import Chronology
from service.pipeline.parsing import Trigger
from tests.unit.pipeline.coding.drawn import tree

PUBLISHED = dt.date(2004, 6, 18)  # a Friday
ARREST = (
    "Police/NOUN/2/nsubj arrested/VERB/0/root him/PRON/2/obj on/ADP/5/case Thursday/PROPN/2/obl ,/PUNCT/11/punct "
    "a/DET/8/det day/NOUN/9/obl after/SCONJ/11/mark he/PRON/11/nsubj led/VERB/2/advcl a/DET/13/det march/NOUN/11/obj"
)


def trigger(word: int, date: int | None = None, modality: Modality = "actual") -> Trigger:
    roles = {} if date is None else {date: ("date", 0.9)}
    return Trigger(word, "PROTEST", None, modality, 1.0, 1.0, roles)  # type: ignore[arg-type]


def day_of(chronology: Chronology, drawn: str, asked: Trigger, *others: Trigger) -> dt.date:
    chronology.enter()
    sentence = tree(drawn, (asked, *others))
    return chronology.date(sentence, asked, find_arguments(sentence, asked)).first


def test_an_act_a_day_before_another_of_its_sentence() -> None:
    assert day_of(Chronology(PUBLISHED), ARREST, trigger(12), trigger(1, 4)) == dt.date(2004, 6, 16)


def test_without_a_day_to_count_from_it_is_that_of_publication() -> None:
    assert day_of(Chronology(PUBLISHED), ARREST, trigger(12), trigger(1)) == PUBLISHED


@pytest.mark.parametrize(
    ("phrase", "date", "day"),
    [
        ("the/DET/6/det same/ADJ/6/amod evening/NOUN/2/obl", 5, 17),
        ("three/NUM/5/nummod days/NOUN/6/obl earlier/ADV/2/advmod", 5, 14),
        ("the/DET/6/det next/ADJ/6/amod morning/NOUN/2/obl", 5, 18),
        ("the/DET/5/det night/NOUN/2/obl before/ADV/5/advmod", 4, 16),
        ("on/ADP/5/case Tuesday/PROPN/2/obl there/ADV/2/advmod", 4, 15),
    ],
)
def test_a_day_that_is_counted_from_the_sentence_before(phrase: str, date: int, day: int) -> None:
    chronology = Chronology(PUBLISHED)
    day_of(chronology, ARREST, trigger(1, 4))
    drawn = f"Students/NOUN/2/nsubj stoned/VERB/0/root police/NOUN/2/obj {phrase}"
    assert day_of(chronology, drawn, trigger(1, date)) == dt.date(2004, 6, day)


def test_nothing_is_counted_from_an_act_that_may_not_have_been() -> None:
    chronology = Chronology(PUBLISHED)
    day_of(chronology, ARREST, trigger(1, 4, "hypothetical"))
    drawn = "Students/NOUN/2/nsubj stoned/VERB/0/root police/NOUN/2/obj that/DET/5/det day/NOUN/2/obl"
    assert day_of(chronology, drawn, trigger(1, 4)) == PUBLISHED
