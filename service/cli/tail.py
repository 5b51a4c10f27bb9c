"""``eventwire tail``: events as they come."""

from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import ValidationError

from service.cli.connected import connected
from service.cli.output import ExitCode, Format, FormatOption, choose_format, console_out, say, write_json_line
from service.cli.tables import event_cells
from service.model import Event

if TYPE_CHECKING:
    from kafka.consumer.fetcher import ConsumerRecord

COLUMNS = ("date", "type", "actor -> recipient", "place", "confidence")
WIDTHS = (10, 21, 66, 20, 0)
"""In characters; longer words push the rest to the right."""


def tail(
    *,
    from_beginning: Annotated[bool, typer.Option("--from-beginning", help="Also what is there already.")] = False,
    until_idle: Annotated[
        float | None, typer.Option(metavar="SECONDS", min=0, help="End when nothing came for so long.")
    ] = None,
    updates: Annotated[
        bool, typer.Option("--updates", help="Also later revisions: events that another article corroborated.")
    ] = False,
    form: FormatOption = None,
) -> None:
    """Show published events as they come, until Ctrl-C.

    Example: eventwire tail --from-beginning --until-idle 5 --format jsonl > events.jsonl
    """
    from service.stream import topics
    from service.stream.clients import consumer
    from service.stream.reading import follow, start

    form, foreign = choose_format(form), 0
    with connected() as settings:
        names = [settings.events_topic, *([settings.updates_topic] if updates else [])]
        topics.require(settings, *names)
        with consumer(settings) as client:
            start(client, names, from_beginning=from_beginning)
            say(f"following {' and '.join(names)} at {settings.bootstrap_servers}")
            if form is Format.table:
                write_cells(COLUMNS)
            for record in follow(client, until_idle):
                foreign += not show(record, form)
    if foreign:
        raise typer.Exit(ExitCode.REJECTED)


def show(record: "ConsumerRecord", form: Format) -> bool:
    """Writes the event of a record; whether there was one."""
    from service.pipeline.publish import parse_event

    if record.value is None:  # someone deleted an event of a compacted topic
        return True
    try:
        event = parse_event(record.value)
    except ValidationError:
        say(f"{record.topic}-{record.partition}-{record.offset} is no event")
        return False
    if form is Format.jsonl:
        write_json_line(event)
    else:
        write_event(event)
    return True


def write_event(event: Event) -> None:
    """A line with the event, and one with the sentence that says it best."""
    date, kind, parties, place, _, confidence = event_cells(event)
    again = f"  revision {event.revision}, {event.articles} articles" if event.revision > 1 else ""
    write_cells((date, kind, parties, place, confidence + again))
    # rich would break long sentences at the width of the terminal, and take brackets for markup.
    console_out().print(f"{'':12}{event.evidence[0].sentence}", style="dim", soft_wrap=True)


def write_cells(cells: tuple[str, ...]) -> None:
    """One line of the table; its columns are as wide as ever, for what comes is not known."""
    line = "  ".join(cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=True)).rstrip()
    console_out().print(line, soft_wrap=True)
