"""From the tables' rows to names and careers."""

import datetime as dt
import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from service.knowledge.names import Form, Kind, Name, Names
from service.knowledge.ontology import Ontology
from service.knowledge.persons import Career, Persons, Term
from service.knowledge.places import Places
from service.knowledge.tables import Row, Tables, code, day, listed
from service.knowledge.verbs import Verb, load_verbs
from service.knowledge.words import Spellings, plural, spelt

NAME_TABLES: tuple[tuple[str, Kind], ...] = (
    ("groups", "group"),
    ("organisations", "organisation"),
    ("institutions", "institution"),
    ("agencies", "agency"),
    ("parties", "party"),
    ("unions", "organisation"),
    ("universities", "organisation"),
    ("companies", "organisation"),
    ("seats", "seat"),
    ("media", "media"),
    ("peoples", "people"),
    ("regions", "region"),
    ("titles", "title"),
    ("agents", "agent"),
)
"""Where the same words stand in two tables, the earlier table's name is the likelier."""
TERM_TABLES = ("heads", "ministers", "leaders")
FAMILY_NAME_FIRST = frozenset("CHN PRK KOR TWN".split())


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything that is known, ready to be looked up."""

    names: Names
    persons: Persons
    places: Places
    ontology: Ontology
    countries: dict[str, str]
    """Name of each country code."""
    verbs: Mapping[str, Verb]
    """The user's own words of events, by form in lower case."""

    @classmethod
    def load(cls, folder: Path | None = None) -> "Knowledge":
        """Reads the built-in tables and, if given, those in ``folder``, which win.

        Raises:
            TableError: a table can't be read.
        """
        with _without_collecting():
            return cls._load(Tables(folder))

    @classmethod
    def _load(cls, tables: Tables) -> "Knowledge":
        ontology, places = Ontology.load(tables), Places(tables)
        spellings = Spellings(
            {variant: row.cells[0] for row in tables.rows("spellings") for variant in listed(row.cells[1])}
        )
        careers = list(_careers(tables))
        names = Names(_in_order([*_country_forms(tables), *_table_forms(tables), *_person_forms(careers)]), spellings)
        codes: dict[str, str] = {}
        for row in tables.rows("countries"):
            codes.setdefault(row.cells[2], row.cells[0])
        return cls(names, Persons(careers, spellings), places, ontology, codes, load_verbs(tables, ontology))


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Everything that is read stays: looking for garbage among it all the while would double the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _in_order(forms: list[Form]) -> list[Form]:
    """The user's forms first, so that they hide the built-in ones."""
    return [form for form in forms if form.own] + [form for form in forms if not form.own]


def _country_forms(tables: Tables) -> Iterator[Form]:
    for row in tables.rows("countries"):
        name, _, alpha3, sector_cell, variants, adjectives, people, capitals = row.cells
        country, sector = code(alpha3, sector_cell, row)
        for kind, forms in (("country", f"{name}|{variants}"), ("demonym", f"{adjectives}|{people}")):
            entry = Name(name, cast("Kind", kind), country, sector)
            yield from (Form(form, entry, row.own) for form in listed(forms))
        cities = listed(capitals)
        yield from (Form(city, Name(cities[0], "capital", country, sector or "GOV"), row.own) for city in cities)


def _table_forms(tables: Tables) -> Iterator[Form]:
    for table, kind in NAME_TABLES:
        for row in tables.rows(table):
            name, variants, country, sector, start, end = row.cells
            entry = Name(name, kind, *code(country, sector, row), day(start, row), day(end, row, last=True))
            for form in (name, *listed(variants)):
                yield from (Form(spelling, entry, row.own) for spelling in _written(form, kind))


def _written(form: str, kind: Kind) -> list[str]:
    """The written forms of a name; titles and agents stand in the plural too."""
    if kind in {"title", "agent"}:
        return [form, plural(form)]
    return spelt(form)


def _person_forms(careers: Sequence[Career]) -> Iterator[Form]:
    for career in careers:
        entry = Name(career.person, "person")
        yield from (Form(form, entry, career.own) for name in career.names for form in spelt(name))
    for short in {short: None for career in careers for short in career.short_forms()}:
        yield Form(short, Name(short, "surname"))


@dataclass(slots=True)
class _Person:
    """A career while its rows are read."""

    own: bool
    names: dict[str, None] = field(default_factory=dict)
    shorts: dict[str, None] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)


def _careers(tables: Tables) -> Iterator[Career]:
    """One career a person; a user's rows about a person replace the built-in ones."""
    persons: dict[str, _Person] = {}
    rows = [(row, table == "heads") for table in TERM_TABLES for row in tables.rows(table)]
    for row, heads in sorted(rows, key=lambda pair: not pair[0].own):
        person = persons.setdefault(row.cells[0], _Person(row.own))
        if person.own == row.own:
            _add(person, row, heads=heads)
    for name, person in persons.items():
        terms = tuple(sorted(person.terms, key=lambda term: (term.start, term.end or dt.date.max)))
        yield Career(name, tuple(person.names), tuple(person.shorts), terms, person.own)


def _add(person: _Person, row: Row, *, heads: bool) -> None:
    name, variants, short, country, sector, office, start, end = row.cells
    first = day(start, row)
    if first is None:
        raise row.fault("a term needs its start")
    last = day(end, row, last=True)
    if last is not None and last < first:
        raise row.fault("the term ends before it starts")
    person.names.update(dict.fromkeys([name, *listed(variants)]))
    person.shorts.update(dict.fromkeys(_shorts(name, short, country)))
    person.terms.append(Term(name, *code(country, sector, row), office, first, last, heads))


def _shorts(name: str, short: str, country: str) -> list[str]:
    """What stands in the table; ``-`` for none; else the family name."""
    if short:
        return [] if short == "-" else listed(short)
    words = name.split()
    return [words[0] if country in FAMILY_NAME_FIRST else words[-1]]
