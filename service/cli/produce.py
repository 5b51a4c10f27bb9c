"""``eventwire produce``: articles to the input topic."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.connected import connected
from service.cli.inputs import (
    InputError,
    PathsArgument,
    PublishedAtOption,
    RawInput,
    SourceOption,
    read_inputs,
    text_files,
)
from service.cli.output import (
    ExitCode,
    Format,
    FormatOption,
    choose_format,
    console_out,
    fail,
    progress,
    say,
    write_json_line,
)
from service.cli.tables import table_of
from service.model import Rejected

if TYPE_CHECKING:
    from service.stream.sending import Sent

TOLD = 20
"""Faults that are told one by one; more are only counted."""


def produce(
    paths: PathsArgument = None,
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Send nothing; say which articles would be rejected, and why.")
    ] = False,
    published_at: PublishedAtOption = None,
    source: SourceOption = None,
    form: FormatOption = None,
) -> None:
    """Send articles to the input topic, as their bytes are, and wait until the broker has them.

    Broken articles are sent too and told on stderr: the worker puts them to the dead letters. Ends with 3 when a
    record was too large to send, with --check when an article is broken.

    Example: eventwire produce --check articles.jsonl.gz && eventwire produce articles.jsonl.gz
    """
    try:
        inputs = read_inputs(paths, text_files(published_at, source))
    except InputError as error:
        fail(str(error), code=ExitCode.USAGE)
    try:
        bad = check_all(inputs, choose_format(form)) if check else send_all(inputs, choose_format(form))
    except InputError as error:
        fail(str(error))
    if bad:
        raise typer.Exit(ExitCode.REJECTED)


def check_all(inputs: Iterable[RawInput], form: Format) -> int:
    """Writes a line for each article that would be rejected; says how many of how many."""
    from service.pipeline.articles import parse_article

    count, bad, table = 0, 0, table_of(("origin", "reason", "detail"))
    with progress("checking") as advance:
        for count, item in enumerate(inputs, 1):  # noqa: B007 - counted for the summary
            outcome = parse_article(item.value)
            advance(1)
            if isinstance(outcome, Rejected):
                bad += 1
                if form is Format.jsonl:
                    write_json_line({"origin": item.origin, "reason": outcome.reason, "detail": outcome.detail})
                else:
                    table.add_row(item.origin, outcome.reason, outcome.detail)
    if table.row_count:
        console_out().print(table)
    say(f"{count - bad} of {count} articles are good")
    return bad


def send_all(inputs: Iterable[RawInput], form: Format) -> int:
    """Sends everything; writes the count and the rate. Gives the number of records that could not be sent."""
    from service.pipeline.articles import parse_article
    from service.stream.broker_errors import BrokerError
    from service.stream.sending import Item, Sending

    faults = _Faults()

    def items() -> Iterable[Item]:
        for item in inputs:
            article = parse_article(item.value)
            if isinstance(article, Rejected):
                faults.tell(f"{item.origin}: will be rejected: {article.reason}: {article.detail}")
                yield Item(item.origin, None, item.value)
            else:
                yield Item(item.origin, article.id.encode(), item.value)

    with connected() as settings, progress("sending") as advance:
        sending = Sending(settings, advance, lambda item, why: faults.tell(f"{item.origin}: not sent: {why}"))
        try:
            sent = sending.run(items())
        except BrokerError:
            if sending.acknowledged:
                say(f"{sending.acknowledged} records were acknowledged before this:")
            raise
        finally:
            faults.close()
    _summary(sent, form)
    return sent.refused


def _summary(sent: "Sent", form: Format) -> None:
    if form is Format.jsonl:
        write_json_line(
            {
                "topic": sent.topic,
                "acknowledged": sent.acknowledged,
                "refused": sent.refused,
                "seconds": round(sent.seconds, 3),
                "per_second": round(sent.rate, 1),
            }
        )
    else:
        rate = f"in {sent.seconds:.1f} s, {sent.rate:.0f} a second"
        console_out().print(f"{sent.acknowledged} articles acknowledged on topic {sent.topic} {rate}")


class _Faults:
    """Tells the first faults on stderr, and counts the rest."""

    def __init__(self) -> None:
        self.count = 0

    def tell(self, fault: str) -> None:
        self.count += 1
        if self.count <= TOLD:
            say(fault)

    def close(self) -> None:
        if self.count > TOLD:
            say(f"... and {self.count - TOLD} more; eventwire produce --check tells all")
