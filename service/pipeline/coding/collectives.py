"""Whom a collective phrase means: "both countries", "the two sides", "the two men"."""

import dataclasses
from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from service.pipeline.coding.composition import SUPRANATIONAL, Resolved
from service.pipeline.coding.entities import GROUPS, Entity, Party
from service.pipeline.coding.repetition import FADING

Side = tuple[str, str | None]
"""A country or a name, and the sector of who is a side of his own there."""
_SEVERAL_GROUPS = frozenset("groups organisations organizations movements parties militias factions unions".split())
_SECTORS = dict.fromkeys("countries nations states neighbours neighbors republics powers".split())
_SECTORS |= dict.fromkeys("governments capitals administrations".split(), "GOV")
_SECTORS |= dict.fromkeys("armies navies militaries".split(), "MIL")
"""What of two countries a collective phrase means."""
_AT_WAR = 0.6
"""How much of what is said of two others must be said of a state and its rebels that they are "both sides"."""
_AGAINST = frozenset({"REB", "SEP", "OPP", "UAF", "PRE"})
"""Sectors of those who are a side of their own in their country."""
_PEOPLE = frozenset("men women leaders ministers presidents premiers rivals officials generals".split())


def members(
    entities: Sequence[Entity], number: int, noun: str, doing: AbstractSet[str | None], home: str | None
) -> list[Party]:
    """The two that the sentences before have said most of, each by its latest party; ``entities`` latest first.

    Of "the two men" these are persons, of "both groups" groups, of "both countries" states, of "both sides" states,
    whoever of them was named last, or a state and those who fight it. Countries in ``doing`` do it to both. "The army"
    is that of ``home``.
    """
    weights: defaultdict[Side, float] = defaultdict(float)
    latest: dict[Side, tuple[Entity, Resolved]] = {}
    for entity in entities:
        for one in (_at_home(member, home) for member in entity.members):
            side = _side(noun, entity, one)
            if side and (one.country is None or one.country not in doing):
                weights[side] += FADING ** (number - entity.at[0])
                if side not in latest or len(entity.members) < len(latest[side][0].members):
                    latest[side] = entity, one
    both = sorted(_pair(weights), key=lambda side: latest[side][0].at)
    if len(both) < 2:  # noqa: PLR2004 - both
        return []
    abroad = latest[both[0]][1].country != latest[both[1]][1].country
    meant = "states" if noun == "sides" and abroad else noun
    return [referring(entity.text, _as(meant, one)) for entity, one in (latest[side] for side in both)]


def _at_home(one: Resolved, home: str | None) -> Resolved:
    local = one.country is None and one.sector in {"GOV", "MIL"} and not one.person
    return dataclasses.replace(one, country=home) if local else one


def _pair(weights: Mapping[Side, float]) -> Sequence[Side]:
    """The two of most weight; rather a state and those who fight it, if nearly as much is said of these."""
    first = sorted(weights, key=weights.__getitem__)[-2:]
    foes = [
        [(country, None), (country, sector)] for country, sector in weights if sector and (country, None) in weights
    ]
    at_war = max(foes, key=lambda pair: sum(weights[side] for side in pair), default=first)
    return at_war if sum(weights[side] for side in at_war) > _AT_WAR * sum(weights[side] for side in first) else first


def _side(noun: str, entity: Entity, one: Resolved) -> Side | None:
    """What tells the party from the other one; None for whom the phrase cannot mean."""
    if noun in _PEOPLE:
        return (one.name or entity.text, None) if entity.person else None
    if one.country is None:
        return None
    if one.country in SUPRANATIONAL:
        return None
    if noun in _SEVERAL_GROUPS:
        return (one.name or entity.text, None) if one.kind in GROUPS else None
    return one.country, one.sector if noun not in _SECTORS and one.sector in _AGAINST else None


def _as(noun: str, one: Resolved) -> Resolved:
    """The country itself, its government or its forces, as the noun says: "the two countries", "both armies"."""
    if noun not in _SECTORS or one.sector in _AGAINST:
        return one
    return Resolved(country=one.country, sector=_SECTORS[noun], resolution="coreference", kind="country")


def referring(text: str, one: Resolved) -> Party:
    """The party that the words stand for by what came before."""
    return Party(text, dataclasses.replace(one, resolution="coreference"))
