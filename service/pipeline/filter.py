"""What is held back, and why: modality, confidence, no actor. Held events are counted, never lost from the sums."""

from collections.abc import Collection, Iterable, Sequence

from service.model import Article, Event, Held, HoldReason, Modality
from service.pipeline.coding import EventMention


def sift(
    events: Iterable[Event], modalities: Collection[Modality], min_confidence: float
) -> tuple[list[Event], list[Held]]:
    """Events that pass, and those held back."""
    passed: list[Event] = []
    held: list[Held] = []
    for event in events:
        if event.modality not in modalities:
            held.append(_held(event, "modality"))
        elif event.confidence < min_confidence:
            held.append(_held(event, "confidence"))
        else:
            passed.append(event)
    return passed, held


def without_actor(mentions: Sequence[EventMention], article: Article) -> list[Held]:
    """The acts that the article tells without anybody who acts."""
    return [
        Held(
            article_id=article.id,
            reason="no_actor",
            type=mention.type,
            mode=mention.mode,
            modality=mention.modality,
            date=mention.date.first,
            recipient=mention.recipient,
            confidence=round(mention.confidence, 4),
            evidence=(mention.evidence,),
        )
        for mention in mentions
        if mention.actor is None
    ]


def _held(event: Event, reason: HoldReason) -> Held:
    return Held(
        article_id=event.article.id,
        reason=reason,
        type=event.type,
        mode=event.mode,
        modality=event.modality,
        date=event.date,
        actor=event.actor,
        recipient=event.recipient,
        confidence=event.confidence,
        evidence=event.evidence,
    )
