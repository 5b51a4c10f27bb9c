"""What README says is tried. Its settings and the demo's output have tests of their own."""

import contextlib
import io
import itertools
import json
import re
import runpy
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from service.cli import app
from tests.processes import CHECKOUT

README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
BLOCKS = [(kind, body) for kind, body in re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)]
COMMANDS = [
    line.partition("#")[0].strip()
    for kind, body in BLOCKS
    if not kind and "\n...\n" not in body  # the demo's output
    for line in body.splitlines()
    if "eventwire " in line
]
GROUPS = {group.name for group in app.registered_groups}


def test_the_python_example_prints_what_it_says(tmp_path: Path) -> None:
    (example,) = [body for kind, body in BLOCKS if kind == "python"]
    program = tmp_path / "example.py"
    program.write_text(example, encoding="utf-8")
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        runpy.run_path(str(program))
    assert printed.getvalue() == example.rpartition("# ")[2]


def test_the_example_table_names_an_actor(tmp_path: Path) -> None:
    (table,) = [body for _, body in BLOCKS if body.startswith("name\t")]
    (tmp_path / "groups.tsv").write_text(table, encoding="utf-8")
    result = CliRunner().invoke(
        app,
        ["resolve"],
        input='{"text": "RVSF", "date": "1999-01-01"}\n{"text": "RVSF", "date": "2011-01-01"}',
        env={"EVENTWIRE_KNOWLEDGE_DIR": str(tmp_path)},
    )
    within, after = map(json.loads, result.stdout.splitlines())
    assert (within["name"], within["code"], after["code"]) == ("Riverside Front", "UGAREB", None)


def test_the_example_tables_of_ones_own_code_the_sentence_as_said(tmp_path: Path) -> None:
    for first, name in (("name", "groups"), ("word", "verbs")):
        (table,) = [body for _, body in BLOCKS if body.startswith(f"{first}\t")]
        (tmp_path / f"{name}.tsv").write_text(table, encoding="utf-8")
    said = re.search(r'With these two tables "(.*?)" gives (\w+)/(\w+)\s+from (\w+) to (\w+)', README, re.DOTALL)
    assert said is not None
    text, *wanted = said.groups()
    given = json.dumps({"text": text, "published_at": "2001-03-07T00:00:00Z"})
    result = CliRunner().invoke(app, ["code"], input=given, env={"EVENTWIRE_KNOWLEDGE_DIR": str(tmp_path)})
    (event,) = map(json.loads, result.stdout.splitlines())
    assert [event["type"], event["mode"], event["actor"]["code"], event["recipient"]["code"]] == wanted


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_line_names_a_command_and_options_that_it_has(line: str) -> None:
    words = shlex.split(re.split(r"\beventwire(?= )", line)[-1])
    names = list(itertools.takewhile(lambda word: re.fullmatch("[a-z]+", word), words))
    command = names[: 2 if names[0] in GROUPS else 1]
    helped = CliRunner().invoke(app, [*command, "--help"], env={"COLUMNS": "200"})
    assert helped.exit_code == 0, helped.output
    assert [word for word in words if word.startswith("--") and f" {word} " not in helped.stdout] == []
