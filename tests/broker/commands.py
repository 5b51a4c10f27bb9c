"""The command line as a user runs it: a process of its own, settings from the environment."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from service.config import Settings
from service.shipped.topics import topic_table
from tests.processes import CHECKOUT

SECONDS = 120


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Its result, one JSON object a line."""
        return [json.loads(line) for line in self.out.splitlines()]


def topics_of(run: str, **values: Any) -> Settings:
    """Settings with topics and an application of the run's own."""
    named = {spec.setting: f"{run}.{spec.name}" for spec in topic_table()}
    return Settings(_env_file=None, **({"app_id": run} | named | values))


def environment(settings: Settings) -> dict[str, str]:
    """What the settings are as environment variables; only those that are set."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("EVENTWIRE_")}
    return others | {f"EVENTWIRE_{name.upper()}": _said(getattr(settings, name)) for name in settings.model_fields_set}


def _said(value: object) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


def run_command(settings: Settings, *arguments: str | Path, stdin: bytes = b"") -> Ended:
    """``eventwire`` with these arguments, to its end."""
    command = [sys.executable, "-m", "service", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=CHECKOUT, env=environment(settings), input=stdin, capture_output=True, timeout=SECONDS, check=False
    )
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())
