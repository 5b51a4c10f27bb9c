"""When and where an article plays: which of several of one name is meant there, and which country words lie in."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from service.knowledge import Knowledge, Name, NameMatch, PlaceEntry
from service.pipeline.coding.composition import LANDS, SUPRANATIONAL

OWNING = frozenset("of in from for at inside near across".split())
"""Prepositions whose noun says whose the head is: "leader of Hamas", "residents of Homs", but not "envoy to France"."""
_SIDES = frozenset(
    "backed led based born linked allied controlled held occupied aligned sponsored supported trained made".split()
)
"""After a hyphen: whose side it is on, not whose it is ("Russian-backed separatists")."""
_ABROAD = re.compile(
    r"\b(?:foreign(?! (?:minist|secretar|department|office|affairs|policy|service|relations|trade))|foreigners"
    r"|ambassadors?|consuls?|charg[eé]s? d'affaires|attach[eé]s?|international"
    r"|regional|global|overseas|multinational|Western|European|African|Asian|Arab|Gulf|allied|neighbou?ring"
    r"|expatriate|donors?"
    r"|(?:any|every|each|no|some|other|many|several|most|all|which) (?:\w+ )?(?:countr|state|nation|gover)\w+)\b",
    re.IGNORECASE,
)
"""Of people who are not of the land where they act."""
KNOWN = 50_000
"""Inhabitants of a town that is taken for one without a preposition before it."""
_CLEAR = 2
"""How many times the population of its namesake a town must have to be meant without more evidence."""


@dataclass(frozen=True, slots=True)
class Scene:
    """When it is, which country the article is about, if that is clear, and which others it names nearly as often."""

    day: dt.date
    country: str | None = None
    others: frozenset[str] = frozenset()


def named_on(match: NameMatch, scene: Scene, words: Sequence[str] = ()) -> Name | None:
    """What the match names on that day: of namesakes the scene's own, then that of a country which the article names.

    Where it names none of their countries it is that of the scene, if any land has one: "the Senate". A body of all
    nations comes before those of some: "the Security Council".
    """
    names = tuple(name for name in match.on(scene.day) if _stands(match, name, words))
    if len(names) < 2 or scene.country is None or _is_the_worlds(names[0]):  # noqa: PLR2004 - namesakes
        return next(iter(names), None)
    for lands in ({scene.country}, scene.others, {None}):
        if found := next((name for name in names if name.country in lands), None):
            return found
    return names[0]


def _stands(match: NameMatch, name: Name, words: Sequence[str]) -> bool:
    """Whether a name that several lands share may stand for a body of many.

    A seat does alone, its police are of the town; "Russia's Security Council" is not the world's.
    """
    if name.kind == "seat" and name.country in SUPRANATIONAL:
        return match.end - match.start == len(words)
    before = words[match.start - 1] if match.start and words else ""
    owned = before[:1] in {"'", "’"} or (before[:1].isupper() and before.casefold() != "the")
    return not (_is_the_worlds(name) and len(match.names) > 1 and owned)


def _is_the_worlds(name: Name) -> bool:
    return name.kind == "organisation" and name.country in SUPRANATIONAL


def land_in(words: Sequence[str], scene: Scene, knowledge: Knowledge) -> str | None:
    """The country whose people or things the words are: "Russian computers"; not of who is only for or against it.

    What they do to others ("holding Russian sailors") does not count.
    """
    words = words[: next((place for place, word in enumerate(words) if place and word.endswith("ing")), len(words))]
    for match in knowledge.names.matches(words):
        name = named_on(match, scene)
        if name and name.country and name.kind in {"country", "demonym", "people"} and not takes_sides(words, match):
            return name.country
    return None


def is_abroad(text: str) -> bool:
    """Whether the words tell people from elsewhere: "foreign aid workers", "regional leaders"."""
    return _ABROAD.search(text) is not None


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
