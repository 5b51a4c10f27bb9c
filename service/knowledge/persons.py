"""Persons and the offices that they held: who somebody was on a given day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from service.knowledge.tables import SUPRANATIONAL
from service.knowledge.words import Spellings, spelt

STATE_SECTORS = frozenset("GOV LEG JUD MIL COP SPY".split())
"""Who leaves one of these is of the elite from then on (ELI); a rebel stays one."""


@dataclass(frozen=True, slots=True)
class Term:
    """An office and its first and last day; an ``end`` of None is not over as of the table's date."""

    person: str
    country: str | None
    sector: str | None
    office: str
    start: dt.date
    end: dt.date | None = None
    heads: bool = False
    """Whether it heads a state or a government: of one surname, its holder is the one who is meant."""

    def holds(self, day: dt.date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person was on a day. ``office`` is the one held; after it, the last one held; None before the first."""

    person: str
    country: str | None
    sector: str | None
    office: str | None


@dataclass(frozen=True, slots=True)
class Career:
    """One person's terms in order of their start, and the forms of the name: full, and short (surname or the like)."""

    person: str
    names: tuple[str, ...]
    shorts: tuple[str, ...]
    terms: tuple[Term, ...]
    own: bool = False

    def short_forms(self) -> list[str]:
        """The short forms with the Arabic article and without: ``al-Assad``, ``Assad``."""
        bare = [short[3:] for short in self.shorts if short.lower().startswith(("al-", "el-"))]
        return [*self.shorts, *bare]

    def holds(self, day: dt.date) -> bool:
        """Whether the person held an office on ``day``."""
        return any(term.holds(day) for term in self.terms)

    def on(self, day: dt.date) -> Standing:
        """In office: that office, the latest begun. After a state office: ELI. Before the first: no code."""
        held = [term for term in self.terms if term.holds(day)]
        if held:
            term = held[-1]
            return Standing(self.person, term.country, term.sector, term.office)
        past = [term for term in self.terms if term.start <= day]
        if not past:
            return Standing(self.person, None, None, None)
        last = max(past, key=lambda term: term.end or dt.date.max)
        if last.country in SUPRANATIONAL and last.sector != "REB":
            return Standing(self.person, None, None, last.office)
        return Standing(self.person, last.country, "ELI" if last.sector in STATE_SECTORS else last.sector, last.office)


class Persons:
    """Careers by full name and by short form."""

    def __init__(self, careers: Iterable[Career], spellings: Spellings) -> None:
        self._spellings = spellings
        self._careers = {career.person: career for career in careers}
        self._full: defaultdict[str, list[Career]] = defaultdict(list)
        self._short: defaultdict[str, list[Career]] = defaultdict(list)
        for career in self._careers.values():
            _index(self._full, career, {form for name in career.names for form in spelt(name)}, spellings)
            _index(self._short, career, career.short_forms(), spellings)

    def __iter__(self) -> Iterator[Career]:
        return iter(self._careers.values())

    def __len__(self) -> int:
        return len(self._careers)

    def lookup(self, name: str) -> Sequence[Term]:
        """The terms of all persons of that full name, in order of their start; empty where it is unknown."""
        return [term for career in self.named(name) for term in career.terms]

    def named(self, name: str) -> Sequence[Career]:
        """The persons of that full name: mostly one."""
        return self._full.get(self._spellings.normalise(name), ())

    def short(self, name: str) -> Sequence[Career]:
        """The persons known by that surname or short name."""
        return self._short.get(self._spellings.normalise(name), ())

    def on(self, name: str, day: dt.date) -> Standing | None:
        """What the person of that full name was on ``day``, the one in office where namesakes differ (George Bush).

        None where nobody is known, or where namesakes leave it open.
        """
        careers = self.named(name)
        holding = [career for career in careers if career.holds(day)]
        return _agreed([career.on(day) for career in holding or careers])

    def holders(self, short: str, day: dt.date) -> Sequence[Standing]:
        """Who of that short name held an office on ``day``; heads of state and government alone if any did.

        Safe to take for the person only when it is one.
        """
        holding = [career for career in self.short(short) if career.holds(day)]
        heading = [career for career in holding if any(term.heads and term.holds(day) for term in career.terms)]
        return [career.on(day) for career in heading or holding]


def _index(table: defaultdict[str, list[Career]], career: Career, names: Iterable[str], spellings: Spellings) -> None:
    for key in {spellings.normalise(name) for name in names}:
        if key:
            table[key].append(career)


def _agreed(standings: Sequence[Standing]) -> Standing | None:
    distinct = set(standings)
    known = {standing for standing in distinct if standing.country or standing.sector} or distinct
    return known.pop() if len(known) == 1 else None
