"""``eventwire topics``: the topics of schemas/topics.yaml on the broker."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.connected import connected
from service.cli.output import ExitCode, FormatOption, say
from service.cli.rows import write_rows

if TYPE_CHECKING:
    from service.stream.topic_rules import Difference
    from service.stream.topics import Listed

topics_app = typer.Typer(help="The topics on the broker: make them, check them, list them.", no_args_is_help=True)


@topics_app.command()
def create(
    *,
    alter: Annotated[
        bool, typer.Option("--alter", help="Also set right what can be set right on topics that are there.")
    ] = False,
    form: FormatOption = None,
) -> None:
    """Make the topics that are missing. Ends with 1 when something about the topics is wrong after that.

    Example: EVENTWIRE_PARTITIONS=8 EVENTWIRE_REPLICATION_FACTOR=3 eventwire topics create
    """
    from service.stream import topics

    with connected() as settings:
        changes = topics.create(settings, alter=alter)
        differences = topics.check(settings)
    write_rows(("topic", "done"), map(asdict, changes), form)
    if not changes:
        say("all topics are there")
    for difference in differences:
        say(f"{difference.topic} {difference.fault}: {difference.remedy}")
    if differences:
        raise typer.Exit(ExitCode.FAILED)


@topics_app.command()
def check(form: FormatOption = None) -> None:
    """Say what is wrong with the topics, and what to do about each. Ends with 1 when something is wrong.

    Example: eventwire topics check --format jsonl
    """
    from service.stream import topics

    with connected() as settings:
        differences: Sequence[Difference] = topics.check(settings)
    write_rows(("topic", "fault", "remedy"), map(asdict, differences), form)
    if differences:
        raise typer.Exit(ExitCode.FAILED)
    say("all topics are as the worker needs them")


@topics_app.command("list")
def list_topics(form: FormatOption = None) -> None:
    """List the topics in the order of the flow, with what the broker has of each.

    Example: eventwire topics list
    """
    from service.stream import topics

    columns = ("topic", "partitions", "replicas", "records", "cleanup", "max_bytes", "key", "description")
    with connected() as settings:
        listing = topics.listing(settings)
    write_rows(columns, map(row, listing), form)
    if missing := [listed.name for listed in listing if listed.topic is None]:
        say(f"missing: {', '.join(missing)}; eventwire topics create makes them")


def row(listed: "Listed") -> dict[str, object]:
    """A topic as its line says it; a topic that is missing has no partitions."""
    topic = listed.topic
    largest = topic and topic.config.get("max.message.bytes")
    return {
        "topic": listed.name,
        "partitions": topic and topic.partitions,
        "replicas": topic and topic.replicas,
        "records": listed.records if topic else None,
        "cleanup": topic and topic.config.get("cleanup.policy"),
        "max_bytes": int(largest) if largest else None,
        "key": listed.spec.key,
        "description": listed.spec.description,
    }
