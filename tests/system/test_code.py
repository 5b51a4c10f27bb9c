"""Articles in, coded events out."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from service.cli import app
from service.cli.code_run import summary
from service.cli.output import ExitCode
from service.model import Rejected
from service.pipeline.processing import Tally

MEETING = "Russian Foreign Minister Sergei Lavrov met with U.S. Secretary of State John Kerry in Hamburg on December 7."
DENIAL = "Turkish forces did not attack Greek soldiers."
runner = CliRunner()


def article(name: str, text: str, source: str = "Evening Post") -> bytes:
    fields = {"id": name, "source": source, "text": text, "published_at": "2016-12-08T12:00:00Z"}
    return json.dumps(fields).encode() + b"\n"


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_each_event_is_a_line_in_the_order_of_the_articles_and_what_is_rejected_or_held_has_its_file(
    tmp_path: Path,
) -> None:
    given = article("b", MEETING) + b'{"id": "broken"}\n\xff\xfe\n' + article("a", f"{MEETING} {DENIAL}")
    rejected, held = tmp_path / "rejected.jsonl", tmp_path / "held.jsonl"
    result = runner.invoke(app, ["code", "-", "--rejected", str(rejected), "--held", str(held)], input=given)
    assert result.exit_code == ExitCode.REJECTED
    events = lines(result.stdout)
    assert [event["article_id"] for event in events] == ["b", "a"]
    assert {(event["type"], event["date"], event["actor"]["code"], event["recipient"]["code"]) for event in events} == {
        ("CONSULT", "2016-12-07", "RUSGOV", "USAGOV")
    }
    faults = lines(rejected.read_text(encoding="utf-8"))
    assert [(fault["origin"], fault["reason"]) for fault in faults] == [("-:2", "no_text"), ("-:3", "not_utf8")]
    assert (faults[0]["value"], faults[1]["value_base64"]) == ('{"id": "broken"}', "//4=")
    assert {(one["article_id"], one["reason"]) for one in lines(held.read_text(encoding="utf-8"))} == {
        ("a", "modality")
    }
    assert "4 received, 2 coded, 2 rejected (no_text 1, not_utf8 1)" in result.stderr


def test_deduplicated_events_come_once_with_all_who_report_them() -> None:
    given = article("1", MEETING) + article("2", MEETING, "Morning Mail") + article("2", MEETING, "Morning Mail")
    result = runner.invoke(app, ["code", "--dedup"], input=given)
    (event,) = lines(result.stdout)
    assert (event["article_id"], event["articles"], event["revision"]) == ("1", 2, 2)
    assert event["sources"] == ["Evening Post", "Morning Mail"]
    assert event["first_seen"] == "2016-12-08T12:00:00Z"


def test_modalities_are_chosen_by_name_or_all() -> None:
    given = article("1", f"{MEETING} {DENIAL}")
    everything = runner.invoke(app, ["code", "--include-modality", "all"], input=given)
    negated = runner.invoke(app, ["code", "--include-modality", "negated"], input=given)
    assert {event["modality"] for event in lines(everything.stdout)} == {"actual", "negated"}
    assert {event["modality"] for event in lines(negated.stdout)} == {"negated"}


def test_an_explanation_tells_the_words_the_codes_and_what_became_of_each_act() -> None:
    given = article("1", f"{MEETING} {DENIAL}")
    result = runner.invoke(app, ["code", "--explain"], input=given)
    met, denied = lines(result.stdout)
    (event,) = lines(runner.invoke(app, ["code"], input=given).stdout)
    assert (met["trigger"], met["type"], met["event_id"]) == ("met", "CONSULT", event["event_id"])
    assert (met["actor"]["words"], met["actor"]["code"]) == ("Russian Foreign Minister Sergei Lavrov", "RUSGOV")
    assert met["date"] == {"words": "December 7", "day": "2016-12-07", "basis": "stated"}
    assert (met["place"]["words"], met["place"]["country"]) == ("Hamburg", "DEU")
    assert (denied["modality"], denied["event_id"], denied["held"]) == ("negated", None, "modality")
    shown = runner.invoke(app, ["code", "--explain", "--format", "table"], input=given).stdout
    assert '"met" is CONSULT' in shown
    assert "held back: modality" in shown


def test_a_pronoun_is_explained_by_whom_it_stands_for() -> None:
    text = "Russian Foreign Minister Sergei Lavrov arrived. He condemned Turkey."
    result = runner.invoke(app, ["code", "--explain"], input=article("1", text))
    said = next(one for one in lines(result.stdout) if one["type"] == "ACCUSE")
    assert (said["actor"]["words"], said["actor"]["resolution"]) == ("He", "coreference")
    assert said["actor"]["stands_for"] == "Russian Foreign Minister Sergei Lavrov"


def test_what_is_no_article_is_said_and_the_rest_explained() -> None:
    result = runner.invoke(app, ["code", "--explain"], input=b'{"id": "broken"}\n' + article("1", MEETING))
    assert result.exit_code == ExitCode.REJECTED
    assert len(lines(result.stdout)) == 1
    assert "no_text" in result.stderr


def test_a_table_is_for_people() -> None:
    result = runner.invoke(app, ["code", "--format", "table"], input=article("1", MEETING))
    assert result.stdout.splitlines()[0].split() == [
        "date",
        "type",
        "actor",
        "->",
        "recipient",
        *"place modality confidence".split(),
    ]
    assert "RUSGOV (Sergei Lavrov) -> USAGOV (" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["--include-modality", "perhaps"],
        ["--min-confidence", "2"],
        ["--jobs", "0"],
        ["nowhere.json"],
        ["--rejected", "no/such/folder/rejected.jsonl"],
        ["--source", "Evening Post"],
    ],
    ids=" ".join,
)
def test_wrong_use_is_told_before_anything_is_coded(arguments: list[str]) -> None:
    result = runner.invoke(app, ["code", *arguments], input="")
    assert (result.exit_code, result.stdout) == (ExitCode.USAGE, "")


def test_a_folder_of_tables_that_is_not_there_is_named() -> None:
    result = runner.invoke(app, ["code"], input="", env={"EVENTWIRE_KNOWLEDGE_DIR": "/no/such/folder"})
    assert result.exit_code == ExitCode.USAGE
    assert "EVENTWIRE_KNOWLEDGE_DIR: /no/such/folder" in result.stderr


def test_the_summary_holds_the_conservation_law() -> None:
    tally = Tally.of([Rejected(reason="schema", detail=""), Rejected(reason="no_text", detail="")])
    assert summary(tally) == (
        "articles: 2 received, 0 coded, 2 rejected (no_text 1, schema 1); events: 0 extracted, 0 held back, 0 coded"
    )
