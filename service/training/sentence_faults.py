"""What can be wrong in an annotated sentence."""

import calendar
import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations

from service.knowledge import Ontology
from service.knowledge.tables import Tables
from service.model import EventType, Span
from service.training.corpus import Annotation, Sentence, find

MONTHS = "|".join(calendar.month_name[1:])
_DAY_OF_MONTH = re.compile(rf"(?P<month>{MONTHS}) (?P<day>\d{{1,2}})(?!\d)|(?P<day2>\d{{1,2}}) (?P<month2>{MONTHS})")
_PREPOSITION = re.compile(r"(?:in|at|on|near|from|to|into|inside|outside|around|of|off|outside) ")
Placed = tuple[str, str, Span]
"""Role, words, where they stand."""


def sentence_faults(sentence: Sentence) -> Iterator[str]:
    yield from text_faults(sentence.text)
    triggers = [event.trigger for event in sentence.events]
    yield from (f"two events of one trigger: {word!r}" for word in {w for w in triggers if triggers.count(w) > 1})
    for event in sentence.events:
        for fault in _event_faults(sentence.text, event):
            yield f"{event.trigger!r}: {fault}"


def text_faults(text: str) -> Iterator[str]:
    if not text.strip():
        yield "no text"
    elif text != " ".join(text.split()):
        yield "blanks at an end, in a row, or a line break in the text"


def mode_faults(kind: EventType, mode: str | None) -> Iterator[str]:
    if mode is not None and mode not in _ontology().modes(kind):
        yield f"{kind} has no mode {mode!r}, only {', '.join(sorted(_ontology().modes(kind))) or 'none'}"


def trigger_faults(text: str, trigger: str) -> Iterator[str]:
    if not re.fullmatch(r"\S+", trigger) or not re.search(r"\w", trigger):
        yield "the trigger is no single word"
    elif find(text, trigger) is None:
        yield "not in the text"


def date_faults(words: str) -> Iterator[str]:
    """A day that no month has."""
    for hit in _DAY_OF_MONTH.finditer(words):
        month, day = hit["month"] or hit["month2"], int(hit["day"] or hit["day2"])
        if not 1 <= day <= calendar.monthrange(2000, list(calendar.month_name).index(month))[1]:
            yield f"no such day: {hit[0]!r}"


def overlap_faults(trigger: Span, placed: list[Placed]) -> Iterator[str]:
    """Phrases that stand where others stand; one may lie within another only as far as language has it so."""
    for role, words, span in placed:
        inside = span[0] <= trigger[0] and trigger[1] <= span[1]
        if span == trigger or (inside and role in {"place", "date", "planned"}):
            yield f"the {role} {words!r} is the trigger, or holds it"
    for (role, words, span), (other, others, theirs) in combinations(placed, 2):
        if span[0] < theirs[1] and theirs[0] < span[1] and not _may_overlap(role, span, other, theirs):
            yield f"{role} {words!r} overlaps {other} {others!r}"


def _may_overlap(role: str, span: Span, other: str, theirs: Span) -> bool:
    """A place may lie in a party's phrase, or be the recipient; an actor may be named after the one it acts on."""
    nested = (span[0] <= theirs[0] and theirs[1] <= span[1]) or (theirs[0] <= span[0] and span[1] <= theirs[1])
    match role, other:
        case ("recipient", "place"):
            return nested
        case ("actor", "place") | ("actor", "recipient"):
            return nested and span != theirs
    return False


def _event_faults(text: str, event: Annotation) -> Iterator[str]:
    yield from mode_faults(event.type, event.mode)
    yield from trigger_faults(text, event.trigger)
    placed: list[Placed] = []
    for role, words in _arguments(event):
        span = find(text, words)
        if span is None:
            yield f"{role} not in the text: {words!r}"
        else:
            placed.append((role, words, span))
    if event.place and _PREPOSITION.match(event.place):
        yield f"place with its preposition: {event.place!r}"
    for words in filter(None, (event.date, event.planned)):
        yield from date_faults(words)
    trigger = find(text, event.trigger)
    if trigger:
        yield from overlap_faults(trigger, placed)


def _arguments(event: Annotation) -> Iterator[tuple[str, str]]:
    yield from (("actor", words) for words in event.actors)
    yield from (("recipient", words) for words in event.recipients)
    for role, words in (("place", event.place), ("date", event.date), ("planned", event.planned)):
        if words is not None:
            yield role, words


@cache
def _ontology() -> Ontology:
    return Ontology.load(Tables())
