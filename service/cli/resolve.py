"""``eventwire resolve``: who a phrase means, on a day, in a context."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from service.cli.environment import load_knowledge, load_settings
from service.cli.inputs import InputError, RawInput, read_inputs
from service.cli.output import (
    ExitCode,
    Format,
    FormatOption,
    choose_format,
    console_out,
    fail,
    say,
    write_json_line,
)
from service.cli.tables import table_of
from service.model import Actor

if TYPE_CHECKING:
    from service.knowledge import Knowledge

FIELDS = ("text", "name", "code", "country", "sector", "resolution")


class Phrase(BaseModel):
    """What is asked: the words, the day that offices are bound to, and the sentence or dateline around them."""

    model_config = ConfigDict(frozen=True)

    text: str = Field(min_length=1)
    date: dt.date | None = None
    context: str | None = None


def resolve(
    path: Annotated[str, typer.Argument(metavar="[PATH or -]", help="JSON lines: text, date, context or null.")] = "-",
    form: FormatOption = None,
) -> None:
    """Say who actor phrases mean: one line out for each line in, in the same order, null where it is not known.

    A line that can't be read gives nulls, a message, and exit code 3.

    Example: echo '{"text": "rebels", "date": "2016-12-08", "context": "Aleppo, Syria"}' | eventwire resolve
    """
    table = table_of(FIELDS) if choose_format(form) is Format.table else None
    broken = 0
    try:
        inputs = read_inputs([path])
        knowledge = load_knowledge(load_settings())
        for raw in inputs:
            actor = _resolved(raw, knowledge)
            broken += actor is None
            row = {field: getattr(actor, field, None) for field in FIELDS}
            if table is None:
                write_json_line(row)
            else:
                table.add_row(*(value or "" for value in row.values()))
    except InputError as error:
        fail(str(error), code=ExitCode.USAGE)
    if table is not None:
        console_out().print(table)
    if broken:
        say(f"{broken} lines could not be read")
        raise typer.Exit(ExitCode.REJECTED)


def _resolved(raw: RawInput, knowledge: "Knowledge") -> Actor | None:
    """Whom the phrase of one line means; ``None`` where the line is no question, which is said on stderr."""
    from service.pipeline.coding.actors import resolve_phrase

    try:
        phrase = Phrase.model_validate_json(raw.value)
        return resolve_phrase(phrase.text, phrase.date, phrase.context, knowledge)
    except ValidationError as error:
        for fault in error.errors():
            say(f"{raw.origin}: {'.'.join(map(str, fault['loc'])) or 'line'}: {fault['msg']}")
    except Exception as error:  # noqa: BLE001 - one bug does not stop the other lines
        say(f"{raw.origin}: {type(error).__name__}: {error}")
    return None
