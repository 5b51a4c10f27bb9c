"""``eventwire code --explain``: of each act that an article tells, what it was read from and what became of it."""

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Any

from rich.tree import Tree

from service.cli.inputs import InputError, RawInput
from service.cli.output import Format, console_out, fail, say, write_json_line
from service.model import Actor, Article, Rejected
from service.pipeline.articles import parse_article
from service.pipeline.coding import EventMention
from service.pipeline.processing import Coded, Coder, CoderOptions


def explain(inputs: Iterable[RawInput], options: CoderOptions, form: Format) -> int:
    """Explains article by article; gives the number of inputs that were no articles."""
    coder, rejections = Coder.load(options), 0
    try:
        for raw in inputs:
            article = parse_article(raw.value)
            if isinstance(article, Rejected):
                say(f"{raw.origin}: {article.reason}: {article.detail}")
                rejections += 1
                continue
            _show(article, *coder.explain(article), form)
    except InputError as error:
        fail(str(error))
    return rejections


def _show(article: Article, coded: Coded, mentions: list[EventMention], form: Format) -> None:
    if form is Format.jsonl:
        for mention in mentions:
            write_json_line({"article_id": article.id, **explanation(mention, coded)})
        return
    tree = Tree(article.title or article.id)
    sentence, branch = None, tree
    for mention in mentions:
        if mention.evidence.sentence != sentence:
            sentence = mention.evidence.sentence
            branch = tree.add(sentence)
        act, *details = _lines(explanation(mention, coded))
        leaf = branch.add(act)
        for detail in details:
            leaf.add(detail)
    console_out().print(tree)


def explanation(mention: EventMention, coded: Coded) -> dict[str, Any]:
    """One mention for programs: what was read where, how sure that is, and the event it became or why it was held."""
    reading = mention.reading
    place = mention.location.model_dump(mode="json", exclude={"text"}) if mention.location else {}
    event_id, held = _outcome(mention, coded)
    return {
        "sentence": mention.evidence.sentence,
        "trigger": reading.trigger,
        "type": mention.type,
        "mode": mention.mode,
        "type_score": round(reading.type_score, 3),
        "modality": mention.modality,
        "modality_score": round(reading.modality_score, 3),
        "actor": _party(mention, "actor"),
        "recipient": _party(mention, "recipient"),
        "date": {"words": reading.date, "day": mention.date.first.isoformat(), "basis": mention.date.basis},
        "planned": {"words": reading.planned, "day": mention.date.planned and mention.date.planned.isoformat()},
        "place": {"words": reading.place, **place} if reading.place else None,
        "confidence": round(mention.confidence, 3),
        "event_id": event_id,
        "held": held,
    }


def _party(mention: EventMention, side: str) -> dict[str, Any] | None:
    reading, actor = getattr(mention.reading, side), getattr(mention, side)
    if reading is None or actor is None:
        return None
    return {**dataclasses.asdict(reading), "score": round(reading.score, 3), "code": actor.code, "name": actor.name}


def _outcome(mention: EventMention, coded: Coded) -> tuple[str | None, str | None]:
    """The event that the mention became a part of, or the reason for which it was held back."""
    parties = mention.actor, mention.recipient
    for event in coded.events:
        same = event.type == mention.type and mention.evidence in event.evidence
        if same and _codes(event.actor, event.recipient) == _codes(*parties):
            return event.event_id, None
    return None, next((one.reason for one in coded.held if mention.evidence in one.evidence), None)


def _codes(*parties: Actor | None) -> list[str | None]:
    return [party.code or party.text if party else None for party in parties]


def _lines(told: dict[str, Any]) -> Iterator[str]:
    """One mention for people."""
    mode = f"/{told['mode']}" if told["mode"] else ""
    outcome = f"held back: {told['held']}" if told["held"] else f"event {told['event_id']}"
    yield (
        f'"{told["trigger"]}" is {told["type"]}{mode} ({told["type_score"]:.2f}), {told["modality"]} '
        f"({told['modality_score']:.2f}); {outcome}, confidence {told['confidence']:.2f}"
    )
    for side in ("actor", "recipient"):
        if party := told[side]:
            stands = f' for "{party["stands_for"]}"' if party["stands_for"] != party["words"] else ""
            name = f", {party['name']}" if party["name"] else ""
            entry = f", entry of kind {party['kind']}" if party["kind"] else ""
            how = f"{party['code'] or 'no code'}{name} by {party['resolution']}{entry}"
            yield f'{side}: "{party["words"]}"{stands} is {how} ({party["score"]:.2f})'
    date = told["date"]
    yield f"date: {date['day']}, {date['basis']}" + (f', from "{date["words"]}"' if date["words"] else "")
    if told["planned"]["day"]:
        yield f'planned: {told["planned"]["day"]}, from "{told["planned"]["words"]}"'
    if place := told["place"]:
        point = f" ({place['latitude']}, {place['longitude']})" if place.get("latitude") is not None else ""
        where = f"{place.get('name') or 'unknown'}, {place.get('country') or 'no country'}{point}"
        yield f'place: "{place["words"]}" is {where}'
