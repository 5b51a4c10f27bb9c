"""Actor resolution: the words of a noun phrase -> country, sector, name, and how they were found.

A phrase is composed of what it names: place ("Russian", "Kyiv's", "in Harare"), title ("foreign minister"),
organisation, group, agent ("gunmen", "farmers") and person. The most specific part wins; where nothing is safe there
is no code.
"""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from service.knowledge import Knowledge, Name, NameMatch
from service.model import Actor, Resolution
from service.pipeline.parsing.words import word_spans

_PREPOSITIONS = frozenset(
    "of in from for at to on with against near by inside outside across under over among between".split()
)
_OWNING = frozenset("of in from for at inside near across".split())
"""Prepositions whose noun says whose the head is: "leader of Hamas", "residents of Homs", but not "envoy to France"."""
_SIDES = frozenset(
    "backed led based born linked allied controlled held occupied aligned sponsored supported trained made".split()
)
"""After a hyphen: whose side it is on, not whose it is ("Russian-backed separatists")."""
_FORMER = frozenset({"former", "ex", "onetime", "erstwhile", "late", "deposed", "ousted"})
_ENTITIES = frozenset({"organisation", "agency", "institution", "group", "party"})
_LANDS = frozenset({"country", "demonym", "capital", "seat", "people"})
_FUNCTIONS = frozenset({"title", "agent"})
_SUPRANATIONAL = frozenset({"UNO", "IGO", "EUR", "NGO"})
_STATE = frozenset({"GOV", "LEG", "JUD", "MIL", "COP", "SPY"})
_YIELDING = frozenset({None, "GOV", "MIL", "UNK", "CVL"})
"""Sectors of heads so general that a modifier says more: "rebel forces", "student leader", "police chief"."""
_SPEAK_FOR = frozenset(
    "leader spokesman spokeswoman spokesperson envoy negotiator representative mediator delegation delegate".split()
) | {"special envoy", "peace envoy", "chief negotiator", "special representative"}
"""Who leads, speaks or negotiates for a country does so for its government, unless something else is said."""
_POSSESSIVES = frozenset({"'s", "’s"})


@dataclass(frozen=True, slots=True)
class Resolved:
    """Whom a phrase names. ``kind`` is the kind of the name that decided; ``person`` tells one human being."""

    name: str | None = None
    country: str | None = None
    sector: str | None = None
    resolution: Resolution = "none"
    kind: str | None = None
    person: bool = False

    @property
    def code(self) -> str | None:
        """``SYRGOV``, ``USA``, ``---REB``; None where neither country nor sector is known."""
        if self.country is None and self.sector is None:
            return None
        return (self.country or "---") + (self.sector or "")

    def actor(self, text: str) -> Actor:
        return Actor(
            text=text,
            name=self.name,
            code=self.code,
            country=self.country,
            sector=self.sector,
            resolution=self.resolution if self.code or self.name else "none",
        )


NOBODY = Resolved()


def resolve_phrase(text: str, date: dt.date | None, context: str | None, knowledge: Knowledge) -> Actor:
    """Whom a phrase without its sentence names on ``date`` (None: today's office holders are not assumed).

    ``context`` (a sentence or a dateline) gives unnamed local actors a country where it names just one.
    """
    words = [text[a:b] for a, b in word_spans(text)]
    day = date or dt.date.max
    found = NOBODY
    for first, last in _comma_parts(words):
        part = resolve_words(words[first:last], day, knowledge)[0]
        if found.code is None or (found.country is None and part.country is not None):
            found = dataclasses.replace(part, name=found.name or part.name)
    if found.country is None and found.sector is not None and context:
        lands = {land for land in named_lands([context[a:b] for a, b in word_spans(context)], day, knowledge) if land}
        if len(lands) == 1:
            found = dataclasses.replace(found, country=lands.pop(), resolution="place")
    return found.actor(text)


def named_lands(words: Sequence[str], day: dt.date, knowledge: Knowledge) -> list[str | None]:
    """The countries that the words name by themselves, their people or their capitals, in order."""
    return [
        name.country for match in knowledge.names.matches(words) if (name := _on(match, day)) and name.kind in _LANDS
    ]


def _comma_parts(words: Sequence[str]) -> list[tuple[int, int]]:
    """The phrase itself and its appositions."""
    cuts = [-1, *(place for place, word in enumerate(words) if word in {",", "(", ")"}), len(words)]
    return [(a + 1, b) for a, b in pairwise(cuts) if b > a + 1] or [(0, len(words))]


def resolve_words(words: Sequence[str], day: dt.date, knowledge: Knowledge) -> list[Resolved]:
    """Whom the words of one noun phrase name: several where adjectives share a noun ("Syrian and Russian leaders")."""
    matches = [(match, name) for match in knowledge.names.matches(words) if (name := _on(match, day))]
    named = {place for match, _ in matches for place in range(match.start, match.end)}
    cut = next(
        (
            place
            for place, word in enumerate(words)
            if place and place not in named and word.casefold() in _PREPOSITIONS
        ),
        len(words),
    )
    owner_end = max((place for place, word in enumerate(words[:cut]) if word in _POSSESSIVES), default=-1)
    core = [(match, name) for match, name in matches if owner_end < match.start < cut]
    owner = _owner(words, owner_end, day, knowledge)
    found = _compose(
        _Parts(
            words=words[owner_end + 1 : cut],
            end=cut,
            lands=[(match, name) for match, name in core if name.kind in _LANDS and not _takes_sides(words, match)],
            entities=[name for _, name in core if name.kind in _ENTITIES],
            functions=[name for _, name in core if name.kind in _FUNCTIONS],
            media=next((name.name for _, name in core if name.kind == "media"), None),
            person=_person(words[:cut], core, day, knowledge),
            owner=owner,
            tail=_tail(words, cut, day, knowledge),
        )
    )
    lands = _shared_lands(words, core)
    if len(lands) > 1 and not found.person and found.kind not in _ENTITIES - {"institution"}:
        return [dataclasses.replace(found, country=land) for land in lands]
    return [found]


def _on(match: NameMatch, day: dt.date) -> Name | None:
    """What the match names on that day."""
    return next(iter(match.on(day)), None)


def _owner(words: Sequence[str], end: int, day: dt.date, knowledge: Knowledge) -> Resolved:
    """Who stands before the possessive: "Kyiv" in "Kyiv's envoy"."""
    return resolve_words(words[:end], day, knowledge)[0] if end > 0 else NOBODY


def _tail(words: Sequence[str], cut: int, day: dt.date, knowledge: Knowledge) -> Resolved:
    """Whose the head is by what follows it: the noun of the first owning preposition that names anybody."""
    places = [place for place in range(cut, len(words)) if words[place].casefold() in _PREPOSITIONS]
    for place, end in zip(places, [*places[1:], len(words)], strict=False):
        if words[place].casefold() in _OWNING:
            found = resolve_words(words[place + 1 : end], day, knowledge)[0]
            if found.code is None:
                found = Resolved(country=_place_country(words[place + 1 : end], knowledge))
            if found.code:
                return found
    return NOBODY


def _place_country(words: Sequence[str], knowledge: Knowledge) -> str | None:
    """The country of a town that is named after "in" or "of", when its namesakes do not leave it open."""
    entries = knowledge.places.lookup(" ".join(words))
    countries = {entry.country for entry in entries}
    if len(countries) == 1 or (entries and len(entries) > 1 and entries[0].population > 5 * entries[1].population):
        return entries[0].country
    return None


def _shared_lands(words: Sequence[str], core: Sequence[tuple[NameMatch, Name]]) -> list[str]:
    """The countries of adjectives that are joined by "and"."""
    lands = [(match, name) for match, name in core if name.kind == "demonym" and name.country]
    joined = [
        name.country
        for (before, name), (after, _) in pairwise(lands)
        if {word.casefold() for word in words[before.end : after.start]} <= {"and", ",", "or", "&"} and name.country
    ]
    return [*joined, lands[-1][1].country or ""] if joined else []


@dataclass(frozen=True, slots=True)
class _Parts:
    """A noun phrase taken apart: its words up to the first preposition, who owns it, what follows."""

    words: Sequence[str]
    end: int
    lands: list[tuple[NameMatch, Name]]
    entities: list[Name]
    functions: list[Name]
    media: str | None
    person: Resolved | None
    owner: Resolved
    tail: Resolved


def _compose(parts: _Parts) -> Resolved:
    """The parts put together: person, then entity, then function with its land, then land alone."""
    person = parts.person
    if person is not None and person.code is not None:
        return person
    if parts.media and not parts.functions:
        return Resolved(name=parts.media, kind="media")
    if parts.entities:
        found = _of_entity(parts)
    elif parts.functions:
        found = _of_function(parts)
    elif parts.lands:
        return _land(parts, person)
    elif parts.owner.country and parts.words[-1:] and parts.words[-1][:1].isupper():
        found = Resolved(country=parts.owner.country, resolution=parts.owner.resolution)
    else:
        found = NOBODY
    if found.sector in _STATE and any(word.casefold() in _FORMER for word in parts.words):
        found = dataclasses.replace(found, sector="ELI")
    return dataclasses.replace(found, name=person.name, person=True) if person else found


def _of_entity(parts: _Parts) -> Resolved:
    """An organisation, an agency, a group, a party: its own code, its land where it has none."""
    entity = parts.entities[-1]
    land = parts.lands[0][1].country if parts.lands else None
    country = entity.country or land or parts.owner.country or parts.tail.country
    sector = entity.sector
    if sector is None and parts.functions and country not in _SUPRANATIONAL:
        sector = _sector(parts.functions)
    return Resolved(entity.name, country, sector, "name", entity.kind)


def _of_function(parts: _Parts) -> Resolved:
    """A title or an agent: its sector, or that of whom it serves; the land before it, of its owner, or after it."""
    function = parts.functions[-1]
    sector = _sector(parts.functions)
    country = parts.lands[0][1].country if parts.lands else parts.owner.country
    if parts.tail.kind in _ENTITIES and country is None:
        sector = parts.tail.sector or (None if parts.tail.country in _SUPRANATIONAL else sector)
    elif sector in _YIELDING and parts.tail.sector not in _YIELDING:  # "members of the opposition"
        sector = parts.tail.sector
    elif parts.owner.kind in _ENTITIES and sector in _YIELDING:
        sector = parts.owner.sector or sector
    if sector is None and country and function.name in _SPEAK_FOR:
        sector = "GOV"
    resolution: Resolution = "title" if function.kind == "title" else "agent"
    return Resolved(None, country or parts.tail.country, sector, resolution, function.kind)


def _sector(functions: Sequence[Name]) -> str | None:
    """The head's sector, or a modifier's where the head says little."""
    sector = functions[-1].sector
    if sector in _YIELDING:
        for name in reversed(functions[:-1]):
            if name.sector not in {None, "GOV"} or sector is None:
                return name.sector
    return sector


def _land(parts: _Parts, person: Resolved | None) -> Resolved:
    """A country by itself; its government where a capital or a seat stands for it; one of its people."""
    match, name = parts.lands[-1]
    ends = match.end == parts.end
    if name.kind in {"capital", "seat"} and ends:
        return Resolved(name.name, name.country, name.sector or "GOV", "place", name.kind)
    if person is not None and person.name:
        return Resolved(person.name, name.country, None, "demonym", "person", person=True)
    resolution: Resolution = "demonym" if name.kind in {"demonym", "people"} else "name"
    return Resolved(name.name if ends else None, name.country, name.sector, resolution, name.kind)


def _takes_sides(words: Sequence[str], match: NameMatch) -> bool:
    """Whether the name is only the backer of what follows: "Russian-backed"."""
    after = [word.casefold() for word in words[match.end : match.end + 2]]
    return len(after) == 2 and after[0] in {"-", "–"} and after[1] in _SIDES  # noqa: PLR2004 - the hyphen and the word


def _person(
    words: Sequence[str], core: Sequence[tuple[NameMatch, Name]], day: dt.date, knowledge: Knowledge
) -> Resolved | None:
    """The human being that the phrase names: known with an office, known by surname, or by name alone."""
    for _, name in core:
        if name.kind == "person":
            standing = knowledge.persons.on(name.name, day)
            if standing is not None:
                resolution: Resolution = "office" if standing.sector or standing.country else "none"
                return Resolved(standing.person, standing.country, standing.sector, resolution, "person", person=True)
            return Resolved(name.name, kind="person", person=True)
    functions_end = max((match.end for match, name in core if name.kind in _FUNCTIONS | _LANDS | _ENTITIES), default=0)
    rest = [word for word in words[functions_end:] if word[:1].isupper() and word.isalpha()]
    known = {match.start for match, name in core if name.kind == "surname"}
    if known and len(rest) <= 1:
        short = words[min(known)]
        holders = {holder.person: holder for holder in knowledge.persons.holders(short, day)}
        if len(holders) == 1:
            (standing,) = holders.values()
            return Resolved(standing.person, standing.country, standing.sector, "office", "person", person=True)
    if functions_end and rest and any(name.kind == "title" for _, name in core):
        return Resolved(" ".join(rest), kind="person", person=True)
    return None
