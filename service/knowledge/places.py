"""Places: the compiled file of populated places and divisions, and the table of regions, rivers, camps and the like."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from service.knowledge.placefile import PlaceFile
from service.knowledge.tables import Row, Tables, listed
from service.knowledge.words import Spellings, fits

PLACE_KINDS = frozenset(
    "admin1 airport archipelago area base border bridge camp canal capital city country crossing dam desert district "
    "governorate gulf island lake mountain oilfield peninsula plain port prison province quarter region river sea site "
    "state strait suburb town valley village".split()
)
COMPILED = Path(__file__).parent / "tables" / "places.bin"
LONGEST = 6
_SEEN = 2 * LONGEST
"""Words of a sentence that a name may take up, with the marks that join its words."""
TOWNS = frozenset({"city", "capital"})
_PARTICLES = frozenset(
    "of de del della delle des di do dos da das du la las le les lo los el al en em aux au sur sous am an der den die "
    "im bei zu upon on in the and y e i ve na nad pod ob van op ter ten san st bin ibn ash as ad az".split()
)
"""Small words inside names of places."""
REMEMBERED = 8192
"""Names whose places are kept at hand: an article asks for each of its names many times."""
SAME_PLACE = 0.3
"""Degrees between two records of one town at most."""


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place, in WGS 84 degrees.

    ``country`` is None for seas and what several countries share, ``population`` 0 if not known. ``alternate`` says
    that it was found by another than its main name.
    """

    name: str
    country: str | None
    admin1: str | None
    latitude: float
    longitude: float
    population: int
    geonames_id: int | None
    kind: str
    alternate: bool = False


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """Words [start, end) that name a place, and the places of that name, the likeliest first."""

    start: int
    end: int
    places: tuple[PlaceEntry, ...]


class Places:
    """Look-ups by name, never a scan: own tables in memory, the compiled file by binary search."""

    def __init__(self, tables: Tables, compiled: Path = COMPILED) -> None:
        self._spellings = Spellings({})  # place names keep their transliteration: their alternates are listed
        self._file = PlaceFile.open(compiled)
        self._ranked = lru_cache(maxsize=REMEMBERED)(self._in_file)
        self._beginning = lru_cache(maxsize=REMEMBERED)(self._matched)
        self._table: defaultdict[str, list[tuple[PlaceEntry, str, bool]]] = defaultdict(list)
        for row in tables.rows("places"):
            name, *_ = row.cells
            for number, form in enumerate([name, *listed(row.cells[1])]):
                key, shapes = self._spellings.form(form)
                entry = self._compiled(_entry(row, alternate=number > 0))
                self._table[key].append((entry, shapes, row.own))

    def _compiled(self, entry: PlaceEntry) -> PlaceEntry:
        """The compiled entry of a town that the table only gives other names; what the table says of any other."""
        if entry.kind not in TOWNS:
            return entry
        for fields, alternate in self._file.find(self._spellings.normalise(entry.name)):
            same = PlaceEntry(*fields, alternate=entry.alternate)
            if not alternate and same.country == entry.country and same.kind in TOWNS and _near(same, entry):
                return same
        return entry

    def lookup(self, name: str) -> Sequence[PlaceEntry]:
        """The places of that name: the user's, the table's, by main name and by population; then by other names."""
        return self._find(self._spellings.normalise(name.partition(",")[0]))

    def match(self, words: Sequence[str], start: int) -> PlaceMatch | None:
        """The longest place name that begins with the word at ``start``. It must be written with a capital."""
        length, places = self._beginning(tuple(words[start : start + _SEEN]))
        return PlaceMatch(start, start + length, places) if places else None

    def _matched(self, words: tuple[str, ...]) -> tuple[int, tuple[PlaceEntry, ...]]:
        """How many of the words are a place's name, and the places."""
        keys = list(self._spellings.keys(words, 0, LONGEST))
        if not keys or keys[0][1]:
            return 0, ()
        longest = _longest(words, keys)
        for length in range(len(keys), 0, -1):
            key = " ".join([key for key, _ in keys[:length]])
            if length > longest and key not in self._table:
                continue
            written = [words[position] for _, position in keys[:length]]
            places = self._find(key, written) if any(word[:1].isupper() for word in written) else ()
            if places:
                return keys[length - 1][1] + 1, tuple(places)
        return 0, ()

    def _find(self, key: str, written: Sequence[str] | None = None) -> Sequence[PlaceEntry]:
        tabled = [
            (entry, own)
            for entry, shapes, own in self._table.get(key, ())
            if written is None or fits(shapes, written)
        ]  # fmt: skip
        if any(own for _, own in tabled):
            return [entry for entry, own in tabled if own]
        ranked = self._ranked(key) if written is None or written[0][:1].isupper() else ()
        return [*(entry for entry, _ in tabled), *ranked]

    def _in_file(self, key: str) -> tuple[PlaceEntry, ...]:
        """The compiled places of that name: by main name and by population, then by other names."""
        compiled = [PlaceEntry(*fields, alternate=alternate) for fields, alternate in self._file.find(key)]
        return tuple(sorted(compiled, key=lambda entry: (entry.alternate, -_weight(entry, compiled))))


def _longest(words: Sequence[str], keys: Sequence[tuple[str, int]]) -> int:
    """How many of the words may be a name of the compiled file: after the first, small letters are in particles."""
    length = 1
    for number, (key, position) in enumerate(keys[1:], 2):
        if not words[position][:1].islower():
            length = number
        elif key not in _PARTICLES and words[position - 1] not in {"-", "’", "'"}:
            break
    return length


def _weight(place: PlaceEntry, others: Sequence[PlaceEntry]) -> float:
    """The population; a division named after its town stands just behind that town."""
    if place.kind == "admin1":
        for town in others:
            if town.kind in TOWNS and (town.country, town.admin1) == (place.country, place.admin1):
                return town.population - 0.5
    return place.population


def _near(one: PlaceEntry, other: PlaceEntry) -> bool:
    return max(abs(one.latitude - other.latitude), abs(one.longitude - other.longitude)) < SAME_PLACE


def _entry(row: Row, *, alternate: bool) -> PlaceEntry:
    name, _, country, admin1, latitude, longitude, population, kind = row.cells
    if kind not in PLACE_KINDS:
        raise row.fault(f"{kind!r} is no kind of place")
    try:
        return PlaceEntry(
            name,
            country or None,
            admin1 or None,
            float(latitude),
            float(longitude),
            int(population or 0),
            None,
            kind,
            alternate,
        )
    except ValueError as fault:
        raise row.fault("coordinates or population are no numbers") from fault
