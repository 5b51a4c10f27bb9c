"""Who a phrase stands for in its article: by its own words, or, as pronouns and short names, by what came before."""

import calendar
import dataclasses
from collections.abc import Sequence

from service.knowledge import Knowledge
from service.pipeline.coding.actors import resolve_words
from service.pipeline.coding.antecedents import Antecedents
from service.pipeline.coding.arguments import Argument
from service.pipeline.coding.collectives import members, referring
from service.pipeline.coding.composition import FUNCTIONS, NOBODY, SPEAK_FOR, Resolved, is_land
from service.pipeline.coding.descriptions import described, owner
from service.pipeline.coding.entities import BODIES, GROUPS, Entity, Party
from service.pipeline.coding.people import human_sector
from service.pipeline.coding.phrases import (
    HONORIFICS,
    NAME_PARTS,
    SUBJECTS,
    is_located,
    is_plural,
    noun_phrase,
    nouns,
)
from service.pipeline.coding.pronouns import COLLECTIVE, PERSONAL, pronoun_kind
from service.pipeline.coding.quantities import after_quantity, is_count
from service.pipeline.coding.repetition import VOICES, last_body, other_land, repeated
from service.pipeline.coding.scenes import Scene, is_abroad, land_in
from service.pipeline.parsing import ParsedSentence

_SPEAKING = frozenset(
    "said says say told added adds warned announced insisted wrote declared stated claimed tweeted vowed".split()
)
_OPPOSITES = frozenset("neighbour neighbor rival enemy foe adversary".split())
"""Somebody's is another country that was named."""
_SAYS_LITTLE = frozenset({None, "CVL", "UNK", "UAF"})
"""Sectors of a noun of which its apposition says more: "the man, a Serbian officer"."""
_LOCAL = frozenset({"title", "agent", "institution"})
_SINGULAR = GROUPS | {"country", "capital", "seat", "person"}
_DAYS = frozenset((*calendar.day_name, *calendar.month_name[1:]))
_OBJECTS = frozenset({"obj", "iobj", "nsubj:pass"})
_SHORT = 2
"""Words of a short name: a surname, perhaps with "Mr"."""
_NAMED = frozenset({"PROPN", "NOUN"})


class Discourse:
    """What an article has named so far. Sentences are entered in order, each before its arguments are resolved."""

    def __init__(self, knowledge: Knowledge, scene: Scene) -> None:
        self._knowledge = knowledge
        self._scene = scene
        self._focus = scene.country
        self._before = Antecedents()
        self._short: dict[str, Resolved] = {}
        self._known: dict[tuple[str, ...], list[Resolved]] = {}

    def enter(self, sentence: ParsedSentence) -> None:
        """Notes whom the sentence names."""
        self._before.begin()
        for head, tag in enumerate(sentence.pos):
            if sentence.relations[head] in NAME_PARTS:
                continue
            if tag in _NAMED:
                self._note(sentence, head)
            elif tag == "PRON":
                self._note_pronoun(sentence, head)

    def _note(self, sentence: ParsedSentence, head: int) -> None:
        """Notes one phrase, and the co-ordination that it begins; things that nobody knows are not looked into."""
        first, last = noun_phrase(sentence, head)
        noun = _noun(sentence, head)
        found = self._named(sentence, head, first, last)
        if found[0] != NOBODY or sentence.pos[head] == "PROPN" or noun.casefold() in BODIES or human_sector(noun):
            found = self._in_article(sentence, head, first, last, found)
        known = any(one.code or one.person or one.kind for one in found)
        if not known and (sentence.pos[head] != "PROPN" or sentence.words[head] in _DAYS):
            return
        entity = self._entity(sentence, head, found, first, last)
        self._introduce(sentence, last, entity)
        self._before.note(entity)
        conjuncts = self._conjuncts(sentence, head)
        others = [one for other in conjuncts for one in self._named(sentence, *other)]
        if others:
            text = sentence.phrase(first, conjuncts[-1][2])
            self._before.note(dataclasses.replace(entity, members=(*found, *others), plural=True, text=text))

    def _note_pronoun(self, sentence: ParsedSentence, head: int) -> None:
        """Notes the person whom a pronoun stands for, since whom a story goes on about is not forgotten.

        Of "they and Lavrov" both.
        """
        kind = PERSONAL.get(sentence.words[head].casefold())
        others = [one for other in self._conjuncts(sentence, head) for one in self._named(sentence, *other)]
        if not kind or not (others or kind == "person"):
            return
        if antecedent := self._before.antecedent(sentence, head, kind):
            entity = self._entity(sentence, head, [*antecedent.members, *others], *noun_phrase(sentence, head))
            self._before.note(dataclasses.replace(entity, plural=True) if others else antecedent.again(entity))

    def _conjuncts(self, sentence: ParsedSentence, head: int) -> list[tuple[int, int, int]]:
        """Head, first and last word of the other members of the co-ordination that ``head`` begins."""
        return [
            (other, *noun_phrase(sentence, other))
            for other in sentence.conjuncts(head)[1:]
            if sentence.pos[other] in _NAMED
        ]

    def _entity(self, sentence: ParsedSentence, head: int, found: Sequence[Resolved], first: int, last: int) -> Entity:
        return Entity(
            members=tuple(found),
            text=sentence.phrase(first, last),
            at=(self._before.number, head),
            subject=sentence.relations[head] in SUBJECTS,
            object=sentence.relations[head] in _OBJECTS,
            plural=is_plural(sentence.words[head], sentence.pos[head], found[0].kind)
            and found[0].kind not in _SINGULAR,
            verb=sentence.heads[head],
            nouns=nouns(sentence, head),
            words=frozenset(word.casefold() for word in sentence.words[first : last + 1]),
            unknown_name=sentence.pos[head] == "PROPN" and found[0] == NOBODY and not is_located(sentence, head),
            body=sentence.words[head].casefold() in BODIES,
            speaks=sentence.relations[head] in SUBJECTS and _verb(sentence, head) in _SPEAKING,
        )

    def _introduce(self, sentence: ParsedSentence, last: int, entity: Entity) -> None:
        """Notes the names and the abbreviation after ``last`` by which the article may call them from here on.

        Of a person the surname, and the given name, by which some peoples call their ministers.
        """
        one = entity.members[0]
        if one.person and one.name:
            names = [name for name in one.name.split() if name.casefold() not in HONORIFICS]
            for short in (entity.text.split()[-1], *names[-1:], *names[:1]):
                self._short.setdefault(short.casefold(), one)
        after = sentence.words[last + 1 : last + 4]
        if len(after) == 3 and after[0] == "(" and after[2] == ")" and after[1].isupper():  # noqa: PLR2004 - (ABC)
            self._short.setdefault(after[1].casefold(), one)

    def parties(self, sentence: ParsedSentence, argument: Argument, place_country: str | None) -> list[Party]:
        """Whom the argument names: several for "both countries"."""
        first, last = argument.first, argument.last
        text = sentence.phrase(first, last)
        kind = pronoun_kind(sentence, argument)
        if kind:
            antecedent = self._before.antecedent(sentence, argument.head, kind)
            if antecedent is None:
                return [Party(text, NOBODY)]
            return [referring(antecedent.text, self._placed(one, place_country)) for one in antecedent.members]
        if COLLECTIVE.match(text.casefold()) and (both := self._both(sentence, argument)):
            return both
        found = self._looked_up(sentence, argument.head, first, last)
        return [Party(text, one if is_abroad(text) else self._placed(one, place_country)) for one in found]

    def _both(self, sentence: ParsedSentence, argument: Argument) -> list[Party]:
        """Whom "both countries" means; who does something to both is neither."""
        noun, doing = sentence.words[argument.last].casefold(), self._before.doing(sentence.heads[argument.head])
        return members(self._before.before(argument.head), self._before.number, noun, doing, self._focus)

    def at_home(self, party: Party, place_country: str | None) -> Party:
        """Somebody whom no table knows: of the country in his description, else of the scene.

        Of the scene he is unidentified (``UNK``): the country alone would be the state.
        """
        one = party.resolved
        if is_abroad(party.text):
            return party
        land = land_in(party.text.split(), self._scene, self._knowledge)
        country = land or place_country or self._focus
        if country is None:
            return party
        people = human_sector(party.text) or ("CVL" if is_count(party.text.split()) else None)
        sector = one.sector or people or (None if land or is_land(party.text) else "UNK")
        return Party(party.text, dataclasses.replace(one, country=country, sector=sector, resolution="place"))

    def _named(self, sentence: ParsedSentence, head: int, first: int, last: int) -> list[Resolved]:
        """By the words themselves, a short name introduced before, or an apposition."""
        words = sentence.words[first : last + 1]
        capitals = [word for word in words if word[:1].isupper() and word.casefold() not in HONORIFICS]
        if len(capitals) == 1 and len(words) <= _SHORT and (known := self._short.get(capitals[0].casefold())):
            return [dataclasses.replace(known, resolution="coreference")]
        found = self._resolved((_noun(sentence, first), *words[1:]) if first == 0 else words)
        if found[0].code is None or found[0].country is None or (found[0].person and found[0].sector is None):
            return self._by_apposition(sentence, head, last, found)
        return found

    def _looked_up(self, sentence: ParsedSentence, head: int, first: int, last: int) -> list[Resolved]:
        """By the words and what stands beside them, else by what the article has said before."""
        return self._in_article(sentence, head, first, last, self._named(sentence, head, first, last))

    def _in_article(
        self, sentence: ParsedSentence, head: int, first: int, last: int, found: list[Resolved]
    ) -> list[Resolved]:
        if found[0].country is None and found[0].resolution != "office":
            found = self._by_context(sentence, Argument(head, first, last, 1.0), found)
        if found[0] == NOBODY and sentence.pos[head] == "NOUN":
            return [self._somebody(sentence.words[first : last + 1], _noun(sentence, head))]
        return found

    def _somebody(self, words: Sequence[str], noun: str) -> Resolved:
        """One of the people, by the form of the noun and the land before it: "a Norwegian agronomist"."""
        sector = human_sector(noun)
        land = land_in(words, self._scene, self._knowledge) if sector else None
        return Resolved(None, land, sector, "demonym" if land else "agent", "agent") if sector else NOBODY

    def _resolved(self, words: tuple[str, ...]) -> list[Resolved]:
        """Whom the words name by themselves; a phrase is asked for when it is entered and for each role it plays."""
        found = self._known.get(words)
        if found is None:
            found = self._known[words] = resolve_words(words, self._scene, self._knowledge)
        return found

    def _by_apposition(self, sentence: ParsedSentence, head: int, last: int, found: list[Resolved]) -> list[Resolved]:
        """What the sentence says of a phrase that says little itself."""
        for beside, first_beside, last_beside in described(sentence, head, last):
            if beside < head:
                said = self._looked_up(sentence, beside, first_beside, last_beside)[0]
            else:
                words = sentence.words[first_beside : last_beside + 1]
                said = self._resolved(words)[0]
                said = self._somebody(words, sentence.words[beside]) if said == NOBODY else said
            if said.country if found[0].code else said.code:
                named = sentence.pos[head] == "PROPN"
                person = found[0].person or said.person or (named and said.kind in FUNCTIONS)
                name = found[0].name or said.name or (sentence.phrase(head, last) if named else None)
                says_more = said.sector and (said.person or found[0].sector in _SAYS_LITTLE)
                sector = said.sector if says_more else found[0].sector or said.sector
                return [dataclasses.replace(said, name=name, sector=sector, resolution="apposition", person=person)]
        return found

    def _by_context(self, sentence: ParsedSentence, argument: Argument, found: list[Resolved]) -> list[Resolved]:
        """An owner by pronoun or by a phrase of the article, or the mention that "the minister" repeats."""
        one, words = found[0], sentence.words[argument.first : argument.last + 1]
        counted = after_quantity(words)
        first, words = argument.first + counted, words[counted:]
        if len(words) > 1 and (kind := PERSONAL.get(words[0].casefold())):
            owner = self._before.antecedent(sentence, first, kind)
            if owner and (owned := self._of_somebody(words[1:], owner, first)):
                return [dataclasses.replace(each, resolution="coreference") for each in owned]
            if owner and one.sector == "GOV" and not SPEAK_FOR.isdisjoint(word.casefold() for word in words):
                return [dataclasses.replace(one, sector=None)]  # "its leader": of whom nobody knows
        if (whose := self._owned(sentence, argument)) is not None:
            return [whose]
        if words[-1].casefold() in VOICES and (body := last_body(self._before.before(first), self._before.number)):
            return [dataclasses.replace(body, name=None, resolution="coreference", kind="title")]
        if words[0].casefold() in {"the", "this", "that", "these", "those"} and one.kind in {None, "title", "agent"}:
            earlier = self._repeated(sentence, argument.head, one.sector)
            if earlier:
                return [dataclasses.replace(member, resolution="coreference") for member in earlier.members]
        return found

    def _of_somebody(self, words: Sequence[str], owner: Entity, head: int) -> list[Resolved]:
        """Whom "neighbour" or "parliament" means after a pronoun for the owner; "their ministers" are those of each."""
        if words[-1].casefold() in _OPPOSITES and (other := other_land(self._before.before(head), owner)):
            return [other]
        owners = owner.members if words[-1].endswith("s") else owner.members[:1]
        found = [
            (whose, resolve_words(words, self._scene, self._knowledge, whose)[0]) for whose in owners if whose.code
        ]
        return [owned for whose, owned in found if owned.country or (owned.sector and whose.country is None)]

    def _repeated(self, sentence: ParsedSentence, head: int, sector: str | None) -> Entity | None:
        return repeated(self._before.before(head), self._before.number, sentence, head, sector)

    def _owned(self, sentence: ParsedSentence, argument: Argument) -> Resolved | None:
        """Whose it is, where the article says who that is: "the front's secretary", "members of the group"."""
        of = owner(sentence, argument.head)
        if of is None or sentence.words[of].casefold() in PERSONAL:
            return None
        first, last = noun_phrase(sentence, of)
        whose = self.parties(sentence, Argument(of, first, last, argument.score), None)[0].resolved
        if whose.code is None or whose.resolution == "place" or whose.kind == "media":
            return None
        words = sentence.words[max(argument.first, last + 2 if of < argument.head else 0) : argument.last + 1]
        core = words[: next((n for n, word in enumerate(words) if word == "of"), len(words))] or words
        found = resolve_words(core, self._scene, self._knowledge, whose)[0]
        return dataclasses.replace(found, resolution="coreference") if found.country else None

    def _placed(self, one: Resolved, place_country: str | None) -> Resolved:
        """Unnamed local actors are of the country where it happens, for want of better evidence.

        Who holds an office is rather of the country that the article is about: ministers travel.
        """
        scene = (self._focus or place_country) if one.kind == "title" else (place_country or self._focus)
        if one.country is None and one.sector and scene and one.kind in _LOCAL and not one.person:
            return dataclasses.replace(one, country=scene, resolution="place")
        return one


def _noun(sentence: ParsedSentence, word: int) -> str:
    """The word, in small letters where only its place at the beginning makes it a capital: "Horsemen"."""
    return sentence.words[word].lower() if word == 0 and sentence.pos[0] == "NOUN" else sentence.words[word]


def _verb(sentence: ParsedSentence, word: int) -> str:
    head = sentence.heads[word]
    return sentence.words[head].casefold() if head >= 0 else ""
