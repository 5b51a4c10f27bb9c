"""One run of ``eventwire code``: each input coded, each outcome written, all of them counted."""

import base64
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from itertools import count
from typing import TextIO

from service.cli.coding_jobs import outcomes
from service.cli.inputs import InputError, RawInput
from service.cli.output import Format, console_out, fail, progress, say, write_json_line
from service.cli.tables import COLUMNS, event_cells, table_of
from service.model import Event, Rejected
from service.pipeline.dedup import Corroborated, New, deduplicate
from service.pipeline.entry import Entry, Provenance
from service.pipeline.processing import Coded, CoderOptions, Tally

Write = Callable[[Event], None]
CORROBORATION = ("revision", "articles", "sources", "first_seen", "last_seen")


def run(
    inputs: Iterable[RawInput],
    options: CoderOptions,
    *,
    jobs: int,
    form: Format,
    dedup: bool,
    rejected: TextIO | None,
    held: TextIO | None,
) -> Tally:
    """Codes the inputs and writes what becomes of them, events to stdout. A summary goes to stderr."""
    tally = Tally()
    with ExitStack() as stack:
        write = stack.enter_context(event_writer(form))
        if dedup:
            write = stack.enter_context(each_once(write))
        advance = stack.enter_context(progress("coding"))
        for raw, outcome in _outcomes(inputs, options, jobs):
            tally.add(outcome)
            tally.coding_seconds.clear()  # not told, and there may be millions
            advance(1)
            if isinstance(outcome, Rejected):
                if rejected:
                    write_rejection(raw, outcome, rejected)
                continue
            for event in outcome.events:
                write(event)
            if held:
                for one in outcome.held:
                    write_json_line(one, held)
    say(summary(tally))
    return tally


def _outcomes(
    inputs: Iterable[RawInput], options: CoderOptions, jobs: int
) -> Iterator[tuple[RawInput, Coded | Rejected]]:
    """The outcomes; what stops the run is said so that its user can help it."""
    try:
        yield from outcomes(inputs, options, jobs)
    except InputError as error:
        fail(str(error))
    except BrokenProcessPool:
        fail("a coding process died", "with --jobs 1, the article that did it is the one after the last output")


@contextmanager
def event_writer(form: Format) -> Iterator[Write]:
    """Writes events to stdout: JSON lines at once, a table at the end."""
    if form is Format.jsonl:
        yield lambda event: write_json_line({"article_id": event.article.id, **event.model_dump(mode="json")})
    else:
        rows: list[tuple[str, ...]] = []
        yield lambda event: rows.append(event_cells(event))
        console_out().print(table_of(COLUMNS, rows))


@contextmanager
def each_once(write: Write) -> Iterator[Write]:
    """Holds events until the end and then gives each once: as first told, with the corroboration of all articles.

    Time is the articles' time of publication.
    """
    entries: dict[str, Entry] = {}
    kept: dict[str, Event] = {}
    numbers = count()

    def take(event: Event) -> None:
        place = Provenance("code", 0, next(numbers))
        outcome, entry = deduplicate(entries.get(event.identity), event, event.article.published_at, place)
        entries[event.identity] = entry
        match outcome:
            case New(event):
                kept[event.identity] = event
            case Corroborated(event):
                shared = {name: getattr(event, name) for name in CORROBORATION}
                kept[event.identity] = kept[event.identity].model_copy(update=shared)

    yield take
    for event in kept.values():
        write(event)


def write_rejection(raw: RawInput, rejected: Rejected, to: TextIO) -> None:
    """The reason, and the input itself: as text where it is text, else in base64."""
    try:
        value = {"value": raw.value.decode("utf-8")}
    except UnicodeDecodeError:
        value = {"value_base64": base64.b64encode(raw.value).decode("ascii")}
    write_json_line({"origin": raw.origin, "reason": rejected.reason, "detail": rejected.detail, **value}, to)


def summary(tally: Tally) -> str:
    """The counts of a run in one line."""
    received = tally.coded + tally.rejected.total()
    articles = f"{received} received, {tally.coded} coded, {_counted(tally.rejected, 'rejected')}"
    extracted = f"{tally.extracted.total()} extracted, {_counted(tally.held, 'held back')}"
    return f"articles: {articles}; events: {extracted}, {tally.events.total()} coded"


def _counted(reasons: Counter[str], what: str) -> str:
    listed = ", ".join(f"{reason} {count}" for reason, count in sorted(reasons.items()))
    return f"{reasons.total()} {what}" + (f" ({listed})" if listed else "")
