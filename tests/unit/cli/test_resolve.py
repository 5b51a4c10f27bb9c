"""Who a phrase means."""

import json

from typer.testing import CliRunner

from service.cli import app
from service.cli.output import ExitCode

runner = CliRunner()
NOBODY = {"text": None, "name": None, "code": None, "country": None, "sector": None, "resolution": None}


def test_each_line_is_answered_in_its_place() -> None:
    asked: list[dict[str, str | None]] = [
        {"text": "Russian Foreign Minister Sergei Lavrov", "date": "2016-12-08", "context": None},
        {"text": "the moon", "date": None, "context": None},
        {"text": "rebels", "date": "2016-12-08", "context": "Aleppo, Syria", "more": "is ignored"},
    ]
    result = runner.invoke(app, ["resolve"], input="\n".join(map(json.dumps, asked)))
    assert result.exit_code == ExitCode.DONE
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["text"] for answer in answers] == [question["text"] for question in asked]
    assert [answer["code"] for answer in answers] == ["RUSGOV", None, "SYRREB"]
    assert [set(answer) for answer in answers] == [set(NOBODY)] * 3


def test_a_line_that_is_no_question_gives_nulls_and_a_message() -> None:
    given = (
        'not json\n{"text": "rebels", "date": "yesterday"}\n{"date": null}\n{"text": "Moscow", "date": "2016-12-08"}\n'
    )
    result = runner.invoke(app, ["resolve", "-"], input=given)
    assert result.exit_code == ExitCode.REJECTED
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert answers[:3] == [NOBODY] * 3
    assert answers[3]["code"] == "RUSGOV"
    assert [line.split(" ")[:2] for line in result.stderr.splitlines()[:3]] == [
        ["-:1:", "line:"],
        ["-:2:", "date:"],
        ["-:3:", "text:"],
    ]


def test_a_table_has_a_row_for_each_phrase() -> None:
    result = runner.invoke(app, ["resolve", "--format", "table"], input='{"text": "Moscow", "date": "2016-12-08"}')
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["text", "Moscow"]


def test_a_file_that_is_not_there_is_wrong_use() -> None:
    assert runner.invoke(app, ["resolve", "nowhere.jsonl"]).exit_code == ExitCode.USAGE
