"""How the commands of ``eventwire dlq`` say which dead letters they mean."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from service.cli.output import fail
from service.config import Settings
from service.model import RejectReason

if TYPE_CHECKING:
    from kafka import KafkaConsumer

    from service.stream.deadletters import DeadLetter

METAVAR = "P:O"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a dead letter lies in the rejected topic."""

    partition: int
    offset: int


def place(word: str) -> Place:
    """``P:O`` as partition and offset."""
    partition, _, offset = word.partition(":")
    if not (partition.isdecimal() and offset.isdecimal()):
        raise typer.BadParameter("partition:offset is needed, as in 0:17")
    return Place(int(partition), int(offset))


def known_reason(word: str | None) -> str | None:
    """A reason for which articles are rejected."""
    if word is not None and word not in get_args(RejectReason):
        raise typer.BadParameter(f"none of {', '.join(get_args(RejectReason))}")
    return word


ReasonOption = Annotated[
    str | None, typer.Option(metavar="R", callback=known_reason, help="Only those rejected for this reason.")
]


def letter_at(client: "KafkaConsumer", settings: Settings, at: Place) -> "DeadLetter":
    """The dead letter at that place; none there ends the command."""
    from service.stream import deadletters

    letter = deadletters.dead_letter(client, settings, at.partition, at.offset)
    if letter is None:
        fail(f"no dead letter at {at.partition}:{at.offset} of {settings.rejected_topic}", "eventwire dlq list")
    return letter
