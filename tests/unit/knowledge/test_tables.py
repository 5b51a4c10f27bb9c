"""The tables keep their own rules."""

import datetime as dt
import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

import service.knowledge
from service.knowledge import COLUMNS, SECTORS, SUPRANATIONAL, Career, Knowledge
from service.knowledge.loading import NAME_TABLES, TERM_TABLES
from service.knowledge.tables import NAMES, Row, Tables, day, listed

FOLDER = Path(service.knowledge.__file__).parent / "tables"
WITH_CODES = sorted(table for table, columns in COLUMNS.items() if "sector" in columns)


def rows(table: str) -> list[Row]:
    return list(Tables().rows(table))


def cell(row: Row, table: str, column: str) -> str:
    return row.cells[COLUMNS[table].index(column)]


def test_every_table_there_is_has_its_columns_declared() -> None:
    assert {path.stem for path in FOLDER.glob("*.tsv")} == set(COLUMNS)


@pytest.mark.parametrize("table", sorted(COLUMNS))
def test_a_table_says_its_source_licence_and_date(table: str) -> None:
    first = (FOLDER / f"{table}.tsv").read_text("utf-8").splitlines()[:3]
    assert first[0].startswith("# source: ")
    assert first[1].startswith("# licence: ")
    assert re.fullmatch(r"# as of: \d{4}-\d{2}", first[2])


@pytest.mark.parametrize("table", WITH_CODES)
def test_every_code_in_a_table_is_one(table: str) -> None:
    countries = {cell(row, "countries", "country") for row in rows("countries")} | SUPRANATIONAL
    for row in rows(table):
        assert cell(row, table, "country") in countries | {""}, row.where
        assert cell(row, table, "sector") in SECTORS | {""}, row.where


@pytest.mark.parametrize("table", sorted(COLUMNS))
def test_no_row_of_a_table_stands_twice(table: str) -> None:
    cells = [row.cells for row in rows(table)]
    assert len(cells) == len(set(cells))


@pytest.mark.parametrize("table", [table for table, _ in NAME_TABLES])
def test_one_form_never_has_two_codes_on_the_same_day_within_a_table(table: str) -> None:
    """But parties, agencies and unions of one name in several lands, between which the scene decides."""
    assert COLUMNS[table] == NAMES
    said: defaultdict[str, list[tuple[dt.date | None, dt.date | None, Row]]] = defaultdict(list)
    for row in rows(table):
        start, end = day(cell(row, table, "start"), row), day(cell(row, table, "end"), row, last=True)
        for form in dict.fromkeys([row.cells[0], *listed(row.cells[1])]):
            for other_start, other_end, other in said[form]:
                if (row.cells[0], row.cells[2:4]) == (other.cells[0], other.cells[2:4]):
                    continue
                if table in {"parties", "agencies", "unions"} and row.cells[2] != other.cells[2]:
                    continue
                apart = (end and other_start and end < other_start) or (other_end and start and other_end < start)
                assert apart, f"{form}: {row.where} and {other.where}"
            said[form].append((start, end, row))


def test_every_term_has_an_office_and_a_code() -> None:
    for table in TERM_TABLES:
        for row in rows(table):
            assert cell(row, table, "office"), row.where
            assert cell(row, table, "country"), row.where


def test_nobody_holds_the_same_office_twice_at_once(knowledge: Knowledge) -> None:
    def clashes(career: Career) -> list[str]:
        offices = sorted((term.country or "", term.office, term.start, term.end) for term in career.terms)
        return [
            f"{career.person}: {one[1]}"
            for one, next_one in pairwise(offices)
            if one[:2] == next_one[:2] and (one[3] is None or one[3] > next_one[2])
        ]

    assert [clash for career in knowledge.persons for clash in clashes(career)] == []


def test_a_place_in_the_table_lies_on_earth_and_in_a_known_country() -> None:
    countries = {cell(row, "countries", "country") for row in rows("countries")}
    for row in rows("places"):
        assert -90 <= float(cell(row, "places", "latitude")) <= 90, row.where
        assert -180 <= float(cell(row, "places", "longitude")) <= 180, row.where
        assert cell(row, "places", "country") in countries | {""}, row.where
