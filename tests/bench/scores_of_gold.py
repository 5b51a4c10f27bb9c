"""Scores on others' sentences: event types and parties, and places of events."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from service.knowledge import Knowledge
from service.model import Actor, Article, Event
from service.pipeline.coding.arguments import find_arguments
from service.pipeline.coding.targets import place_of
from service.pipeline.parsing import ParsedSentence, Reader, SentenceText, Trigger
from service.pipeline.processing import Coder
from tests.bench.scores import Figure, content_words, f1, macro_f1

BIG = 20
"""Types with fewer rows are left out of the macro figure."""


def relation_figures(path: Path, reader: Reader, coder: Coder) -> Iterator[Figure]:
    """Types as a set for each sentence (CONCEDE and RETREAT count as YIELD), and type with both parties."""
    right, found, wanted = Counter[str](), Counter[str](), Counter[str]()
    both = triggers = rows = 0
    for row in map(json.loads, path.open(encoding="utf-8")):
        sentences = reader.read([SentenceText(row["text"], 0)])
        types = {_type(trigger.type) for sentence in sentences for trigger in sentence.triggers}
        triggers += sum(len(sentence.triggers) for sentence in sentences)
        right.update(types & {row["type"]})
        found.update(types)
        wanted[row["type"]] += 1
        coded = coder.code(Article(text=row["text"], published_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC)))
        both += any(_fits(event, row) for event in coded.events)
        rows += 1
    yield Figure("gold/plv_dev", "type F1 micro", f1(right.total(), found.total(), wanted.total()), rows)
    yield Figure("gold/plv_dev", f"type F1 macro, types with {BIG} rows", macro_f1(right, found, wanted, BIG), rows)
    yield Figure("gold/plv_dev", "type and both parties", both / rows, rows)
    yield Figure("gold/plv_dev", "events a sentence", triggers / rows, rows)


def _type(name: str) -> str:
    return "YIELD" if name in {"CONCEDE", "RETREAT"} else name


def _fits(event: Event, row: dict[str, str]) -> bool:
    return (
        _type(event.type) == row["type"]
        and _shares(event.actor, row["actor_text"])
        and _shares(event.recipient, row["recipient_text"])
    )


def _shares(actor: Actor | None, words: str) -> bool:
    return actor is not None and bool(content_words(f"{actor.text} {actor.name or ''}") & content_words(words))


def location_figures(path: Path, reader: Reader) -> Iterator[Figure]:
    """Places of the events whose trigger is found: F1 of overlapping phrases, and "no place" where there is none."""
    right = found = wanted = quiet = silent = rows = hits = 0
    knowledge = Knowledge.load()
    for row in map(json.loads, path.open(encoding="utf-8")):
        rows += 1
        pair = _at(reader.read([SentenceText(row["text"], 0)]), *row["trigger"])
        if pair is None:
            continue
        hits += 1
        place = place_of(*pair, find_arguments(*pair), knowledge)
        sentence = pair[0]
        span = sentence.characters(place.first, place.last) if place else None
        marked = [(start - sentence.start, end - sentence.start) for start, end in row["locations"]]
        if not marked:
            quiet += 1
            silent += span is None
        right += span is not None and any(span[0] < end and span[1] > start for start, end in marked)
        found += span is not None
        wanted += bool(marked)
    yield Figure("gold/event_location_dev", "triggers found", hits / rows, rows)
    yield Figure("gold/event_location_dev", "place F1", f1(right, found, wanted), hits)
    yield Figure("gold/event_location_dev", "no place where none is", silent / max(1, quiet), quiet)


def _at(sentences: list[ParsedSentence], start: int, end: int) -> tuple[ParsedSentence, Trigger] | None:
    """The trigger that touches the characters."""
    for sentence in sentences:
        for trigger in sentence.triggers:
            first, last = sentence.spans[trigger.word]
            if sentence.start + first < end and sentence.start + last > start:
                return sentence, trigger
    return None
