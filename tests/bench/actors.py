"""Actor resolution on phrases whose keys were written without sight of the tables, by kind.

``python -m tests.bench.actors``
"""

import datetime as dt
import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from service.knowledge import Knowledge
from service.pipeline.coding import resolve_phrase

PHRASES = Path(__file__).with_name("actors.jsonl")
EITHER = {"SUN": "RUS", "CSK": "CZE", "DDR": "DEU", "YUG": "SRB", "ZAR": "COD", "HVO": "BFA", "YMD": "YEM"}
"""Historic states may be given under the code of their successor."""


@dataclass
class _Row:
    coded: list[tuple[bool, bool]] = field(default_factory=list)
    silent: list[bool] = field(default_factory=list)


def main(
    phrases: Annotated[Path, typer.Option(help="Phrases with their keys, such as actors_blind.jsonl")] = PHRASES,
    *,
    errors: Annotated[bool, typer.Option(help="Print each phrase that is wrong")] = False,
) -> None:
    """Shares of right countries, sectors and both; of phrases without a key those that get no code."""
    knowledge = Knowledge.load()
    rows: defaultdict[str, _Row] = defaultdict(_Row)
    for line in phrases.read_text("utf-8").splitlines():
        phrase = json.loads(line)
        found = resolve_phrase(phrase["text"], dt.date.fromisoformat(phrase["date"]), phrase["context"], knowledge)
        right = _fits(found.country, phrase["country"]), _fits(found.sector, phrase["sector"])
        for name in (phrase["kind"], "all", *(["hard"] if phrase["hard"] else [])):
            if phrase["country"] is None and phrase["sector"] is None:
                rows[name].silent.append(found.code is None)
            else:
                rows[name].coded.append(right)
        if errors and not all(right):
            typer.echo(f"{phrase['kind']:14} {phrase['date']} {phrase['text']!r} [{phrase['context']}]: "
                       f"{found.country}/{found.sector} for {phrase['country']}/{phrase['sector']}")  # fmt: skip
    Console().print(_table(rows))


def _fits(found: str | None, key: str | list[str | None] | None) -> bool:
    keys = key if isinstance(key, list) else [key]
    return any(found == one or (found is not None and EITHER.get(str(one)) == found) for one in keys)


def _table(rows: dict[str, _Row]) -> Table:
    table = Table("kind", "n", "country", "sector", "both", "no key", "no code", title="Actor resolution")
    for name, row in sorted(rows.items(), key=lambda item: (item[0] in {"all", "hard"}, item[0])):
        count = len(row.coded)
        shares = [
            sum(country for country, _ in row.coded),
            sum(sector for _, sector in row.coded),
            sum(all(pair) for pair in row.coded),
        ]
        cells = [f"{share / count:.3f}" if count else "" for share in shares]
        silent = f"{sum(row.silent) / len(row.silent):.3f}" if row.silent else ""
        table.add_row(name, str(count), *cells, str(len(row.silent)), silent)
    return table


if __name__ == "__main__":
    typer.run(main)
