"""Actor and recipient of a trigger: whom its arguments name, who may be what, and who acts on whom."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from service.knowledge import Knowledge
from service.model import Place
from service.pipeline.coding.arguments import Argument, Arguments
from service.pipeline.coding.composition import Resolved
from service.pipeline.coding.coreference import Discourse
from service.pipeline.coding.dates import resolve_date
from service.pipeline.coding.descriptions import owner
from service.pipeline.coding.doers import as_attackers, land_of_act
from service.pipeline.coding.entities import Party
from service.pipeline.coding.implied import BEARS, borne_by, implied_recipients
from service.pipeline.coding.phrases import SUBJECTS, noun_phrase
from service.pipeline.coding.places import resolve_place
from service.pipeline.parsing import ParsedSentence, Trigger

Side = tuple[Argument, Party]
"""The phrase that names a party, and who that is."""
_MUTUAL = frozenset({"CONSULT", "COOPERATE"})
"""Types in which several actors without a recipient act with each other."""
_ON_GROUND = frozenset({"ASSAULT", "PROTEST", "MOBILIZE"})
"""Types that are done to people somewhere: a capital is where, not to whom."""
_ON_MEDIA = frozenset({"ACCUSE", "COERCE", "ASSAULT", "THREATEN", "SANCTION"})
"""Types that are done to news media, which else only report."""
_LARGE = 100_000
_RECIPROCAL = frozenset(
    "clash clashes clashed clashing fighting fought battle battles skirmish skirmishes firefight".split()
)
"""Triggers whose several actors fight each other where no recipient is named."""


class Dyads:
    """Finds the dyads of one article's triggers."""

    def __init__(self, discourse: Discourse, published: dt.date, knowledge: Knowledge) -> None:
        self._discourse = discourse
        self._published = published
        self._knowledge = knowledge

    def of(
        self, sentence: ParsedSentence, trigger: Trigger, arguments: Arguments, location: Place | None
    ) -> Iterator[tuple[Side | None, Side | None]]:
        """Actor and recipient of each event that the trigger tells of; one of them, or both, may be unknown."""
        scene = location.country if location else None
        actors = [
            (argument, as_attackers(party, trigger))
            for argument, party in self._at_home(self._parties(sentence, arguments.actors, scene), scene)
            if party.resolved.kind != "media"  # they only report
        ]
        if not arguments.actors and (land := land_of_act(sentence, trigger, self._knowledge)):
            actors = [land]
        named = self._owners(sentence, self._parties(sentence, arguments.recipients, scene))
        recipients = [
            (argument, party)
            for argument, party in self._at_home(named, scene)
            if _may_receive(trigger, party, actors)
            and not (sentence.relations[argument.head] in SUBJECTS and _acts_for(party, actors))
        ]
        mutual = trigger.type in _MUTUAL or sentence.words[trigger.word].casefold() in _RECIPROCAL
        if not recipients and (len(actors) == 1 or (actors and not mutual)):
            recipients = self._implied(sentence, trigger, arguments, [party for _, party in actors], location)
        return _paired(actors, recipients, mutual=mutual)

    def _owners(self, sentence: ParsedSentence, sides: Sequence[Side]) -> Iterator[Side]:
        """What is done to somebody's thing is done to them: "the government's website" is the government."""
        for argument, party in sides:
            whose = owner(sentence, argument.head) if party.resolved.code is None else None
            if whose is not None:
                phrase = Argument(whose, *noun_phrase(sentence, whose), argument.score)
                yield from self._parties(sentence, [phrase], None) or [(argument, party)]
            else:
                yield argument, party

    def _at_home(self, sides: Iterable[Side], scene: str | None) -> list[Side]:
        """The parties, each once; those whose land nobody tells are of the scene."""
        named: dict[tuple[str | None, str | None], Side] = {}
        for argument, party in sides:
            settled = self._discourse.at_home(party, scene) if party.resolved.country is None else party
            named.setdefault((settled.resolved.code, settled.resolved.name or settled.text), (argument, settled))
        return list(named.values())

    def _implied(
        self,
        sentence: ParsedSentence,
        trigger: Trigger,
        arguments: Arguments,
        actors: Sequence[Party],
        location: Place | None,
    ) -> list[Side]:
        """The other party where no phrase is read as one: at most one, of another land, or the place itself."""
        doing = {word for one in arguments.actors for word in range(one.first, one.last + 1)}
        for argument in implied_recipients(sentence, trigger):
            if argument.head in doing:
                continue
            for found, party in self._parties(sentence, [argument], None):
                whose = sentence.pos[argument.head] == "PRON"
                if all(_is_other_land(actor.resolved, party.resolved, trigger, whose=whose) for actor in actors):
                    return [(found, party)]
        return self._bearing(sentence, trigger, arguments.place, actors, location)

    def _bearing(
        self,
        sentence: ParsedSentence,
        trigger: Trigger,
        place: Argument | None,
        actors: Sequence[Party],
        location: Place | None,
    ) -> list[Side]:
        """The place itself, if it has a name, for acts that are done to a place as to its people."""
        if trigger.type not in BEARS:
            return []
        if trigger.type == "AGREE":
            place = None  # where it was agreed
        if place is None:
            place = next(borne_by(sentence, trigger), None)
            location = None if place is None else self._located(sentence, place, actors)
        if place is None or location is None or location.country is None:
            return []
        if location.name is None and sentence.pos[place.head] != "PROPN":
            return []  # a road, a village: where it was, not to whom
        land = Resolved(country=location.country, resolution="place", kind="country")
        return [(place, Party(sentence.phrase(place.first, place.last), land))]

    def _located(self, sentence: ParsedSentence, place: Argument, actors: Sequence[Party]) -> Place:
        near = [actor.resolved.country for actor in actors if actor.resolved.country]
        words = sentence.words[place.first : place.last + 1]
        return resolve_place(sentence.phrase(place.first, place.last), words, near, self._knowledge)

    def _parties(self, sentence: ParsedSentence, arguments: Sequence[Argument], scene: str | None) -> list[Side]:
        """Whom the arguments name, each once; mere places are no parties."""
        named: dict[tuple[str | None, str | None], Side] = {}
        for argument in arguments:
            for party in self._discourse.parties(sentence, argument, scene):
                one = party.resolved
                if one.code is None and self._is_no_party(sentence, argument):
                    continue
                key = (one.code, one.name) if one.code or one.name else (None, party.text.casefold())
                named.setdefault(key, (argument, party))
        return list(named.values())

    def _is_no_party(self, sentence: ParsedSentence, argument: Argument) -> bool:
        """Whether the phrase is a day, or the name of a town or a region and nothing else.

        Small towns share their names with people, so a town must be large to be one without other evidence.
        """
        if resolve_date(sentence.phrase(argument.first, argument.last), self._published) is not None:
            return True
        words = sentence.words[argument.first : argument.last + 1]
        while words and words[0].casefold() in {"the", "eastern", "western", "northern", "southern", "central"}:
            words = words[1:]
        match = self._knowledge.places.match(words, 0) if words else None
        name = self._knowledge.names.match(words, 0) if words else None
        if name and name.end == len(words) and name.name.kind == "region":
            return True
        if match is None or match.end != len(words) or name:
            return False
        best = match.places[0]
        return best.population >= _LARGE or best.geonames_id is None


def _may_receive(trigger: Trigger, party: Party, actors: Sequence[Side]) -> bool:
    one = party.resolved
    if one.kind == "media":
        return trigger.type in _ON_MEDIA
    if one.kind == "capital" and trigger.type in _ON_GROUND:
        return False
    return one.resolution != "coreference" or not any(_same(actor[1], party) for actor in actors)


def _acts_for(party: Party, actors: Sequence[Side]) -> bool:
    """Whether an actor is the government of the country: Chad's minister who warns that Chad will act warns others."""
    country = party.resolved.country if party.resolved.kind == "country" else None
    return any(one.resolved.country == country and one.resolved.sector in {None, "GOV"} for _, one in actors)


def _paired(actors: list[Side], recipients: list[Side], *, mutual: bool) -> Iterator[tuple[Side | None, Side | None]]:
    """Each actor with each recipient; of those who act with each other each pair."""
    if not recipients and mutual and len(actors) > 1:
        yield from combinations(actors, 2)
        return
    for actor in actors or (None,):
        others = [other for other in recipients if actor is None or not _same(actor[1], other[1])]
        if recipients and not others and len(actors) > 1:
            continue  # nobody acts on himself: the phrase was read twice
        for recipient in others or (None,):
            yield actor, recipient


def _is_other_land(actor: Resolved, other: Resolved, trigger: Trigger, *, whose: bool) -> bool:
    """Whether ``other`` is certain to be somebody else: of another land, or of another sector of the same one."""
    if other.country is None or other.kind == "capital" or other.resolution == "place":
        return False
    if other.resolution == "coreference" and not whose:
        return False
    if other.kind == "media" and trigger.type not in _ON_MEDIA:
        return False
    sectors = actor.sector, other.sector
    return other.country != actor.country or (None not in sectors and sectors[0] != sectors[1])


def _same(one: Party, other: Party) -> bool:
    if one.resolved.name and one.resolved.code == other.resolved.code:
        return one.resolved.name == other.resolved.name or one.text == other.text
    return one.text.casefold() == other.text.casefold()
