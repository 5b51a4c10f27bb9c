"""Reading the tables: tab-separated, comment lines first, then a header row, then one fact a line.

A folder of your own may hold tables of the same file names and columns; their rows are read first and win.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NAMES = ("name", "variants", "country", "sector", "start", "end")
TERMS = ("person", "variants", "short", "country", "sector", "office", "start", "end")
COLUMNS: dict[str, tuple[str, ...]] = {
    "countries": ("name", "kind", "country", "sector", "variants", "adjectives", "people", "capitals"),
    "seats": NAMES,
    "organisations": NAMES,
    "agencies": NAMES,
    "institutions": NAMES,
    "groups": NAMES,
    "parties": NAMES,
    "unions": NAMES,
    "universities": NAMES,
    "companies": NAMES,
    "media": NAMES,
    "regions": NAMES,
    "peoples": NAMES,
    "titles": NAMES,
    "agents": NAMES,
    "heads": TERMS,
    "ministers": TERMS,
    "leaders": TERMS,
    "places": ("name", "variants", "country", "admin1", "latitude", "longitude", "population", "kind"),
    "ontology": ("type", "mode", "quad", "cameo", "intensity"),
    "spellings": ("word", "variants"),
    "verbs": ("word", "variants", "type", "mode"),
}
"""Every table there is, with its columns. Lists in a cell are separated by ``|``; dates may be a year or a month."""

SECTORS = frozenset(
    "AGR BUS COP CRM CVL EDU ELI GOV JRN JUD LAB LEG MED MIL OPP PRE PRM PTY REB REF REL SOC SPY UAF UNK".split()
)
SUPRANATIONAL = frozenset("IGO UNO EUR NGO ISM IMG MNC".split())

Cells = tuple[str, ...]


class TableError(ValueError):
    """A table that can't be read: the message names the file, the line and the fault."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table. ``own`` says that it comes from the user's folder, not from the package."""

    cells: Cells
    own: bool
    where: str

    def fault(self, message: str) -> TableError:
        return TableError(f"{self.where}: {message}")


class Tables:
    """The built-in tables and, before them, the user's.

    Raises:
        TableError: the user's folder is missing or holds a table of a name that is not known.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._built_in = Path(__file__).parent / "tables"
        self._own = folder
        if folder is None:
            return
        if not folder.is_dir():
            raise TableError(f"{folder}: not a folder")
        for path in sorted(folder.glob("*.tsv")):
            if path.stem not in COLUMNS:
                raise TableError(f"{path}: no table of that name; there are {', '.join(COLUMNS)}")

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of ``table``, the user's first.

        Raises:
            TableError: a row has the wrong number of cells, or the header is not the table's.
        """
        if self._own is not None and (self._own / f"{table}.tsv").exists():
            yield from _read(self._own / f"{table}.tsv", own=True)
        yield from _read(self._built_in / f"{table}.tsv", own=False)


def _read(path: Path, *, own: bool) -> Iterator[Row]:
    columns = COLUMNS[path.stem]
    header: Cells | None = None
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = tuple(cell.strip() for cell in line.split("\t"))
        if header is None:
            header = cells
            if header != columns:
                raise TableError(f"{path}:{number}: the header must be {' '.join(columns)}, tab-separated")
        elif len(cells) > len(columns):
            raise TableError(f"{path}:{number}: {len(cells)} cells where there are {len(columns)} columns")
        else:
            yield Row(cells + ("",) * (len(columns) - len(cells)), own, f"{path.name}:{number}")


def listed(cell: str) -> list[str]:
    """``a|b`` as a list, empty for an empty cell."""
    return [part.strip() for part in cell.split("|") if part.strip()] if cell else []


def day(cell: str, row: Row, *, last: bool = False) -> dt.date | None:
    """A date, month or year as its first (or ``last``) day; None for an empty cell.

    Raises:
        TableError: the cell is no date.
    """
    if not cell:
        return None
    try:
        year, month, date = (int(part) if part else 0 for part in f"{cell}--".split("-")[:3])
        if date:
            return dt.date(year, month, date)
        if not last:
            return dt.date(year, month or 1, 1)
        return dt.date(year + (month in {0, 12}), month % 12 + 1 if month else 1, 1) - dt.timedelta(days=1)
    except ValueError as fault:
        raise row.fault(f"{cell!r} is no date") from fault


def code(country: str, sector: str, row: Row) -> tuple[str | None, str | None]:
    """Country and sector as they stand in a row, None for empty cells.

    Raises:
        TableError: a code that can't be.
    """
    if country and not (len(country) == len("ISO") and country.isalpha() and country.isupper()):
        raise row.fault(f"{country!r} is no country code")
    if sector and sector not in SECTORS:
        raise row.fault(f"{sector!r} is no sector")
    return country or None, sector or None
