"""Coding: the parsed sentences of one article -> event mentions, one for each dyad of each trigger."""

import dataclasses
from collections.abc import Iterator, Sequence

from service.knowledge import Knowledge
from service.model import Article, Evidence, Place, Span
from service.pipeline.coding.arguments import Argument, Arguments, find_arguments
from service.pipeline.coding.chronology import Chronology, is_standing
from service.pipeline.coding.confidence import Calibration
from service.pipeline.coding.coreference import Discourse
from service.pipeline.coding.dyads import Dyads
from service.pipeline.coding.focus import article_scene, place_country
from service.pipeline.coding.mentions import EventMention
from service.pipeline.coding.places import Towns, resolve_place
from service.pipeline.coding.readings import reading_of
from service.pipeline.coding.targets import place_of
from service.pipeline.parsing import Dateline, ParsedSentence, Trigger


def code_mentions(
    article: Article,
    sentences: Sequence[ParsedSentence],
    dateline: Dateline | None,
    knowledge: Knowledge,
    calibration: Calibration,
) -> list[EventMention]:
    """The event mentions of an article, in the order of the text; those without an actor too."""
    return list(_Coding(article, sentences, dateline, knowledge, calibration).mentions(sentences))


class _Coding:
    """What the coding of one article holds."""

    def __init__(
        self,
        article: Article,
        sentences: Sequence[ParsedSentence],
        dateline: Dateline | None,
        knowledge: Knowledge,
        calibration: Calibration,
    ) -> None:
        self._calibration = calibration
        self._published = article.published_at.date()
        self._knowledge = knowledge
        scene = article_scene(sentences, dateline, self._published, knowledge)
        self._focus = scene.country
        self._dateline_country = place_country(dateline.place.split(","), knowledge) if dateline else None
        self._discourse = Discourse(knowledge, scene)
        self._dyads = Dyads(self._discourse, self._published, knowledge)
        self._chronology = Chronology(self._published)
        self._towns = Towns(self._focus, knowledge)

    def mentions(self, sentences: Sequence[ParsedSentence]) -> Iterator[EventMention]:
        for sentence in sentences:
            self._discourse.enter(sentence)
            self._chronology.enter()
            self._towns.enter(sentence)
            for trigger in sentence.triggers:
                yield from self._of_trigger(sentence, trigger)

    def _of_trigger(self, sentence: ParsedSentence, trigger: Trigger) -> Iterator[EventMention]:
        arguments = find_arguments(sentence, trigger)
        arguments = dataclasses.replace(arguments, place=place_of(sentence, trigger, arguments, self._knowledge))
        location = self._location(sentence, arguments.place)
        date = self._chronology.date(sentence, trigger, arguments)
        for actor, recipient in self._dyads.of(sentence, trigger, arguments, location):
            yield EventMention(
                type=trigger.type,
                mode=trigger.mode,
                modality=trigger.modality,
                actor=actor and actor[1].resolved.actor(actor[1].text),
                recipient=recipient and recipient[1].resolved.actor(recipient[1].text),
                date=date,
                location=location,
                evidence=_evidence(sentence, trigger, arguments, actor and actor[0], recipient and recipient[0]),
                confidence=self._calibration.confidence(trigger, actor and actor[0], recipient and recipient[0]),
                reading=reading_of(sentence, trigger, arguments, actor, recipient),
                dateline_country=self._dateline_country,
                standing=is_standing(sentence, trigger),
            )

    def _location(self, sentence: ParsedSentence, place: Argument | None) -> Place | None:
        """The event's place; "the city" is the town that the article has named most."""
        if place is None:
            return None
        text, words = sentence.phrase(place.first, place.last), sentence.words[place.first : place.last + 1]
        return resolve_place(
            text, self._towns.meant(text) or words, [self._focus] if self._focus else [], self._knowledge
        )


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
