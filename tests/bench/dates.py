"""Time phrases against keys that were written without sight of the grammar, and dateparser beside it.

``python -m tests.bench.dates``; needs ``pip install -e .[bench]``.
"""

import datetime as dt
import json
import time
from pathlib import Path
from typing import Annotated, Any

import typer

from service.pipeline.coding.dates import resolve_date

PHRASES = Path(__file__).with_name("dates.jsonl")


def main(*, errors: Annotated[bool, typer.Option(help="Print each phrase that is wrong")] = False) -> None:
    """Shares of right first days, precisions and bases; a phrase is right when all three are."""
    rows = [json.loads(line) for line in PHRASES.read_text("utf-8").splitlines()]
    right = days = 0
    for row in rows:
        period = resolve_date(row["text"], dt.date.fromisoformat(row["published"]), row["tense"])
        found = (period.first.isoformat(), period.precision, period.basis) if period else (None, None, None)
        wanted = (row["first"], row["precision"], row["basis"])
        right += found == wanted
        days += found[:2] == wanted[:2]
        if errors and found != wanted:
            typer.echo(f"{row['text']!r} {row['published']} {row['tense']}: {found} for {wanted}")
    typer.echo(f"day and precision {days / len(rows):.3f}, basis too {right / len(rows):.3f}, of {len(rows)}")
    for name, first in (("eventwire", _own), ("dateparser", _by_dateparser)):
        started = time.perf_counter()
        days = sum(first(row) == row["first"] for row in rows)
        seconds = time.perf_counter() - started
        typer.echo(f"{name:10} first day alone {days / len(rows):.3f}, {1e6 * seconds / len(rows):.0f} us a phrase")


Row = dict[str, Any]


def _own(row: Row) -> str | None:
    period = resolve_date(row["text"], dt.date.fromisoformat(row["published"]), row["tense"])
    return period.first.isoformat() if period else None


def _by_dateparser(row: Row) -> str | None:
    """With everything that it takes: the day of publication, the tense, and the first of what is no day."""
    import dateparser  # noqa: PLC0415 - of the extra "bench"

    settings: dict[str, Any] = {
        "RELATIVE_BASE": dt.datetime.fromisoformat(row["published"]),
        "PREFER_DATES_FROM": "future" if row["tense"] == "future" else "past",
        "PREFER_DAY_OF_MONTH": "first",
        "PREFER_MONTH_OF_YEAR": "first",
    }
    bare = row["text"].removeprefix("on ").removeprefix("in ")
    found = dateparser.parse(bare, languages=["en"], settings=settings)
    return found.date().isoformat() if found else None


if __name__ == "__main__":
    typer.run(main)
