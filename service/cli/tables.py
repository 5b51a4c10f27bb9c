"""Events as people read them: a row each."""

from collections.abc import Iterable, Sequence

from rich.table import Column, Table

from service.model import Actor, Event

COLUMNS = ("date", "type", "actor -> recipient", "place", "modality", "confidence")


def table_of(columns: Sequence[str], rows: Iterable[Sequence[str]] = ()) -> Table:
    """A plain table. Nothing is cut: long cells go on in the next line."""
    table = Table(*(Column(name, overflow="fold") for name in columns), box=None, pad_edge=False)
    for row in rows:
        table.add_row(*row)
    return table


def event_cells(event: Event) -> tuple[str, ...]:
    """The row of one event, in the order of ``COLUMNS``."""
    kind = f"{event.type}/{event.mode}" if event.mode else event.type
    return str(event.date), kind, parties(event), place(event), event.modality, f"{event.confidence:.2f}"


def parties(event: Event) -> str:
    """Who to whom."""
    return f"{_party(event.actor)} -> {_party(event.recipient)}" if event.recipient else _party(event.actor)


def place(event: Event) -> str:
    """Where, with its country; empty where that is not known."""
    if event.location is None:
        return ""
    return ", ".join(filter(None, (event.location.name or event.location.text, event.location.country)))


def _party(actor: Actor) -> str:
    """The code, and the name or else the article's words."""
    name = actor.name or actor.text
    return f"{actor.code} ({name})" if actor.code else name
