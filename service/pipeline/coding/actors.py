"""Actor resolution: the words of a noun phrase -> country, sector, name, and how they were found.

The phrase is taken apart here, by the names that the tables know, its possessives and its prepositions;
``composition`` puts the parts together.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from service.knowledge import Knowledge, Name, NameMatch
from service.model import Actor
from service.pipeline.coding.composition import (
    ENTITIES,
    FUNCTIONS,
    LANDS,
    NOBODY,
    SUPRANATIONAL,
    Parts,
    Resolved,
    compose,
)
from service.pipeline.coding.people import is_human
from service.pipeline.coding.persons import person
from service.pipeline.coding.quantities import after_quantity
from service.pipeline.coding.scenes import OWNING, Scene, clear_country, named_on, scene_country, takes_sides
from service.pipeline.parsing.words import word_spans

_PREPOSITIONS = frozenset(
    "of in from for at to on with against near by inside outside across under over among between".split()
)
_SERVANTS = frozenset({"adviser", "advisor", "aide", "aides", "advisers", "advisors", "deputy", "counsel", "assistant"})
"""Who is one's "to" somebody."""
_JOINED = frozenset({"-", "–"})
_LARGE = 200_000
"""Inhabitants of a town whose name before a noun is not rather a person's."""
_SPEAKING = frozenset("official officials spokesman spokeswoman spokesperson diplomat diplomats commissioners".split())
"""Who in Brussels is rather the Union's than of the town."""
_DETERMINERS = frozenset("the a an his her its their two three several many some".split())
_CLAUSE = frozenset({"who", "which", "that", "whose", "where", "while", "whom"})
_SUBNATIONAL = frozenset("state province region district city governorate county department the".split())
_BEFORE_PARTIES = frozenset("the a an former ruling governing opposition senior new old rival mr mrs ms".split())
_POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
_VAGUE = frozenset({"GOV", "CVL", "BUS", "EDU", "ELI", "OPP", "UNK"})
"""Sectors that say nothing when nobody knows of which country: "officials", "two women", "critics"."""


def resolve_phrase(text: str, date: dt.date | None, context: str | None, knowledge: Knowledge) -> Actor:
    """Whom a phrase without its sentence names on ``date`` (None: the latest that is known).

    ``context`` (a sentence or a dateline) gives unnamed local actors a country where it is clear which.
    """
    words = [text[a:b] for a, b in word_spans(text)]
    day = date or dt.date.max
    around = [context[a:b] for a, b in word_spans(context)] if context else []
    scene = Scene(day, scene_country(around, day, knowledge))
    found = NOBODY
    for first, last in _comma_parts(words):
        part = resolve_words(words[first:last], scene, knowledge)[0]
        if found.code is None or (found.country is None and part.country is not None):
            found = dataclasses.replace(part, name=found.name or part.name)
    if found.country is None and found.sector is not None and not found.person:
        if scene.country:
            found = dataclasses.replace(found, country=scene.country, resolution="place")
        elif found.sector in _VAGUE:
            found = dataclasses.replace(found, sector=None)
    return found.actor(text)


def _comma_parts(words: Sequence[str]) -> list[tuple[int, int]]:
    """The phrase itself and its appositions."""
    cuts = [-1, *(place for place, word in enumerate(words) if word in {",", "(", ")"}), len(words)]
    return [(a + 1, b) for a, b in pairwise(cuts) if b > a + 1] or [(0, len(words))]


def resolve_words(
    words: Sequence[str], scene: Scene, knowledge: Knowledge, owner: Resolved | None = None
) -> list[Resolved]:
    """Whom the words of one noun phrase name: several where adjectives share a noun ("Syrian and Russian leaders").

    ``owner`` is who a possessive pronoun before them stands for.
    """
    counted = after_quantity(words)
    if counted and not knowledge.names.match(words, 0):
        return [_counted(one) for one in resolve_words(words[counted:], scene, knowledge, owner)]
    words = _without_paper(words, knowledge)
    matches = [
        (match, name)
        for match in knowledge.names.matches(words)
        if (name := named_on(match, scene, words)) and not _ends_place(words, match, knowledge)
    ]
    if not matches and owner is None and _POSSESSIVES.isdisjoint(words):
        return [_nameless(words, scene, knowledge)]
    matches = [(match, _of_any_land(name) if _is_part(words, match, matches) else name) for match, name in matches]
    named = {place for match, _ in matches for place in range(match.start, match.end)}
    free = [place for place in range(len(words)) if place not in named]
    cut = next((place for place in free if place and _ends_core(words, place, named)), len(words))
    owner_end = max((place for place in free if place < cut and words[place] in _POSSESSIVES), default=-1)
    core = [(match, name) for match, name in matches if owner_end < match.start < cut]
    entities = [name for _, name in core if name.kind in ENTITIES]
    functions = [name for _, name in core if name.kind in FUNCTIONS]
    whose = owner or _owner(words[: max(owner_end, 0)], scene, knowledge)
    found = compose(
        Parts(
            words=words[owner_end + 1 : cut],
            end=cut,
            known=cut - 1 in named,
            lands=[(match, name) for match, name in core if name.kind in LANDS and not takes_sides(words, match)],
            entities=entities,
            functions=functions,
            media=next((name for _, name in core if name.kind == "media"), None),
            person=person(words[:cut], core, scene, knowledge),
            owner=whose,
            strange=owner_end > 0 and whose.code is None,
            tail=_tail(words, cut, named, scene, knowledge)
            if entities or functions or (cut and is_human(words[cut - 1]))
            else NOBODY,
            town=_town_of(words, range(owner_end + 1, cut), core, scene, knowledge) if functions else None,
        )
    )
    lands = _shared_lands(words, core) or _lands_after(words, cut, matches)
    if len(lands) > 1 and not found.person and found.kind not in ENTITIES - {"institution"}:
        return [dataclasses.replace(found, country=land) for land in lands]
    return [found]


def _nameless(words: Sequence[str], scene: Scene, knowledge: Knowledge) -> Resolved:
    """A phrase of which no table knows a word: people by the form of the noun, of the land that follows."""
    cut = next((place for place in range(1, len(words)) if _ends_core(words, place)), len(words))
    if not cut or not is_human(words[cut - 1]):
        return NOBODY
    tail = _tail(words, cut, frozenset(), scene, knowledge)
    return Resolved(None, tail.country, "CVL", "agent", "agent")


def _counted(one: Resolved) -> Resolved:
    """People who are counted are not their country."""
    if one.kind in {"demonym", "people"} and one.sector is None:
        return dataclasses.replace(one, name=None, sector="CVL", kind="agent")
    return one


def _without_paper(words: Sequence[str], knowledge: Knowledge) -> Sequence[str]:
    """Without an article that would make a newspaper of an adjective: "The Australian navy" is none."""
    if len(words) > 2 and words[0].casefold() == "the":  # noqa: PLR2004 - article, adjective, noun
        paper = knowledge.names.match(words, 0)
        goes_on = paper is not None and paper.end < len(words) and words[paper.end].isalpha()
        if paper and goes_on and paper.names[0].kind == "media" and not _ends_core(words, paper.end):
            return words[1:]
    return words


def _ends_place(words: Sequence[str], match: NameMatch, knowledge: Knowledge) -> bool:
    """Whether the name is the end of a town's: "Dire Dawa" is not of the party."""
    if match.start == 0 or not words[match.start - 1][:1].isupper():
        return False
    place = knowledge.places.match(words, match.start - 1)
    return place is not None and place.end >= match.end and match.name.kind in {"party", "group"}


def _is_part(words: Sequence[str], match: NameMatch, matches: Sequence[tuple[NameMatch, Name]]) -> bool:
    """Whether a party's name is the end of another's, which no table has: "the Basotho National Party"."""
    before = words[match.start - 1] if match.start else ""
    if not before[:1].isupper() or before.casefold() in _BEFORE_PARTIES:
        return False
    return not any(other.start < match.start <= other.end for other, _ in matches)


def _of_any_land(name: Name) -> Name:
    return dataclasses.replace(name, country=None) if name.kind == "party" else name


def _ends_core(words: Sequence[str], place: int, named: AbstractSet[int] = frozenset()) -> bool:
    """Whether a preposition, a relative clause or a participle ("grandmothers searching") begins here."""
    word = words[place].casefold()
    return word in _PREPOSITIONS or word in _CLAUSE or _is_participle(words, place, named)


def _is_participle(words: Sequence[str], place: int, named: AbstractSet[int]) -> bool:
    """Whether the word tells what those before it do: "a group holding American hostages", but not "army training"."""
    if not words[place].islower() or not words[place].endswith("ing"):
        return False
    after = words[place + 1] if place + 1 < len(words) else ""
    object_follows = after[:1].isupper() or after in _DETERMINERS
    return words[place - 1].endswith("s") or (place - 1 in named and object_follows)


def _owner(words: Sequence[str], scene: Scene, knowledge: Knowledge) -> Resolved:
    """Who stands before the possessive: "Kyiv" in "Kyiv's envoy", "Mombasa" in "Mombasa's police chief"."""
    found = resolve_words(words, scene, knowledge)[0] if words else NOBODY
    return (
        found
        if found.country or not words
        else dataclasses.replace(found, country=_town_country(words, scene, knowledge))
    )


def _tail(words: Sequence[str], cut: int, named: AbstractSet[int], scene: Scene, knowledge: Knowledge) -> Resolved:
    """Whose the head is by what follows it: the noun of the first owning preposition that names anybody.

    A preposition inside a name ("the Organization of American States") begins nothing.
    """
    places = [
        place for place in range(cut, len(words)) if words[place].casefold() in _PREPOSITIONS and place not in named
    ]
    owning = OWNING | {"to"} if {word.casefold() for word in words[:cut]} & _SERVANTS else OWNING
    whose = NOBODY
    for place, end in zip(places, [*places[1:], len(words)], strict=False):
        if words[place].casefold() not in owning:
            continue
        inside = words[place + 1 : end]
        found = resolve_words(inside, scene, knowledge)[0]
        shared = found.kind == "seat" and found.country in SUPRANATIONAL
        if found.country is None or (shared and not _SPEAKING & {word.casefold() for word in words[:cut]}):
            found = dataclasses.replace(found, country=_town_country(inside, scene, knowledge))
        if found.country:
            return found if whose.code is None else dataclasses.replace(whose, country=found.country)
        whose = whose if whose.code else found
    return whose


def _town_of(
    words: Sequence[str],
    places: Iterable[int],
    core: Sequence[tuple[NameMatch, Name]],
    scene: Scene,
    knowledge: Knowledge,
) -> str | None:
    """The country of the town or province whose they are: "a Karachi court", "Lagos police"."""
    first = next((match.start for match, name in core if name.kind in FUNCTIONS and words[match.start].islower()), 0)
    taken = {place for match, name in core if name.kind != "surname" for place in range(match.start, match.end)}
    for place in places:
        if place < first and place not in taken and words[place][:1].isupper():
            match = knowledge.places.match(words, place)
            if match is None or match.end > first or words[match.end] in _JOINED:
                return None
            large = max(one.population for one in match.places) >= _LARGE
            return _town_country(words[place:first], scene, knowledge) if large else None
    return None


def _town_country(words: Sequence[str], scene: Scene, knowledge: Knowledge) -> str | None:
    """The country of the town or province that the words name: the scene's, or one without a rival of its name."""
    start = next((place for place, word in enumerate(words) if word.casefold() not in _SUBNATIONAL), 0)
    match = knowledge.places.match(words, start)
    if match is None or (match.end < len(words) and words[match.end][:1].isupper()):
        return None  # "the Maritime Workers" are not of the region of that name
    if start and words[start - 1].casefold() == "the" and match.places[0].geonames_id is not None:
        return None  # "the Ministry of the Economy" is not of the town of that name
    if scene.country in {place.country for place in match.places}:
        return scene.country
    return clear_country(match.places)


def _lands_after(words: Sequence[str], cut: int, matches: Sequence[tuple[NameMatch, Name]]) -> list[str]:
    """The countries of each of whom there are some: "the foreign ministers of Iran and Saudi Arabia"."""
    if cut == 0 or cut == len(words) or words[cut].casefold() not in OWNING or not words[cut - 1].endswith("s"):
        return []
    lands = [(match, name) for match, name in matches if match.start > cut and name.kind in {"country", "capital"}]
    ends = [cut + 1, *(match.end for match, _ in lands)]
    gaps = [words[end : match.start] for end, (match, _) in zip(ends, lands, strict=False)]
    listed = all({word.casefold() for word in gap} <= {"and", ",", "the"} for gap in gaps)
    return [name.country for _, name in lands if name.country] if listed and ends[-1] == len(words) else []


def _shared_lands(words: Sequence[str], core: Sequence[tuple[NameMatch, Name]]) -> list[str]:
    """The countries of adjectives joined by "and", and of names that serve as such ("Russian and US navies")."""
    nouns = [match.start for match, name in core if name.kind in FUNCTIONS | ENTITIES]
    lands = [
        (match, name)
        for match, name in core
        if name.country
        and (name.kind == "demonym" or (name.kind == "country" and any(noun >= match.end for noun in nouns)))
    ]
    joined = [
        name.country
        for (before, name), (after, _) in pairwise(lands)
        if {word.casefold() for word in words[before.end : after.start]} <= {"and", ",", "or", "&"} and name.country
    ]
    return [*joined, lands[-1][1].country or ""] if joined else []
