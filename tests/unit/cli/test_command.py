"""What all commands share: help, version, exit codes, settings."""

import os
import re
import subprocess
import sys

import pytest
from typer.testing import CliRunner

import service.cli
from service.cli import app
from service.cli.output import ExitCode

runner = CliRunner()


def commands() -> list[list[str]]:
    """Every command and sub-command, as typed."""
    names = [[command.name or command.callback.__name__] for command in app.registered_commands if command.callback]
    for group in app.registered_groups:
        assert group.name
        assert group.typer_instance
        for command in group.typer_instance.registered_commands:
            assert command.callback
            names.append([group.name, command.name or command.callback.__name__])
    return names


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_the_help_of_a_command_shows_an_example(command: list[str]) -> None:
    result = runner.invoke(app, [*command, "--help"], env={"COLUMNS": "200"})
    assert result.exit_code == ExitCode.DONE
    assert re.search(rf"Example: (.*[ |])?eventwire {' '.join(command)}\b", result.stdout)


def test_help_does_not_load_what_is_heavy() -> None:
    """A help page that takes seconds is not read."""
    program = (
        "import sys, service.cli\n"
        "try: service.cli.main()\n"
        "except SystemExit: pass\n"
        "sys.exit(' '.join({'onnxruntime', 'faust', 'aiokafka', 'kafka', 'confluent_kafka'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", program, "--help"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_version_is_said() -> None:
    result = runner.invoke(app, ["--version"])
    assert (result.exit_code, result.stdout.split()[0]) == (0, "eventwire")


@pytest.mark.parametrize(
    "arguments", [["no-such-command"], ["config", "show", "--format", "xml"], ["--no-such-option"]]
)
def test_wrong_use_ends_with_2(arguments: list[str]) -> None:
    assert runner.invoke(app, arguments).exit_code == ExitCode.USAGE


def test_a_wrong_setting_is_named_and_ends_with_2() -> None:
    result = runner.invoke(
        app, ["config", "show"], env={"EVENTWIRE_PARTITIONS": "many", "EVENTWIRE_MODALITIES": "maybe"}
    )
    assert result.exit_code == ExitCode.USAGE
    assert "EVENTWIRE_PARTITIONS" in result.stderr
    assert "EVENTWIRE_MODALITIES" in result.stderr
    assert not result.stdout


def test_numpy_keeps_to_one_thread_in_each_process_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service.cli, "app", lambda: None)
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "2")
    service.cli.main()
    assert os.environ["OPENBLAS_NUM_THREADS"] == "2"
    monkeypatch.delenv("OPENBLAS_NUM_THREADS")
    service.cli.main()
    assert os.environ["OPENBLAS_NUM_THREADS"] == "1"


def test_an_interrupt_ends_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(service.cli, "app", interrupted)
    with pytest.raises(SystemExit) as end:
        service.cli.main()
    assert end.value.code == ExitCode.INTERRUPTED
