"""The checker of annotations."""

import json
import re
from pathlib import Path

import pytest

from service.training.check import main
from tests.unit.training.test_corpus import DOCUMENT, EVENT, ROOT, SENTENCE, write

Fields = dict[str, object]


def faults(capsys: pytest.CaptureFixture[str], path: Path) -> list[str]:
    """What is said about the lines of one file, without its name."""
    main([str(path)])
    return [line.partition(": ")[2] for line in capsys.readouterr().out.splitlines() if line.startswith(f"{path}:")]


def test_the_examples_of_the_guide_are_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    guide = (ROOT / "seeds/corpus/GUIDE.md").read_text("utf-8")
    examples = re.findall(r"```json\n(.*?)\n```", guide)
    path = write(tmp_path / "a.jsonl", *map(json.loads, examples))
    assert faults(capsys, path) == []
    assert len(examples) == 2


def test_what_is_right_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "held_back/a.jsonl", {"text": "It rained.", "events": []})
    write(tmp_path / "a.jsonl", SENTENCE, DOCUMENT)
    assert main([str(tmp_path)]) == 0
    said = capsys.readouterr().out
    for count in ("types: RETREAT 2", "modes: RETREAT/release 1", "modalities: actual 2", "faults: 0"):
        assert count in said.splitlines()
    assert "sentences: 2, 1 without event, 1 held back; documents: 1" in said


def test_no_file_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "nothing.jsonl")]) == 2
    assert "not there" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"trigger": "set free"}, "'set free': the trigger is no single word"),
        ({"trigger": "released"}, "'released': not in the text"),
        ({"recipients": ["three envoys"]}, "'freed': recipient not in the text: 'three envoys'"),
        ({"recipients": ["envoys", "two envoys"]}, "'freed': recipient 'envoys' overlaps recipient 'two envoys'"),
        ({"recipients": ["envoys on Friday"]}, "'freed': recipient 'envoys on Friday' overlaps date 'on Friday'"),
        ({"actors": ["freed"]}, "'freed': the actor 'freed' is the trigger, or holds it"),
        ({"place": "Lomé"}, "'freed': actor 'Lomé' overlaps place 'Lomé'"),
        (
            {"mode": "expel"},
            "'freed': RETREAT has no mode 'expel', only access, ceasefire, disarm, release, resign, withdraw",
        ),
    ],
)
def test_a_slip_in_a_sentence_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: Fields, fault: str
) -> None:
    path = write(tmp_path / "a.jsonl", SENTENCE | {"events": [EVENT | change]})
    assert faults(capsys, path) == [fault]


def test_a_place_stands_without_its_preposition_and_days_are_possible(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    event = EVENT | {"place": "in Kara", "date": "on February 30", "planned": "on 31 June"}
    text = "On paper Lomé freed two envoys in Kara on February 30, more to follow on 31 June."
    path = write(tmp_path / "a.jsonl", {"text": text, "events": [event]})
    assert faults(capsys, path) == [
        "'freed': place with its preposition: 'in Kara'",
        "'freed': no such day: 'February 30'",
        "'freed': no such day: '31 June'",
    ]


def test_one_trigger_carries_one_event(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "a.jsonl", SENTENCE | {"events": [EVENT, EVENT | {"modality": "negated"}]})
    assert faults(capsys, path) == ["two events of one trigger: 'freed'"]


def test_a_frame_written_twice_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    frame = "{} accused {} on {} of letting smugglers carry diesel over the frozen river by night."
    texts = [frame.format("Tallinn", "Moscow", "Friday"), frame.format("Peru", "Quito", "Monday")]
    first = write(tmp_path / "a.jsonl", {"text": texts[0], "events": []})
    second = write(tmp_path / "held_back/b.jsonl", {"text": texts[1], "events": []})
    assert main([str(first), str(second)]) == 1
    assert f"{second}:1: 100% the words of {first}:1, and one is held back" in capsys.readouterr().out.splitlines()


ENTITY = {"name": "Togo", "code": "TGO", "mentions": [[0, "Togo"], [1, "It"]]}
ACT = {"paragraph": 0, "trigger": "freed", "type": "RETREAT"}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"entities": [ENTITY | {"mentions": [[1, "Togo"]]}]}, "'Togo': mention not in paragraph 1: 'Togo'"),
        ({"entities": [ENTITY | {"code": "TGOKING"}]}, "'Togo': no sector 'KING'"),
        ({"entities": [ENTITY | {"code": "TOG"}]}, "'Togo': no country 'TOG'"),
        ({"entities": [ENTITY | {"members": ["Benin"]}]}, "'Togo': no entity is called 'Benin'"),
        ({"entities": [ENTITY | {"codes": ["TGO", "BEN"]}]}, "'Togo': codes beside a code or members"),
        (
            {"entities": [ENTITY, {"name": "Benin", "mentions": [[0, "Togo"]]}]},
            "'Benin': paragraph 0: 'Togo' is a mention of 'Togo' already",
        ),
        ({"events": [ACT | {"actors": ["It"]}]}, "'freed': actor 'It' is no mention of an entity in paragraph 0"),
        ({"events": [ACT | {"paragraph": 2}]}, "'freed': no paragraph 2"),
        ({"events": [ACT | {"again": [[1, "freed"]]}]}, "'freed': not in the text"),
        (
            {"events": [ACT | {"date": {"day": "1994-05-03"}}]},
            "'freed': 1994-05-03 is after the publication on 1994-05-02",
        ),
        ({"events": [ACT | {"date": {"day": "1994-02-30"}}]}, "events.0.date.day: Input should be a valid date"),
        (
            {"events": [ACT | {"planned": {"day": "1994-05-04", "precision": "month"}}]},
            "'freed': 1994-05-04 is not the first day of a month; that is 1994-05-01",
        ),
        (
            {"events": [ACT | {"date": {"day": "1994-05-01"}, "planned": {"day": "1994-04-02"}}]},
            "'freed': planned for 1994-04-02, before the act on 1994-05-01",
        ),
    ],
)
def test_a_slip_in_a_document_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: Fields, fault: str
) -> None:
    found = faults(capsys, write(tmp_path / "a.jsonl", DOCUMENT | change))
    assert fault in [said[: len(fault)] for said in found], json.dumps(found)
