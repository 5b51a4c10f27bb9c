"""Whom an article has named so far, and which of them a pronoun or a short phrase can stand for."""

import dataclasses
from collections import defaultdict
from collections.abc import Iterator

from service.pipeline.coding.arguments import Argument
from service.pipeline.coding.binding import caused, clause, is_bound
from service.pipeline.coding.composition import SUPRANATIONAL, Resolved
from service.pipeline.coding.entities import GROUPS, Entity, Party, agrees
from service.pipeline.coding.pronouns import PERSONAL
from service.pipeline.parsing import ParsedSentence

_OBJECTS = frozenset({"obj", "iobj", "obl"})
_REACH = {"person": 4, "plural": 2, "thing": 2}
"""How many sentences back a pronoun looks."""
_COUNTED = {"pair": "two", "duo": "two", "two": "two", "both": "two", "trio": "three", "three": "three"}
"""How many are meant; who is introduced as so many is meant first."""
_GROUP_NOUNS = frozenset("group organisation organization movement party militia faction alliance bloc body".split())
_SEVERAL_GROUPS = frozenset("groups organisations organizations movements parties militias factions unions".split())
_LAND_NOUNS = frozenset("country nation kingdom republic state".split())
_SECTORS = dict.fromkeys("countries nations states neighbours neighbors republics powers".split())
_SECTORS |= dict.fromkeys("governments capitals administrations".split(), "GOV")
_SECTORS |= dict.fromkeys("armies navies militaries".split(), "MIL")
"""What of two countries a collective phrase means."""
_FADING = 0.8
"""What a mention is worth a sentence later."""
_AGAINST = frozenset({"REB", "SEP", "OPP", "UAF", "PRE"})
"""Sectors of those who are a side of their own in their country."""
_LANDS = frozenset({"country", "capital"})
_PEOPLE = frozenset("men women leaders ministers presidents premiers rivals officials generals".split())


class Antecedents:
    """The entities of an article in the order of the text. Sentences are begun one after the other."""

    def __init__(self) -> None:
        self._entities: list[Entity] = []
        self.number = -1

    def begin(self) -> None:
        """A sentence begins."""
        self.number += 1

    def note(self, entity: Entity) -> None:
        self._entities.append(entity)

    def _before(self, head: int) -> Iterator[Entity]:
        """Entities named before the word, the latest first."""
        return (entity for entity in reversed(self._entities) if entity.at < (self.number, head))

    def repeated(self, sentence: ParsedSentence, head: int, sector: str | None) -> Entity | None:
        """The last entity with a country that "the minister" or "the group" can repeat.

        "The defence minister" repeats no other minister, and "the army" no liberation army: it has a ``sector``.
        """
        noun = sentence.words[head].casefold()
        kinds = {
            sentence.words[child].casefold()
            for child in sentence.children[head]
            if sentence.relations[child] in {"compound", "amod"}
        }
        bodies = noun in _GROUP_NOUNS
        proper = head > 0 and sentence.words[head][0].isupper()
        named: Entity | None = None
        for entity in self._before(head):
            one = entity.members[0]
            if one.country is None and (one.sector is None or one.sector == sector):
                continue
            if one.kind in GROUPS and sector and sector != one.sector and not proper and (kinds or not bodies):
                continue
            if noun in entity.nouns and kinds <= entity.words:
                return entity
            if named is None and ((bodies and one.kind in GROUPS) or (noun in _LAND_NOUNS and one.kind == "country")):
                named = entity
        return named

    def antecedent(self, sentence: ParsedSentence, word: int, kind: str) -> Entity | None:
        """The likeliest entity for a pronoun: near, a subject, and no party of the same verb."""
        if kind == "speaker":
            return self._speaker(word)
        verbs = clause(sentence, word)
        doer = self._doer(sentence, word)
        count = _COUNTED.get(sentence.words[word].casefold())
        answered = caused(sentence, word)
        scored = [
            (self._nearness(entity, word) + 2 * (count in entity.words) + self._causing(entity, answered), entity)
            for entity in self._before(word)
            if agrees(entity, kind)
            and self.number - entity.at[0] <= _REACH[kind]
            and not (entity.at[0] == self.number and is_bound(entity, verbs))
            and not (doer and _alike(entity, doer))
        ]
        return max(scored, key=lambda pair: pair[0])[1] if scored else None

    def _doer(self, sentence: ParsedSentence, word: int) -> Entity | None:
        """Who "she" is in "she promised him": somebody else than he."""
        if sentence.relations[word] not in _OBJECTS:
            return None
        for other in sentence.children[sentence.heads[word]]:
            kind = PERSONAL.get(sentence.words[other].casefold())
            if sentence.relations[other] == "nsubj" and kind and kind != "speaker":
                return self.antecedent(sentence, other, kind)
        return None

    def _nearness(self, entity: Entity, word: int) -> float:
        distance = self.number - entity.at[0]
        known = any(one.code for one in entity.members)
        within = entity.at[1] / 200 if distance else -abs(word - entity.at[1]) / 200
        return (
            -distance
            + 0.6 * entity.subject
            + 0.3 * entity.object
            + 0.4 * known
            + 0.2 * (not entity.unknown_name)
            + within
        )

    def _causing(self, entity: Entity, answered: int | None) -> float:
        """What speaks for the object of the verb whose reason the pronoun's clause tells."""
        return float(entity.object and entity.at[0] == self.number and entity.verb == answered)

    def _speaker(self, word: int) -> Entity | None:
        """Who says the quotation that the word stands in: in its sentence, else in the one before."""
        speakers = [entity for entity in self._entities if entity.speaks and entity.at != (self.number, word)]
        for number in (self.number, self.number - 1):
            said = [entity for entity in speakers if entity.at[0] == number]
            if said:
                return said[-1]
        return None

    def members(self, sentence: ParsedSentence, argument: Argument) -> list[Party]:
        """The two that the sentences before have said most of, each by its latest party.

        Of "the two men" these are persons, of "both groups" groups, of "both countries" states, of "both sides" states
        or a state and those who fight it. Who does something to both is neither.
        """
        noun = sentence.words[argument.last].casefold()
        doing = self._doing(sentence.heads[argument.head])
        weights: defaultdict[str, float] = defaultdict(float)
        latest: dict[str, tuple[Entity, Resolved]] = {}
        for entity in self._before(argument.head):
            for one in entity.members:
                key = _side(noun, entity, one)
                if key and one.country not in doing:
                    weights[key] += _FADING ** (self.number - entity.at[0])
                    latest.setdefault(key, (entity, one))
        both = sorted(sorted(weights, key=weights.__getitem__)[-2:], key=lambda key: latest[key][0].at)
        if len(both) < 2:  # noqa: PLR2004 - both
            return []
        return [referring(entity.text, _as(noun, one)) for entity, one in (latest[key] for key in both)]

    def _doing(self, verb: int) -> set[str | None]:
        """The countries of the verb's subjects in this sentence."""
        subjects = (one for one in self._entities if one.at[0] == self.number and one.verb == verb and one.subject)
        return {one.country for entity in subjects for one in entity.members}

    def other_land(self, owner: Entity) -> Resolved | None:
        """The last country named beside that of the owner."""
        lands = (one for entity in reversed(self._entities) for one in entity.members if one.kind in _LANDS)
        other = next((land for land in lands if land.country != owner.members[0].country), None)
        return other and dataclasses.replace(other, sector=None, kind="country")


def _alike(one: Entity, other: Entity) -> bool:
    return one is other or one.members == other.members


def _side(noun: str, entity: Entity, one: Resolved) -> str | None:
    """What tells the party from the other one that a collective phrase means; None for whom it cannot mean."""
    if one.country is None:
        return None
    if noun in _PEOPLE:
        return (one.name or entity.text) if entity.person else None
    if one.country in SUPRANATIONAL:
        return None
    if noun in _SEVERAL_GROUPS:
        return (one.name or entity.text) if one.kind in GROUPS else None
    return one.country if noun in _SECTORS or one.sector not in _AGAINST else f"{one.country} {one.sector}"


def _as(noun: str, one: Resolved) -> Resolved:
    """The country itself, its government or its forces, as the noun says: "the two countries", "both armies"."""
    if noun not in _SECTORS:
        return one
    return Resolved(country=one.country, sector=_SECTORS[noun], resolution="coreference", kind="country")


def referring(text: str, one: Resolved) -> Party:
    return Party(text, dataclasses.replace(one, resolution="coreference"))
