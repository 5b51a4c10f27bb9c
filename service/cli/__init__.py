"""The command ``eventwire``: one module a command, put together here.

The modules import what is heavy (onnxruntime, faust, Kafka clients) inside their commands, so that ``--help`` is quick.
"""

import importlib.metadata
import os
import sys
from typing import Annotated

import typer

from service.cli.bench import bench_app
from service.cli.code import code
from service.cli.config import config_app
from service.cli.demo import demo
from service.cli.dlq import dlq_app
from service.cli.output import ExitCode
from service.cli.produce import produce
from service.cli.resolve import resolve
from service.cli.tail import tail
from service.cli.topics import topics_app
from service.cli.worker import worker

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


for _command in (code, resolve, worker, produce, tail, demo):
    app.command()(_command)
for _name, _group in (("topics", topics_app), ("dlq", dlq_app), ("config", config_app), ("bench", bench_app)):
    app.add_typer(_group, name=_name)


def main() -> None:
    """Entry point of the console script; exit codes as in ``ExitCode``."""
    # Before numpy is loaded, here or in a process that codes. Its products are small, and each core has a process:
    # threads would only wait for each other (decoding took 25 times as long on a busy machine of two cores).
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(ExitCode.INTERRUPTED)
