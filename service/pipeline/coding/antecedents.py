"""Whom an article has named so far, and which of them a pronoun or a short phrase can stand for."""

from service.pipeline.coding.binding import caused, clause, is_bound
from service.pipeline.coding.entities import Entity, agrees
from service.pipeline.coding.pronouns import PERSONAL
from service.pipeline.parsing import ParsedSentence

_OBJECTS = frozenset({"obj", "iobj", "obl"})
_REACH = {"person": 4, "plural": 2, "thing": 2}
"""How many sentences back a pronoun looks."""
_COUNTED = {"pair": "two", "duo": "two", "two": "two", "both": "two", "trio": "three", "three": "three"}
"""How many are meant; who is introduced as so many is meant first."""


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

    def before(self, head: int) -> list[Entity]:
        """Entities named before the word of the sentence that has begun, the latest first."""
        return [entity for entity in reversed(self._entities) if entity.at < (self.number, head)]

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
            for entity in self.before(word)
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

    def doing(self, verb: int) -> set[str | None]:
        """The countries of the verb's subjects in this sentence."""
        subjects = (one for one in self._entities if one.at[0] == self.number and one.verb == verb and one.subject)
        return {one.country for entity in subjects for one in entity.members}


def _alike(one: Entity, other: Entity) -> bool:
    return one is other or one.members == other.members
