"""Geolocation: the words of an event's place -> name, country, division and point."""

from collections.abc import Sequence

from service.knowledge import Knowledge, PlaceEntry, PlaceMatch
from service.model import Place

_KNOWN = 100_000
"""Inhabitants of a town whose airport or square may go by its name."""


def resolve_place(text: str, words: Sequence[str], countries: Sequence[str], knowledge: Knowledge) -> Place:
    """The place that the words name; only its text where no name in them is known.

    Args:
        text: as written.
        words: its words.
        countries: alpha-3 codes of the countries that sentence and article speak of, the nearest first.
        knowledge: for the look-ups.
    """
    for start in range(len(words)):
        match = knowledge.places.match(words, start)
        if match is not None and not _is_part(words, match):
            best = _ranked(match.places, [*_countries_in(words[match.end :], knowledge), *countries])[0]
            return Place(
                text=text,
                name=best.name,
                country=best.country,
                admin1=best.admin1,
                latitude=best.latitude,
                longitude=best.longitude,
                geonames_id=best.geonames_id,
            )
    country = next(iter(_countries_in(words, knowledge)), None)
    return Place(text=text, country=country)


def _is_part(words: Sequence[str], match: PlaceMatch) -> bool:
    """Whether the name is only the beginning of another: "Marks Street" is not the town of Marks."""
    following = words[match.end : match.end + 1]
    return bool(following) and following[0][:1].isupper() and match.places[0].population < _KNOWN


def _countries_in(words: Sequence[str], knowledge: Knowledge) -> list[str]:
    """Countries that the words name."""
    return [
        name.country
        for match in knowledge.names.matches(words)
        for name in match.names[:1]
        if name.country and name.kind in {"country", "demonym"}
    ]


def _ranked(entries: Sequence[PlaceEntry], countries: Sequence[str]) -> list[PlaceEntry]:
    """Those in the nearest country first; among equals the order of the look-up (by main name and population) stays."""
    order = {country: place for place, country in reversed(list(enumerate(countries)))}
    return sorted(entries, key=lambda entry: order.get(entry.country or "", len(order)))
