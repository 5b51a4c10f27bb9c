"""What the commands share for writing: results on stdout, progress and messages on stderr."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import IntEnum, StrEnum
from typing import Annotated, NoReturn, TextIO

import typer
from pydantic import BaseModel
from rich.console import Console


class ExitCode(IntEnum):
    """What the commands end with."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    REJECTED = 3
    """Done, but some input was rejected."""
    INTERRUPTED = 130


class Format(StrEnum):
    """Results for programs (one JSON object a line) or for people."""

    jsonl = "jsonl"
    table = "table"


FormatOption = Annotated[
    Format | None, typer.Option("--format", help="One JSON object a line, or a table. [default: table on a terminal]")
]

console_err = Console(stderr=True, highlight=False)
"""Progress and messages. Nothing that a program would read."""


def console_out() -> Console:
    """Tables on stdout, their cells taken as they are; wide enough in a file or a pipe, where nothing says how wide."""
    return Console(width=None if sys.stdout.isatty() else 160, markup=False, emoji=False, highlight=False)


def choose_format(wanted: Format | None) -> Format:
    """The form asked for; else a table on a terminal and JSON lines into a pipe or a file."""
    return wanted or (Format.table if sys.stdout.isatty() else Format.jsonl)


def fail(message: str, hint: str | None = None, code: ExitCode = ExitCode.FAILED) -> NoReturn:
    """Says on stderr what went wrong and what to do about it, and ends the command."""
    console_err.print(f"error: {message}", markup=False, soft_wrap=True)
    if hint:
        console_err.print(f"hint: {hint}", markup=False, soft_wrap=True)
    raise typer.Exit(code)


def say(message: str) -> None:
    """One line on stderr."""
    console_err.print(message, markup=False, soft_wrap=True)


def json_line(record: BaseModel | Mapping[str, object]) -> str:
    """One record as one line of JSON, without its line break."""
    if isinstance(record, BaseModel):
        return record.model_dump_json()
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def write_json_line(record: BaseModel | Mapping[str, object], to: TextIO | None = None) -> None:
    """Writes one record at once, to stdout unless told otherwise, so that a reader down the pipe need not wait."""
    out = to or sys.stdout
    out.write(json_line(record) + "\n")
    out.flush()


@contextmanager
def progress(description: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """A count on stderr, on a terminal only. Gives the function that advances it."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    shown = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*shown, console=console_err, transient=True, disable=not console_err.is_terminal) as bar:
        task = bar.add_task(description, total=total)
        yield lambda count: bar.advance(task, count)
