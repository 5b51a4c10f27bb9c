"""From the mentions of an article to its events: an act told several times is one event with several evidences."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence

from service.knowledge import Knowledge
from service.model import Actor, Article, ArticleReference, CoderInfo, Event, Evidence
from service.pipeline.coding import EventMention
from service.pipeline.identity import event_id, identity, party

RETOLD_WITHIN = dt.timedelta(days=7)
"""An undated mention is the dated one retold when that lies so close before the publication."""


def assemble(
    mentions: Sequence[EventMention],
    article: Article,
    coder: CoderInfo,
    knowledge: Knowledge,
    dedup_fields: Sequence[str],
) -> list[Event]:
    """Events in the order in which the article first tells them. Mentions without an actor are left out."""
    grouped: dict[str, list[EventMention]] = {}
    for mention in with_retold_dates(mentions):
        if mention.actor is not None:
            grouped.setdefault(_identity(mention, mention.actor, dedup_fields), []).append(mention)
    return [_event(name, group, article, coder, knowledge) for name, group in grouped.items()]


def with_retold_dates(mentions: Sequence[EventMention]) -> list[EventMention]:
    """Gives mentions without a date of their own the date at which the article has the same act."""
    dated = {
        _dyad(mention): mention.date
        for mention in reversed(mentions)
        if mention.date.basis != "publication" and mention.date.precision == "day" and mention.date.planned is None
    }

    def retold(mention: EventMention) -> EventMention:
        date = dated.get(_dyad(mention))
        if date is None or mention.standing or mention.date.basis != "publication":
            return mention
        if mention.date.first - date.first > RETOLD_WITHIN:
            return mention
        return dataclasses.replace(mention, date=date, retold=True)

    return [retold(mention) for mention in mentions]


def _dyad(mention: EventMention) -> tuple[str, str, frozenset[str]]:
    parties = [one for one in (mention.actor, mention.recipient) if one]
    return mention.type, mention.modality, frozenset(one.code or one.text.casefold() for one in parties)


def _identity(mention: EventMention, actor: Actor, dedup_fields: Sequence[str]) -> str:
    countries = (mention.location.country if mention.location else None, mention.dateline_country)
    return identity(
        mention.type,
        party(actor, *countries),
        party(mention.recipient, *countries) if mention.recipient else None,
        mention.date.first,
        modality=mention.modality,
        mode=mention.mode,
        place=mention.location,
        dedup_fields=dedup_fields,
    )


def _event(name: str, group: list[EventMention], article: Article, coder: CoderInfo, knowledge: Knowledge) -> Event:
    """One event of the mentions that share an identity; the surest of those that tell it first speaks for it."""
    ranked = sorted(group, key=lambda mention: (mention.retold, -mention.confidence))
    best = ranked[0]
    if best.actor is None:
        raise AssertionError("grouped mentions have an actor")
    scale = knowledge.ontology.score(best.type, best.mode)
    return Event(
        event_id=event_id(name),
        identity=name,
        date=best.date.first,
        date_precision=best.date.precision,
        date_basis=best.date.basis,
        planned_date=best.date.planned,
        type=best.type,
        mode=best.mode,
        quad=scale.quad,
        cameo=scale.cameo,
        intensity=scale.intensity,
        modality=best.modality,
        actor=best.actor,
        recipient=best.recipient,
        location=next((mention.location for mention in ranked if mention.location), None),
        evidence=tuple(_unique(mention.evidence for mention in ranked)),
        confidence=round(best.confidence, 4),
        article=ArticleReference.of(article),
        sources=(article.source,) if article.source else (),
        coder=coder,
    )


def _unique(items: Iterable[Evidence]) -> list[Evidence]:
    """The items without repeats, in order (a pronoun and its name may give one mention twice)."""
    kept: list[Evidence] = []
    for item in items:
        if item not in kept:
            kept.append(item)
    return kept
