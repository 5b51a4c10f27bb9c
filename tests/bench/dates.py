"""Time phrases against keys that were written without sight of the grammar.

``python -m tests.bench.dates``
"""

import datetime as dt
import json
from pathlib import Path
from typing import Annotated

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


if __name__ == "__main__":
    typer.run(main)
