"""The command ``eventwire``: one module a command, put together here.

The modules import what is heavy (onnxruntime, faust, Kafka clients) inside their commands, so that ``--help`` is quick.
"""

import importlib
import importlib.metadata
import importlib.util
import sys
from typing import Annotated

import typer

from service.cli.output import ExitCode

app = typer.Typer(
    name="eventwire",
    help="News articles in on one Kafka topic; who did what to whom, when and where out on another, each event once.",
    epilog="Example: eventwire demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,  # locals may hold passwords
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"eventwire {importlib.metadata.version('eventwire')}")
        raise typer.Exit


@app.callback()
def eventwire(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    pass


COMMANDS = ("code", "resolve", "worker", "produce", "tail", "demo")
GROUPS = ("topics", "dlq", "config", "bench")
for _name in COMMANDS:
    if importlib.util.find_spec(f"service.cli.{_name}"):
        app.command(_name)(getattr(importlib.import_module(f"service.cli.{_name}"), _name))
for _name in GROUPS:
    if importlib.util.find_spec(f"service.cli.{_name}"):
        app.add_typer(getattr(importlib.import_module(f"service.cli.{_name}"), f"{_name}_app"), name=_name)


def main() -> None:
    """Entry point of the console script; exit codes as in ``ExitCode``."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(ExitCode.INTERRUPTED)
