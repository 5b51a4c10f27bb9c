"""``eventwire config check``: whether what the worker needs is in order."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import typer

from service.cli.environment import load_settings
from service.cli.output import ExitCode, Format, FormatOption, choose_format, console_out, write_json_line
from service.config import Settings

SCARCE_BYTES = 1024**3
"""Free space below which the state, where it goes to disk, may soon have no room."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. ``remedy`` says what to do where it is not in order."""

    part: str
    ok: bool
    finding: str
    remedy: str | None = None


def check(form: FormatOption = None) -> None:
    """Check that broker, topics, network, knowledge and data folder are in order; say what to do where not.

    Ends with 1 when something is wrong.

    Example: eventwire config check
    """
    settings, wrong = load_settings(), False
    as_lines = choose_format(form) is Format.jsonl
    for finding in findings(settings):
        wrong = wrong or not finding.ok
        if as_lines:
            write_json_line(asdict(finding))
        else:
            mark = "✓" if finding.ok else "✗"
            remedy = f": {finding.remedy}" if finding.remedy else ""
            console_out().print(f"{mark} {finding.part:10} {finding.finding}{remedy}", soft_wrap=True)
    if wrong:
        raise typer.Exit(ExitCode.FAILED)


def findings(settings: Settings) -> Iterator[Finding]:
    """One or more for each part, in the order in which the worker needs them."""
    yield from broker_and_topics(settings)
    yield from coder(settings)
    yield data_folder(settings.data_dir)


def broker_and_topics(settings: Settings) -> Iterator[Finding]:
    """The broker, and each thing that is wrong with its topics."""
    from service.stream import topics
    from service.stream.broker_errors import BrokerError

    try:
        brokers, differences = topics.count_brokers(settings), topics.check(settings)
    except BrokerError as error:
        yield Finding("broker", ok=False, finding=str(error), remedy=error.hint)
        yield Finding("topics", ok=False, finding="not checked, for want of a broker")
        return
    yield Finding("broker", ok=True, finding=f"{settings.bootstrap_servers}, cluster of {brokers}")
    for difference in differences:
        yield Finding("topics", ok=False, finding=f"{difference.topic} {difference.fault}", remedy=difference.remedy)
    if not differences:
        yield Finding("topics", ok=True, finding="all are there, and as the worker needs them")


def coder(settings: Settings) -> Iterator[Finding]:
    """The tables, the user's own among them, and the network: each is loaded."""
    from service.knowledge import Knowledge, TableError
    from service.pipeline.parsing.network import Network

    own = f" and {settings.knowledge_dir}" if settings.knowledge_dir else ""
    try:
        Knowledge.load(settings.knowledge_dir)
    except (TableError, OSError) as error:
        yield Finding("knowledge", ok=False, finding=str(error), remedy="see EVENTWIRE_KNOWLEDGE_DIR, or install again")
    else:
        yield Finding("knowledge", ok=True, finding=f"the tables of the package{own}")
    try:
        version = Network().version
    except Exception as error:  # noqa: BLE001 - whatever keeps the network from loading is what was asked for
        yield Finding("network", ok=False, finding=f"does not load: {error}", remedy="install eventwire again")
    else:
        yield Finding("network", ok=True, finding=version)


def data_folder(folder: Path) -> Finding:
    """Whether the worker can write there; nothing is written, or made, by the check."""
    existing = next(parent for parent in (folder.absolute(), *folder.absolute().parents) if parent.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK | os.X_OK):
        return Finding("data", ok=False, finding=f"{existing} can't be written to", remedy="set EVENTWIRE_DATA_DIR")
    free = shutil.disk_usage(existing).free
    finding = f"{folder}, {free / 1024**3:.1f} GiB free" + ("" if folder.exists() else ", to be made")
    if free < SCARCE_BYTES:
        return Finding("data", ok=False, finding=finding, remedy="make room, or set EVENTWIRE_DATA_DIR")
    return Finding("data", ok=True, finding=finding)
