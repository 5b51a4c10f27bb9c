"""Heads of state and government on 200 drawn days, against a second reader's answers.

``python -m tests.bench.offices``
"""

import datetime as dt
import json
from pathlib import Path
from typing import Annotated

import typer

from service.knowledge import Knowledge, fold

ANSWERS = Path(__file__).with_name("heads_of_state.jsonl")


def main(*, errors: Annotated[bool, typer.Option(help="Print each day on which the two differ")] = False) -> None:
    """Share of drawn days on which a person of that name holds an office of that country in the tables."""
    knowledge = Knowledge.load()
    rows = [json.loads(line) for line in ANSWERS.read_text("utf-8").splitlines()]
    right = sum(_agrees(knowledge, row, errors=errors) for row in rows)
    typer.echo(f"{right / len(rows):.3f} of {len(rows)}")


def _agrees(knowledge: Knowledge, row: dict[str, str | list[str]], *, errors: bool) -> bool:
    day, names = dt.date.fromisoformat(str(row["day"])), row["name"]
    holders = {
        term.person: term.office
        for career in knowledge.persons
        for term in career.terms
        if term.holds(day) and term.country == row["country"] and term.sector == "GOV"
    }
    known = {frozenset(_words(person)) for person in holders}
    asked = [set(_words(name)) for name in (names if isinstance(names, list) else [names])]
    agrees = any(
        one & set(other) and (one <= other or other <= one or len(one & other) > 1) for one in asked for other in known
    )
    if errors and not agrees:
        typer.echo(f"{row['country']} {day} {row['office']}: {names}; the tables have {holders}")
    return agrees


def _words(name: str) -> list[str]:
    return [fold(word) for word in name.replace("-", " ").split()]


if __name__ == "__main__":
    typer.run(main)
