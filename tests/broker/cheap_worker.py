"""``eventwire worker`` with the coder of ``cheap_coder``; settings from the environment."""

import sys
from collections.abc import Callable
from typing import Any, cast

import typer

from service.cli.output import ExitCode
from service.cli.worker import serve
from service.config import Settings
from tests.broker.cheap_coder import load

if __name__ == "__main__":
    try:
        code = serve(Settings(_env_file=None), cast("Callable[..., Any]", load))
    except typer.Exit as end:
        code = ExitCode(end.exit_code)
    sys.exit(code)
