"""``eventwire bench``: figures as ratios against something run beside it, so that they hold on other machines too."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Annotated

import typer

from service.cli.environment import load_settings
from service.cli.output import Format, FormatOption, choose_format, console_out, write_json_line
from service.cli.tables import table_of

bench_app = typer.Typer(help="Measure: figures as ratios against something run beside it.", no_args_is_help=True)

ROUND = 100
"""From here on a figure has no decimals."""
SecondsOption = Annotated[float, typer.Option(min=0.1, help="How long to measure each side, seconds.")]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure."""

    name: str
    value: float
    unit: str


def show(figures: Sequence[Figure], form: Format | None) -> None:
    """The figures as lines or as a table."""
    if choose_format(form) is Format.jsonl:
        for figure in figures:
            write_json_line(asdict(figure))
    else:
        rows = ((figure.name, rounded(figure.value), figure.unit) for figure in figures)
        console_out().print(table_of(("figure", "value", "unit"), rows))


def rounded(value: float) -> str:
    """As many digits as a measurement deserves."""
    return f"{value:,.0f}" if value >= ROUND else f"{value:.3g}"


@bench_app.command()
def code(seconds: SecondsOption = 5, form: FormatOption = None) -> None:
    """The whole coder against the bare network on the same batches, in one process.

    Example: eventwire bench code --seconds 10
    """
    from service.cli.bench_code import measure

    show(measure(load_settings().knowledge_dir, seconds), form)


@bench_app.command()
def dedup(seconds: SecondsOption = 3, form: FormatOption = None) -> None:
    """Deduplication of coded events, with reading and writing its state, against parsing their JSON.

    Example: eventwire bench dedup
    """
    from service.cli.bench_dedup import measure

    show(measure(seconds), form)


@bench_app.command()
def service(
    articles: Annotated[int, typer.Option(min=1, help="Articles to send through.")] = 1000,
    form: FormatOption = None,
) -> None:
    """A worker on the broker of the settings against a plain loop that consumes and produces the same articles.

    Makes topics of its own and deletes them afterwards. Prints the longest pause of the worker's event loop too.

    Example: EVENTWIRE_BOOTSTRAP_SERVERS=broker:9092 eventwire bench service --articles 2000
    """
    from service.cli.bench_service import measure

    show(measure(load_settings(), articles), form)
