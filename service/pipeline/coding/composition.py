"""How the parts of a noun phrase make one actor: person, organisation, title or agent with its land, land alone.

"A senior Pakistani army officer" is land, institution and title; "Kyiv's envoy to the UN" an owner and a title, and the
UN is none of his. The most specific part wins; where nothing is safe there is no code.
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from service.knowledge import Name, NameMatch
from service.model import Actor, Resolution
from service.pipeline.coding.people import is_human

ENTITIES = frozenset({"organisation", "agency", "institution", "group", "party"})
LANDS = frozenset({"country", "demonym", "capital", "seat", "people"})
FUNCTIONS = frozenset({"title", "agent"})
SUPRANATIONAL = frozenset({"UNO", "IGO", "EUR", "NGO"})
_COUNTRY = frozenset("country nation homeland".split())
_FORMER = frozenset({"former", "ex", "onetime", "erstwhile", "deposed", "ousted"})
_STATE = frozenset({"GOV", "LEG", "JUD", "MIL", "COP", "SPY"})
_YIELDING = frozenset({None, "GOV", "MIL", "UNK", "CVL"})
"""Sectors of heads so general that a modifier says more: "rebel forces", "student leader", "police chief"."""
_KIN = frozenset(
    "family families relative relatives parent parents wife wives widow widows mother mothers father fathers son "
    "sons daughter daughters brother brothers sister sisters victim victims".split()
)
"""Whose kin they are tells their country, not their sector."""
_FOLLOWERS = frozenset("supporter supporters follower followers backer backers sympathizers sympathisers".split())
_MEMBERS = frozenset("men members member comrades comrade colleagues people wing wings camp ranks side".split())
"""Who belongs to somebody and is nothing else: "the general's men", "members of the union"."""
_PARTISAN = frozenset({"REB", "SEP", "OPP", "CRM"})
"""Sectors that take in their followers, and whose armed men are theirs: "its gunmen", "opposition supporters"."""
_PEERS = frozenset({"counterpart", "opposite number", "colleague", "host", "guest", "visitor", "interlocutor"})
SPEAK_FOR = (
    _PEERS
    | frozenset(
        "leader spokesman spokeswoman spokesperson envoy negotiator representative mediator delegation delegate office "
        "team aide adviser advisor deputy chief head director chairman chairwoman chairperson chair".split()
    )
    | {
        "special envoy",
        "peace envoy",
        "chief negotiator",
        "special representative",
        "chief of staff",
        "chief spokesman",
    }
)
"""Who leads, speaks or works for somebody, or is his like abroad, is of his sector; for a bare country, of its
government."""
_UNIONS = frozenset("union federation association league guild syndicate confederation chamber committee".split())
"""Bodies that are of the sector of those whose they are: "the miners' federation"."""
_INSTRUMENTS = frozenset(
    "aircraft warplanes planes jets bombers helicopters gunships ships vessels warships tanks artillery missiles "
    "rockets shells drones airstrikes strikes bombs gunfire".split()
)
"""What acts only by the hand of a state's forces, when it has a nation."""
_PLACES = frozenset(
    "country nation state republic kingdom emirate sultanate island islands territory land province provinces region "
    "regions district districts city cities town towns village villages capital north south east west coast border "
    "area areas sides side".split()
)


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


@dataclass(frozen=True, slots=True)
class Parts:
    """A noun phrase taken apart: its words up to the first preposition, who owns it, what follows.

    ``end`` is the word after the core; ``known`` tells whether the core's last word belongs to a name of the tables;
    ``town`` is the country of a town before the noun; ``strange`` tells that the owner is named, but nobody known.
    """

    words: Sequence[str]
    end: int
    known: bool
    lands: list[tuple[NameMatch, Name]]
    entities: list[Name]
    functions: list[Name]
    media: Name | None
    person: Resolved | None
    owner: Resolved
    tail: Resolved
    town: str | None = None
    strange: bool = False


def compose(parts: Parts) -> Resolved:
    """Whom the parts name together."""
    person = parts.person
    if person is not None and person.code is not None:
        return person
    if parts.media and not parts.functions:
        return Resolved(parts.media.name, parts.media.country, "JRN", "name", "media")
    found = _of_parts(parts)
    if found.sector in _STATE and any(word.casefold() in _FORMER for word in parts.words):
        found = dataclasses.replace(found, sector="ELI")
    if found.country in SUPRANATIONAL and found.sector not in {"MIL", "JUD"}:
        found = dataclasses.replace(found, sector=None)
    return dataclasses.replace(found, name=person.name, person=True) if person else found


def _of_parts(parts: Parts) -> Resolved:
    if parts.entities:
        return _of_entity(parts)
    if parts.functions:
        return _of_function(parts)
    head = parts.words[-1] if parts.words else ""
    if parts.lands:
        return _of_land(parts) if parts.known or parts.person else _of_unknown(parts.lands[0][1], head)
    if parts.owner.sector and head.casefold() in _UNIONS:
        return dataclasses.replace(parts.owner, name=None, resolution="agent", kind="agent", person=False)
    if parts.owner.country and head:
        return _of_owner(parts.owner, head)
    return Resolved(None, parts.tail.country, "CVL", "agent", "agent") if is_human(head) else NOBODY


def _of_unknown(land: Name, head: str) -> Resolved:
    """A noun that no table has, with its land: people and weapons are a nation's, other things are no actors."""
    if head.islower():
        sector = "MIL" if head in _INSTRUMENTS else "CVL" if is_human(head) else None
        return Resolved(None, land.country, sector, "demonym", "agent") if sector else NOBODY
    if land.kind == "demonym":  # "Russian Aeroflot"
        return Resolved(None, land.country, None, "demonym", "demonym")
    return NOBODY


def _of_entity(parts: Parts) -> Resolved:
    """An organisation, an agency, a group, a party: its own code, its land where it has none.

    Many agencies, parties and parliaments are called alike, so that the land before one says more: "the Basotho
    National Party", "New Caledonia's Congress", "Turkey's National Security Council".
    """
    entity = parts.entities[-1]
    land = parts.lands[0][1].country if parts.lands else None
    owning = parts.owner.country if parts.owner.kind in LANDS else None
    congress = entity.kind == "institution" and (land or parts.owner.country)
    alike = entity.kind == "party" or (entity.kind == "agency" and " " in entity.name)
    shared = congress or (alike and (land or owning))
    national = entity.country == "NGO" and land  # "the Syrian Red Crescent"
    own = None if shared or national else entity.country
    country = own or land or parts.owner.country or parts.tail.country
    opposed = entity.kind == "party" and "opposition" in parts.words
    sector = "OPP" if opposed else "SOC" if national else entity.sector
    if sector is None and parts.functions and country not in SUPRANATIONAL:
        sector = _sector(parts.functions)
    titled = any(function.kind == "title" for function in parts.functions)
    return Resolved(entity.name, country, sector, "name", "title" if titled else entity.kind)


def _of_function(parts: Parts) -> Resolved:
    """A title or an agent: its sector, or that of whom it serves; the land before it, of its owner, or after it."""
    function = parts.functions[-1]
    if parts.words[-1].casefold() in _COUNTRY and parts.owner.country:
        return Resolved(None, parts.owner.country, None, "agent", "country")
    land = parts.lands[0][1].country if parts.lands else parts.owner.country or parts.town
    world = function.country in SUPRANATIONAL  # "aid agencies", but "Kenyan aid agencies"
    country = (land or function.country) if world else (function.country or land)
    sector = _serving(parts, function, country)
    resolution: Resolution = "title" if function.kind == "title" else "agent"
    return Resolved(None, country or parts.tail.country, sector, resolution, function.kind)


def _serving(parts: Parts, function: Name, country: str | None) -> str | None:
    """The sector of a title or an agent, or that of whom it serves."""
    sector, noun = _sector(parts.functions), parts.words[-1].casefold()
    served = parts.owner if parts.owner.sector else parts.tail
    if (noun in _UNIONS | _MEMBERS and served.sector) or (sector == "UAF" and served.sector in _PARTISAN):
        return served.sector
    if noun in _KIN:
        return "ELI" if served.sector == "ELI" else "CVL"
    if noun in _FOLLOWERS:
        sides = [served.sector, *(name.sector for name in parts.functions)]
        return next((side for side in sides if side in _PARTISAN), "CVL")
    if parts.lands and parts.lands[0][1].sector == "PRE":
        return "PRE"
    if parts.tail.kind in ENTITIES and country is None:
        return parts.tail.sector or (None if parts.tail.country in SUPRANATIONAL else sector)
    return _speaking(parts, function, served.sector, sector, country)


def _speaking(parts: Parts, function: Name, served: str | None, sector: str | None, country: str | None) -> str | None:
    """Of who leads or speaks for somebody the sector of that one; of whom nobody knows none."""
    speaks = not SPEAK_FOR.isdisjoint({function.name, function.name.split()[-1]})
    serves = speaks or (function.kind == "agent" and sector is None)
    if served and (serves or (sector in _YIELDING and served not in _YIELDING)):
        return served
    if parts.strange and serves:
        return None
    return "GOV" if sector is None and country and function.name in SPEAK_FOR else sector


def _sector(functions: Sequence[Name]) -> str | None:
    """The head's sector, or a modifier's where the head says little."""
    sector = functions[-1].sector
    if sector in _YIELDING and functions[-1].name != "government":
        for name in reversed(functions[:-1]):
            if name.name == "deputy":
                continue
            if name.sector not in {None, "GOV"} or sector is None:
                return name.sector
    return sector


def _of_land(parts: Parts) -> Resolved:
    """A country by itself; its government where a capital or a seat stands for it; one of its people."""
    match, name = parts.lands[-1]
    ends = match.end == parts.end
    if name.kind in {"capital", "seat"}:
        if not ends:  # "Paris Hilton": somebody or something of that name
            return NOBODY
        return Resolved(name.name, name.country, name.sector or "GOV", "place", name.kind)
    if parts.person is not None and parts.person.name:
        return Resolved(parts.person.name, name.country, None, "demonym", "person", person=True)
    resolution: Resolution = "demonym" if name.kind in {"demonym", "people"} else "name"
    return Resolved(name.name if ends else None, name.country, name.sector, resolution, name.kind)


def _of_owner(owner: Resolved, head: str) -> Resolved:
    """Something of somebody's that no table has: his office acts for him, a name is of his country."""
    if head in {"office", "team", "cabinet", "entourage", "camp", "side"}:
        return dataclasses.replace(owner, name=None, person=False)
    if head[:1].isupper():
        return Resolved(country=owner.country, resolution=owner.resolution)
    return Resolved(None, owner.country, "CVL", "agent", "agent") if is_human(head) else NOBODY


def is_land(text: str) -> bool:
    """Whether the last word is one for a land or a place in it: "the island", "the northern provinces"."""
    return text.rsplit(maxsplit=1)[-1].casefold() in _PLACES
