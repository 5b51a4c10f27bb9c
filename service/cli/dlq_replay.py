"""``eventwire dlq replay``: rejected articles to the input topic again, each once."""

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.connected import connected
from service.cli.dlq_choice import METAVAR, Place, ReasonOption, letter_at, place
from service.cli.inputs import InputError, read_inputs
from service.cli.output import ExitCode, FormatOption, fail, say
from service.cli.rows import Row, write_rows
from service.model import Rejected

if TYPE_CHECKING:
    from service.stream.deadletters import Replay


def replay(
    *,
    reason: ReasonOption = None,
    at: Annotated[
        Place | None, typer.Option(metavar=METAVAR, parser=place, help="Only this one: partition and offset.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option(metavar="REPAIRED.json", help="The article to send instead of the one --at names.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Also what was replayed before.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before all are replayed.")] = False,
    form: FormatOption = None,
) -> None:
    """Send articles of dead letters to the input topic again, and note it. What was replayed before is left out.

    Ends with 1 when all had been replayed before, with 3 when one of them has nothing to send.

    Example: eventwire dlq replay --at 0:17 --file repaired.json
    """
    from service.stream import deadletters

    if at and reason:
        raise typer.BadParameter("--at names one dead letter, --reason selects among all: say one of them")
    if file and not at:
        raise typer.BadParameter("--file repairs one dead letter: name it with --at P:O")
    repaired = repaired_article(file) if file else None
    if not (at or reason or yes):
        ask()
    with connected() as settings, deadletters.reader(settings) as client:
        if at:
            chosen = iter([letter_at(client, settings, at)])
        else:
            everything = deadletters.dead_letters(client, settings)
            chosen = (letter for letter in everything if reason in (None, letter.reason))
        counts = write(deadletters.replay(settings, chosen, repaired, again=again), form)
    conclude(sent=counts[None], before=counts["before"], empty=counts["empty"])


def repaired_article(file: Path) -> bytes:
    """The one article in the file. One that would be rejected again is not sent."""
    from service.pipeline.articles import parse_article

    try:
        values = [item.value for item in read_inputs([str(file)])]
    except InputError as error:
        fail(str(error), code=ExitCode.USAGE)
    if len(values) != 1:
        fail(f"{file}: one article is needed, not {len(values)}", code=ExitCode.USAGE)
    if isinstance(outcome := parse_article(values[0]), Rejected):
        fail(f"{file} would be rejected again: {outcome.reason}: {outcome.detail}", f"eventwire produce --check {file}")
    return values[0]


def ask() -> None:
    """Before all dead letters are sent again, someone must want that."""
    if not sys.stdin.isatty():
        raise typer.BadParameter("say which: --reason R or --at P:O; or --yes for all")
    typer.confirm("Replay all dead letters that were not replayed yet?", abort=True, err=True)


def write(replays: "Iterable[Replay]", form: FormatOption) -> Counter[str | None]:
    """Writes what was sent, also when the broker fails midway. Counts what was sent (None) and what was not, by why."""
    sent: list[Row] = []
    counts: Counter[str | None] = Counter()
    try:
        for each in replays:
            counts[each.skipped] += 1
            if each.sent_to:
                sent.append({"at": each.letter.at, "reason": each.letter.reason, "sent_to": each.sent_to})
            elif each.skipped == "empty":
                say(f"{each.letter.at} has no value to send: {each.letter.reason}")
    finally:
        write_rows(("at", "reason", "sent_to"), sent, form)
    return counts


def conclude(sent: int, before: int, empty: int) -> None:
    """Says how it went, and ends the command accordingly."""
    if before and not sent:
        fail("replayed before, not sent a second time", "--again sends it nevertheless")
    say(f"{sent} replayed" + (f", {before} left out that were replayed before" if before else ""))
    if empty:
        raise typer.Exit(ExitCode.REJECTED)
