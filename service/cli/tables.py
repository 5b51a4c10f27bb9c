"""Events as people read them: a row each."""

from rich.table import Column, Table

from service.model import Actor, Event

COLUMNS = ("date", "type", "actor -> recipient", "place", "modality", "confidence")


def event_table() -> Table:
    """An empty table of events."""
    return Table(*(Column(name, overflow="fold") for name in COLUMNS), box=None, pad_edge=False)


def event_cells(event: Event) -> tuple[str, ...]:
    """The row of one event, in the order of ``COLUMNS``."""
    parties = f"{_party(event.actor)} -> {_party(event.recipient)}" if event.recipient else _party(event.actor)
    place = event.location and ", ".join(
        filter(None, (event.location.name or event.location.text, event.location.country))
    )
    kind = f"{event.type}/{event.mode}" if event.mode else event.type
    return str(event.date), kind, parties, place or "", event.modality, f"{event.confidence:.2f}"


def _party(actor: Actor) -> str:
    """Who it is: the code, and the name or else the words of the article where they say more."""
    name = actor.name or actor.text
    return f"{actor.code} ({name})" if actor.code else name
