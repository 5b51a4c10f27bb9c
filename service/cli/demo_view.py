"""Events on the screen as they arrive: a growing table on a terminal, a line each elsewhere."""

import sys
from types import TracebackType
from typing import Self

from rich.live import Live

from service.cli.output import console_out
from service.cli.tables import event_cells, table_of
from service.model import Event

COLUMNS = ("date", "type", "actor -> recipient", "place", "reported by")
WIDTHS = (10, 21, 60, 14, 0)
"""Of the columns of a plain line, in characters; longer words push the rest to the right."""
SPARE_LINES = 8
"""Of the screen, which the growing table leaves free."""


class EventView:
    """Shows each event once, and by how many articles it is reported by now."""

    def __init__(self) -> None:
        self.events: dict[str, Event] = {}
        """By id, in the order of their arrival; corroborated ones as they are now."""
        self._console = console_out()
        self._live = Live(console=self._console, transient=True, auto_refresh=False) if sys.stdout.isatty() else None

    def __enter__(self) -> Self:
        if self._live:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live:
            self._live.stop()
            self._console.print(table_of(COLUMNS, map(_cells, self.events.values())))

    def event(self, event: Event) -> None:
        """A new event, unless it was shown: a record that is sent again has the same id."""
        if event.event_id not in self.events:
            self.events[event.event_id] = event
            self._show(event)

    def update(self, event: Event) -> None:
        """A later revision: another article reports it."""
        first = self.events.get(event.event_id)
        if first and event.revision > first.revision:
            shared = {name: getattr(event, name) for name in ("revision", "articles", "sources")}
            self.events[event.event_id] = first.model_copy(update=shared)
            self._show(self.events[event.event_id])

    def _show(self, event: Event) -> None:
        if self._live:
            room = max(self._console.height - SPARE_LINES, SPARE_LINES)
            self._live.update(table_of(COLUMNS, map(_cells, list(self.events.values())[-room:])), refresh=True)
        else:
            cells = zip(_cells(event), WIDTHS, strict=True)
            print("  ".join(cell.ljust(width) for cell, width in cells).rstrip(), flush=True)  # noqa: T201 - the result


def _cells(event: Event) -> tuple[str, ...]:
    date, kind, parties, place, *_ = event_cells(event)
    again = f" (now {event.articles} articles)" if event.articles > 1 else ""
    return date, kind, parties, place, ", ".join(event.sources) + again
