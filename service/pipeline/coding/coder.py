"""Coding: the parsed sentences of one article -> event mentions, one for each dyad of each trigger."""

import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from service.knowledge import Knowledge
from service.model import Article, Evidence, Place, Span
from service.pipeline.coding.arguments import Argument, Arguments, find_arguments
from service.pipeline.coding.coreference import Discourse, Party
from service.pipeline.coding.dates import resolve_date
from service.pipeline.coding.focus import focus_country, place_country
from service.pipeline.coding.mentions import EventDate, EventMention
from service.pipeline.coding.periods import Tense
from service.pipeline.coding.phrases import NAME_PARTS
from service.pipeline.coding.places import resolve_place
from service.pipeline.parsing import Dateline, ParsedSentence, Trigger

_MUTUAL = frozenset({"CONSULT", "COOPERATE"})
"""Types in which several actors without a recipient act with each other."""
_ON_GROUND = frozenset({"ASSAULT", "PROTEST", "MOBILIZE"})
"""Types that are done to people somewhere: a capital is where, not to whom."""
_ON_MEDIA = frozenset({"COERCE", "ASSAULT", "THREATEN", "SANCTION"})
"""Types that are done to news media, which else only report."""
_LARGE = 100_000
_RECIPROCAL = frozenset(
    "clash clashes clashed clashing fighting fought battle battles skirmish skirmishes firefight".split()
)
"""Triggers whose several actors fight each other where no recipient is named."""
_TOWNS = frozenset({"the city", "the town", "the village", "the capital", "the port"})
_FUTURE_WORDS = frozenset({"will", "'ll", "’ll", "shall", "to", "would"})


def code_mentions(
    article: Article, sentences: Sequence[ParsedSentence], dateline: Dateline | None, knowledge: Knowledge
) -> list[EventMention]:
    """The event mentions of an article, in the order of the text; those without an actor too."""
    return list(_Coding(article, sentences, dateline, knowledge).mentions(sentences))


class _Coding:
    """What the coding of one article holds."""

    def __init__(
        self, article: Article, sentences: Sequence[ParsedSentence], dateline: Dateline | None, knowledge: Knowledge
    ) -> None:
        self._published = article.published_at.date()
        self._knowledge = knowledge
        self._focus = focus_country(sentences, dateline, self._published, knowledge)
        self._dateline_country = place_country(dateline.place.split(","), knowledge) if dateline else None
        self._discourse = Discourse(knowledge, self._published, self._focus)
        self._towns: Counter[str] = Counter()

    def mentions(self, sentences: Sequence[ParsedSentence]) -> Iterator[EventMention]:
        for sentence in sentences:
            self._discourse.enter(sentence)
            self._note_towns(sentence)
            for trigger in sentence.triggers:
                yield from self._of_trigger(sentence, trigger)

    def _of_trigger(self, sentence: ParsedSentence, trigger: Trigger) -> Iterator[EventMention]:
        arguments = find_arguments(sentence, trigger)
        location = self._location(sentence, arguments.place)
        scene = location.country if location else None
        actors = [one for one in self._parties(sentence, arguments.actors, scene) if one[1].resolved.kind != "media"]
        recipients = [
            (argument, party)
            for argument, party in self._parties(sentence, arguments.recipients, scene)
            if not (party.resolved.resolution == "coreference" and any(_same(actor[1], party) for actor in actors))
            and not (trigger.type in _ON_GROUND and party.resolved.kind == "capital")
            and not (trigger.type not in _ON_MEDIA and party.resolved.kind == "media")
        ]
        date = self._date(sentence, trigger, arguments)
        mutual = trigger.type in _MUTUAL or sentence.words[trigger.word].casefold() in _RECIPROCAL
        for actor, recipient in _dyads(actors, recipients, mutual=mutual):
            yield EventMention(
                type=trigger.type,
                mode=trigger.mode,
                modality=trigger.modality,
                actor=actor and actor[1].resolved.actor(actor[1].text),
                recipient=recipient and recipient[1].resolved.actor(recipient[1].text),
                date=date,
                location=location,
                evidence=_evidence(sentence, trigger, arguments, actor and actor[0], recipient and recipient[0]),
                confidence=_confidence(trigger, actor and actor[0], recipient and recipient[0]),
                dateline_country=self._dateline_country,
            )

    def _parties(
        self, sentence: ParsedSentence, arguments: Sequence[Argument], scene: str | None
    ) -> list[tuple[Argument, Party]]:
        """Whom the arguments name, each once; mere places are no parties."""
        named: dict[tuple[str | None, str | None], tuple[Argument, Party]] = {}
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
        if resolve_date(_text(sentence, argument), self._published) is not None:
            return True
        words = sentence.words[argument.first : argument.last + 1]
        while words and words[0].casefold() in {"the", "eastern", "western", "northern", "southern", "central"}:
            words = words[1:]
        match = self._knowledge.places.match(words, 0) if words else None
        if match is None or match.end != len(words) or self._knowledge.names.match(words, 0):
            return False
        best = match.places[0]
        return best.population >= _LARGE or best.geonames_id is None

    def _location(self, sentence: ParsedSentence, place: Argument | None) -> Place | None:
        """The event's place; "the city" is the town that the article has named most."""
        if place is None:
            return None
        text, words = _text(sentence, place), sentence.words[place.first : place.last + 1]
        if text.casefold() in _TOWNS and self._towns:
            words = tuple(self._towns.most_common(1)[0][0].split())
        return resolve_place(text, words, [self._focus] if self._focus else [], self._knowledge)

    def _note_towns(self, sentence: ParsedSentence) -> None:
        """Counts the towns that the article names."""
        for word, tag in enumerate(sentence.pos):
            if tag == "PROPN" and sentence.relations[word] not in NAME_PARTS:
                match = self._knowledge.places.match(sentence.words, word)
                if match and match.places[0].kind in {"city", "capital", "town"}:
                    self._towns[" ".join(sentence.words[match.start : match.end])] += 1

    def _date(self, sentence: ParsedSentence, trigger: Trigger, arguments: Arguments) -> EventDate:
        """The day that the trigger's own time phrase names, else that of publication, and the day announced."""
        tense = _tense(sentence, trigger)
        found = EventDate(self._published, "day", "publication")
        happened = arguments.date and resolve_date(_text(sentence, arguments.date), self._published, tense)
        announced = arguments.planned and resolve_date(_text(sentence, arguments.planned), self._published, "future")
        if happened and happened.first > self._published:
            happened, announced = None, announced or happened
        if happened:
            found = EventDate(happened.first, happened.precision, happened.basis)
        if announced and announced.first > self._published:
            return dataclasses.replace(found, planned=announced.first)
        return found


def _dyads(
    actors: list[tuple[Argument, Party]], recipients: list[tuple[Argument, Party]], *, mutual: bool
) -> Iterator[tuple[tuple[Argument, Party] | None, tuple[Argument, Party] | None]]:
    """Each actor with each recipient; of those who act with each other each pair."""
    if not recipients and mutual and len(actors) > 1:
        yield from combinations(actors, 2)
        return
    for actor in actors or (None,):
        others = [other for other in recipients if actor is None or not _same(actor[1], other[1])]
        if recipients and not others:
            continue  # nobody acts on himself: the phrase was read twice
        for recipient in others or (None,):
            yield actor, recipient


def _same(one: Party, other: Party) -> bool:
    if one.resolved.code and one.resolved.code == other.resolved.code:
        return one.resolved.name == other.resolved.name or one.text == other.text
    return one.text.casefold() == other.text.casefold()


def _tense(sentence: ParsedSentence, trigger: Trigger) -> Tense:
    if trigger.modality == "future":
        return "future"
    helpers = {sentence.words[child].casefold() for child in sentence.children[trigger.word]}
    if helpers & _FUTURE_WORDS:
        return "future"
    return "unknown" if trigger.modality == "hypothetical" or trigger.type == "AGREE" else "past"


def _confidence(trigger: Trigger, actor: Argument | None, recipient: Argument | None) -> float:
    """The chance that type and parties are right, as the network's scores put it."""
    parties = [argument.score for argument in (actor, recipient) if argument is not None]
    return trigger.score * (sum(parties) / len(parties) if parties else 1.0)


def _evidence(
    sentence: ParsedSentence, trigger: Trigger, arguments: Arguments, actor: Argument | None, recipient: Argument | None
) -> Evidence:
    def span(argument: Argument | None) -> Span | None:
        return None if argument is None else _span(sentence, argument.first, argument.last)

    return Evidence(
        sentence=sentence.text,
        part=sentence.part,
        start=sentence.start,
        end=sentence.start + len(sentence.text),
        trigger=_span(sentence, trigger.word, trigger.word),
        actor=span(actor),
        recipient=span(recipient),
        location=span(arguments.place),
        date=span(arguments.date),
    )


def _span(sentence: ParsedSentence, first: int, last: int) -> Span:
    start, end = sentence.characters(first, last)
    return sentence.start + start, sentence.start + end


def _text(sentence: ParsedSentence, argument: Argument) -> str:
    return sentence.text[slice(*sentence.characters(argument.first, argument.last))]
