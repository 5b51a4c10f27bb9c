"""Which mention a definite phrase repeats: "the minister", "the group", "the country"."""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Sequence

from service.pipeline.coding.composition import SUPRANATIONAL, Resolved
from service.pipeline.coding.entities import GROUPS, Entity
from service.pipeline.parsing import ParsedSentence

FADING = 0.8
"""What a mention is worth a sentence later."""
_GROUP_NOUNS = frozenset("group organisation organization movement party militia faction alliance bloc body".split())
_LAND_NOUNS = frozenset("country nation kingdom republic state".split())
_LANDS = frozenset({"country", "capital"})
_SYNONYMS = (
    "ambassador envoy diplomat commissioner consul",
    "premier chancellor minister",
    "rebels guerrillas insurgents fighters militants gunmen",
    "soldiers troops army forces military",
    "police officers policemen constables gendarmes",
    "protesters demonstrators marchers protestors crowd",
    "lawmakers deputies legislators parliamentarians parliament",
    "strikers workers unionists",
    "refugees migrants asylum-seekers newcomers",
    "hostages captives",
)
"""Nouns of which one may repeat another."""
_ALIKE = {noun: frozenset(nouns.split()) for nouns in _SYNONYMS for noun in nouns.split()}
_NEAR = 2
"""How many sentences back a synonym looks."""

VOICES = frozenset("spokesman spokeswoman spokesperson spokesmen".split())
"""Who speaks for a body."""


def repeated(
    entities: Sequence[Entity], number: int, sentence: ParsedSentence, head: int, sector: str | None
) -> Entity | None:
    """The latest of ``entities`` (latest first) that the phrase around ``head`` in sentence ``number`` can repeat.

    "The defence minister" repeats no other minister, and "the army" no liberation army: it has a ``sector``.
    """
    noun = sentence.words[head].casefold()
    kinds = {
        sentence.words[child].casefold()
        for child in sentence.children[head]
        if sentence.relations[child] in {"compound", "amod"}
    }
    if noun in _LAND_NOUNS and not kinds:
        return _land(entities, number)
    bodies, proper = noun in _GROUP_NOUNS, head > 0 and sentence.words[head][0].isupper()
    alike = _ALIKE.get(noun, frozenset()) if not kinds else frozenset()
    other: Entity | None = None
    for entity in entities:
        one = entity.members[0]
        if one.country is None and (one.sector is None or one.sector == sector):
            continue
        if one.kind in GROUPS and sector and sector != one.sector and not proper and (kinds or not bodies):
            continue
        if noun in entity.nouns and kinds <= entity.words:
            return entity
        synonym = number - entity.at[0] <= _NEAR and not alike.isdisjoint(entity.nouns)
        if other is None and (synonym or (bodies and one.kind in GROUPS)):
            other = entity
    return other


def _land(entities: Iterable[Entity], number: int) -> Entity | None:
    """The country that the sentences before have said most of."""
    weights: defaultdict[str, float] = defaultdict(float)
    latest: dict[str, Entity] = {}
    for entity in entities:
        one = entity.members[0]
        if one.country and one.country not in SUPRANATIONAL:
            weights[one.country] += FADING ** (number - entity.at[0])
            if one.kind == "country" and one.sector is None:
                latest.setdefault(one.country, entity)
    return max(latest.items(), key=lambda item: weights[item[0]])[1] if latest else None


def last_body(entities: Iterable[Entity], number: int) -> Resolved | None:
    """The body named last, in this sentence or the one before: for whom "a spokesman" speaks."""
    near = (one.members[0] for one in entities if number - one.at[0] <= 1)
    return next((one for one in near if one.kind in GROUPS and one.country), None)


def other_land(entities: Iterable[Entity], owner: Entity) -> Resolved | None:
    """The last country named beside that of the owner: whom "its neighbour" means."""
    lands = (one for entity in entities for one in entity.members if one.kind in _LANDS)
    other = next((land for land in lands if land.country != owner.members[0].country), None)
    return other and dataclasses.replace(other, sector=None, kind="country")
