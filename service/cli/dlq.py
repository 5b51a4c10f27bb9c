"""``eventwire dlq``: articles that were rejected; looked at, and sent again."""

import sys
from collections import Counter, deque
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.connected import connected
from service.cli.dlq_choice import METAVAR, Place, ReasonOption, letter_at, place
from service.cli.dlq_replay import replay
from service.cli.output import FormatOption, say
from service.cli.rows import Row, write_row, write_rows

if TYPE_CHECKING:
    from service.stream.deadletters import DeadLetter

dlq_app = typer.Typer(
    help="Dead letters: articles that were rejected. List them, show one, send them again.", no_args_is_help=True
)
dlq_app.command()(replay)
COLUMNS = ("at", "reason", "detail", "source", "seen_at", "key", "bytes", "replayed")


@dlq_app.command("list")
def list_letters(
    reason: ReasonOption = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="Only the last N.")] = None,
    form: FormatOption = None,
) -> None:
    """List the dead letters, with the cause of each and whether it was replayed.

    Example: eventwire dlq list --reason schema --format table
    """
    from service.stream import deadletters

    reasons: Counter[str] = Counter()
    rows: deque[Row] = deque(maxlen=limit)
    with connected() as settings, deadletters.reader(settings) as client:
        done = deadletters.replayed(client, settings)
        for letter in deadletters.dead_letters(client, settings):
            if reason in (None, letter.reason):
                reasons[letter.reason] += 1
                rows.append(about(letter, replayed=letter.reference in done))
    write_rows(COLUMNS, rows, form)
    counts = ", ".join(f"{count} {name}" for name, count in reasons.most_common())
    say(f"{reasons.total()} dead letters" + (f": {counts}" if counts else ""))


@dlq_app.command()
def show(
    at: Annotated[Place, typer.Argument(metavar=METAVAR, parser=place, help="Partition and offset, as listed.")],
    *,
    raw: Annotated[bool, typer.Option("--raw", help="Only the article, byte for byte.")] = False,
    form: FormatOption = None,
) -> None:
    """Show one dead letter: cause, headers and the article.

    Example: eventwire dlq show 0:17 --raw > repaired.json
    """
    from service.stream import deadletters

    with connected() as settings, deadletters.reader(settings) as client:
        letter = letter_at(client, settings, at)
        row = about(letter, replayed=letter.reference in deadletters.replayed(client, settings))
    if raw:
        sys.stdout.buffer.write(letter.value or b"")
        sys.stdout.buffer.flush()
        return
    headers = {name: text(content) for name, content in letter.headers}
    write_row({**row, "headers": headers, "value": text(letter.value)}, form)


def about(letter: "DeadLetter", *, replayed: bool) -> Row:
    """What is known of a dead letter, without the article."""
    cause = letter.cause
    return {
        "at": letter.at,
        "reason": letter.reason,
        "detail": cause.detail if cause else "not written by eventwire: the headers of the cause are missing",
        "source": f"{cause.topic}-{cause.partition}-{cause.offset}" if cause else None,
        "seen_at": cause.seen_at.isoformat(timespec="milliseconds") if cause else None,
        "version": cause.version if cause else None,
        "key": text(letter.key),
        "bytes": None if letter.value is None else len(letter.value),
        "replayed": replayed,
    }


def text(content: bytes | None) -> str | None:
    r"""Bytes as text; those that are no UTF-8 as ``\xff``. Exact bytes come with --raw."""
    return None if content is None else content.decode("utf-8", "backslashreplace")
