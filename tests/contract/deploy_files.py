"""The files under deploy/, read."""

import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from tests.processes import CHECKOUT

DEPLOY = CHECKOUT / "deploy"
DASHBOARD = DEPLOY / "grafana" / "dashboards" / "eventwire.json"
RULES = DEPLOY / "prometheus" / "rules.yml"


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction of a Dockerfile, continuation lines joined, with the number of the stage that it stands in."""

    stage: int
    name: str
    rest: str


def dockerfile() -> list[Instruction]:
    text = re.sub(r"^\s*#.*\n", "", (DEPLOY / "Dockerfile").read_text(), flags=re.MULTILINE).replace("\\\n", " ")
    found: list[Instruction] = []
    stage = 0
    for line in filter(None, map(str.strip, text.splitlines())):
        name, _, rest = line.partition(" ")
        stage += name == "FROM"
        found.append(Instruction(stage, name, rest.strip()))
    return found


def copied_from_the_context() -> list[str]:
    """Every source that the Dockerfile copies out of the checkout."""
    copies = [i.rest.split() for i in dockerfile() if i.name == "COPY" and not i.rest.startswith("--from")]
    return [source for words in copies for source in words[:-1]]


def healthcheck() -> list[str]:
    """The command that asks whether the container is well."""
    check = next(i.rest for i in dockerfile() if i.name == "HEALTHCHECK")
    command: list[str] = json.loads(check[check.index("[") :])
    return command


def services() -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    return loaded


def panels() -> list[dict[str, Any]]:
    """The dashboard's panels, in the order of their places, without the row titles."""
    found = [panel for panel in json.loads(DASHBOARD.read_text())["panels"] if panel["type"] != "row"]
    return sorted(found, key=lambda panel: (panel["gridPos"]["y"], panel["gridPos"]["x"]))


def panel_queries() -> dict[str, str]:
    """Query by the title of its panel and its letter."""
    return {f"{panel['id']} {panel['title']} {t['refId']}": t["expr"] for panel in panels() for t in panel["targets"]}


def rules() -> dict[str, str]:
    """Query by the name of its alert."""
    groups = yaml.safe_load(RULES.read_text())["groups"]
    return {rule["alert"]: rule["expr"] for group in groups for rule in group["rules"]}


def commands() -> set[tuple[str, ...]]:
    """Every eventwire command that a file here runs or tells a reader to run: subcommands, then options by name."""
    found = {tuple(json.loads(i.rest)) for i in dockerfile() if i.name == "CMD"}
    found |= {tuple(service["command"]) for service in services().values() if "command" in service}
    for path in sorted(DEPLOY.rglob("*")):
        if path.is_file():
            found |= set(_told(path.read_text()))
    return found


def _told(text: str) -> Iterator[tuple[str, ...]]:
    """The calls in a text: within backticks, or set off in a comment."""
    for call in re.findall(r"(?:`|#   )eventwire ([^`#\n]+)", text):
        words = call.split()
        subcommands = itertools.takewhile(re.compile("[a-z]+").fullmatch, words)
        yield (*subcommands, *(word for word in words if word.startswith("--")))
