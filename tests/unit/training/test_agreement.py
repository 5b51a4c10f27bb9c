"""Two annotations of the same sentences, compared field by field."""

from service.training.agreement import agreements
from service.training.corpus import Annotation, Sentence

TEXT = "Lomé freed two envoys on Friday and thanked Accra."


def annotation(trigger: str, kind: str, **fields: object) -> Annotation:
    plain = {"mode": None, "modality": "actual", "actors": ("Lomé",), "recipients": (), "place": None}
    return Annotation.model_validate(
        {"trigger": trigger, "type": kind, "date": None, "planned": None, **plain, **fields}
    )


def compared(first: list[Annotation], second: list[Annotation]) -> dict[str, float]:
    one, other = (Sentence(text=TEXT, events=tuple(events)) for events in (first, second))
    return {agreement.field: round(agreement.value, 3) for agreement in agreements([(one, other)])}


def test_a_sentence_read_alike_agrees_in_every_field() -> None:
    freed = annotation("freed", "RETREAT", mode="release", recipients=("two envoys",), date="on Friday")
    found = compared([freed], [freed])
    assert {found[field] for field in ("trigger", "and type", "mode", "modality", "actors", "recipients", "date")} == {
        1
    }


def test_an_act_that_one_reader_passed_over_lowers_the_triggers_alone() -> None:
    freed, thanked = annotation("freed", "RETREAT"), annotation("thanked", "SUPPORT")
    found = compared([freed, thanked], [freed])
    assert found["trigger"] == 0.667
    assert found["actors"] == 1


def test_fields_are_compared_only_where_the_type_is_one() -> None:
    found = compared(
        [annotation("freed", "RETREAT"), annotation("thanked", "SUPPORT")],
        [annotation("freed", "CONCEDE", actors=()), annotation("thanked", "SUPPORT")],
    )
    assert (found["trigger"], found["and type"], found["actors"]) == (1, 0.5, 1)


def test_phrases_agree_when_they_meet() -> None:
    found = compared(
        [annotation("freed", "RETREAT", recipients=("two envoys",), date="on Friday")],
        [annotation("freed", "RETREAT", recipients=("envoys",))],
    )
    assert found["recipients"] == 1
    assert found["date"] == 0


def test_an_event_is_read_alike_when_all_of_its_parties_and_its_date_are() -> None:
    both = annotation("freed", "RETREAT", actors=("Lomé", "Accra"), date="on Friday")
    assert compared([both], [both])["and who, whom, when"] == 1
    assert compared([both], [annotation("freed", "RETREAT", date="on Friday")])["and who, whom, when"] == 0
