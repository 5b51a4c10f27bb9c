"""Rows of facts, as lines of JSON or as a table."""

from collections.abc import Iterable, Mapping, Sequence

from service.cli.output import Format, choose_format, console_out, write_json_line
from service.cli.tables import table_of

Row = Mapping[str, object]


def write_rows(columns: Sequence[str], rows: Iterable[Row], form: Format | None) -> None:
    """Whole rows in JSON lines; in a table the columns that are named. No table of nothing."""
    rows = list(rows)
    if choose_format(form) is Format.jsonl:
        for row in rows:
            write_json_line(row)
    elif rows:
        console_out().print(table_of(columns, ([cell(row[name]) for name in columns] for row in rows)))


def write_row(row: Row, form: Format | None) -> None:
    """One row with much in it: a line of JSON, or a table with a line for each fact."""
    if choose_format(form) is Format.jsonl:
        write_json_line(row)
    else:
        console_out().print(table_of(("fact", "value"), ((name, cell(value)) for name, value in row.items())))


def cell(value: object) -> str:
    """A value as people read it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case dict():
            return "\n".join(f"{name}: {content}" for name, content in value.items())
        case _:
            return str(value)
