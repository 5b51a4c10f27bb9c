"""When and where an article plays: which of several of one name is meant there, and which country words lie in."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from service.knowledge import Knowledge, Name, NameMatch, PlaceEntry
from service.pipeline.coding.composition import LANDS

OWNING = frozenset("of in from for at inside near across".split())
"""Prepositions whose noun says whose the head is: "leader of Hamas", "residents of Homs", but not "envoy to France"."""
_SIDES = frozenset(
    "backed led based born linked allied controlled held occupied aligned sponsored supported trained made".split()
)
"""After a hyphen: whose side it is on, not whose it is ("Russian-backed separatists")."""
KNOWN = 50_000
"""Inhabitants of a town that is taken for one without a preposition before it."""
_CLEAR = 2
"""How many times the population of its namesake a town must have to be meant without more evidence."""


@dataclass(frozen=True, slots=True)
class Scene:
    """When it is, and which country the article is about, if that is clear: of several of one name its own is meant."""

    day: dt.date
    country: str | None = None


def named_on(match: NameMatch, scene: Scene) -> Name | None:
    """What the match names on that day: of namesakes the scene's own."""
    names = match.on(scene.day)
    return next((name for name in names if scene.country and name.country == scene.country), next(iter(names), None))


def land_in(words: Sequence[str], scene: Scene, knowledge: Knowledge) -> str | None:
    """The country whose people or things the words are: "Russian computers"; not of who is only for or against it."""
    for match in knowledge.names.matches(words):
        name = named_on(match, scene)
        if name and name.country and name.kind in {"country", "demonym", "people"} and not takes_sides(words, match):
            return name.country
    return None


def takes_sides(words: Sequence[str], match: NameMatch) -> bool:
    """Whether the name is only whom others are for or against: "Russian-backed", "pro-Beijing"."""
    after = [word.casefold() for word in words[match.end : match.end + 2]]
    before = [word.casefold() for word in words[max(match.start - 2, 0) : match.start]]
    hyphens = {"-", "–"}
    return (
        len(after) == 2 and after[0] in hyphens and after[1] in _SIDES  # noqa: PLR2004 - the hyphen and the word
    ) or (len(before) == 2 and before[1] in hyphens and before[0] in {"pro", "anti"})  # noqa: PLR2004 - as above


def scene_country(words: Sequence[str], day: dt.date, knowledge: Knowledge) -> str | None:
    """The country in which the words lie, by towns, regions and countries; of even ones the first."""
    weights: Counter[str | None] = Counter()
    taken = 0
    for start in range(len(words)):
        if start < taken:
            continue
        name = knowledge.names.match(words, start)
        place = knowledge.places.match(words, start)
        located = start > 0 and words[start - 1].casefold() in OWNING
        if name and (one := named_on(name, Scene(day))) and one.country and one.kind in LANDS:
            weights[one.country] += 2 if located else 1
            taken = name.end
        elif place and (located or (start and place.places[0].population >= KNOWN)):
            weights[clear_country(place.places)] += 2 if located else 1
            taken = place.end
    weights.pop(None, None)
    return max(weights, key=weights.__getitem__, default=None)


def clear_country(places: Sequence[PlaceEntry]) -> str | None:
    """The country of the first of some namesakes, when it is by far the largest or the table's own."""
    first = places[0]
    rivals = [place.population for place in places[1:] if place.country != first.country]
    clear = first.geonames_id is None or all(first.population >= _CLEAR * population for population in rivals)
    return first.country if clear else None
