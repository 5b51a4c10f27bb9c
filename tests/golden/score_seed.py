"""Holds coded events of the seed article against what a reader found in it.

``eventwire code --include-modality all seeds/articles/aleppo-2016-12-08.json | python tests/golden/score_seed.py``
"""

import datetime as dt
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from service.model import Actor, Event

GOLDEN = Path(__file__).with_name("aleppo-2016-12-08.json")
SCORED = ("type", "modality", "actor", "recipient", "date", "place")
"""A row is hit by an event that is right in these; one that is right in all else too is exact."""


class Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Party(Strict):
    """Matches by the whole code, by a pattern in words or name, or by absence: any of them."""

    code: str | None = None
    text: str | None = None
    none: bool = False

    def fits(self, actor: Actor | None) -> bool:
        if actor is None:
            return self.none
        by_code = self.code is not None and re.fullmatch(self.code, actor.code or "") is not None
        by_text = self.text is not None and any(re.search(self.text, words) for words in (actor.text, actor.name or ""))
        return by_code or by_text


class Must(Strict):
    row: int
    type: tuple[str, ...]
    mode: tuple[str, ...] | None
    modality: tuple[str, ...]
    actor: Party
    recipient: Party
    either_side_first: bool
    date: tuple[dt.date, ...]
    date_precision: str
    date_basis: str | None
    place: tuple[str | None, ...]
    words: str

    def faults(self, event: Event) -> list[str]:
        """The columns in which the event differs from the row; what counts for a hit stands first."""
        place = event.location and (event.location.name or event.location.text)
        sides = [(event.actor, event.recipient)]
        if self.either_side_first and event.recipient:
            sides.append((event.recipient, event.actor))
        right = {
            "type": event.type in self.type,
            "modality": event.modality in self.modality,
            "actor": any(self.actor.fits(actor) for actor, _ in sides),
            "recipient": any(self.actor.fits(actor) and self.recipient.fits(recipient) for actor, recipient in sides)
            or self.recipient.fits(event.recipient),
            "date": event.date in self.date,
            "place": place in self.place,
            "mode": self.mode is None or event.mode in self.mode,
            "date_precision": event.date_precision == self.date_precision,
            "date_basis": self.date_basis is None or event.date_basis == self.date_basis,
        }
        return [column for column, is_right in right.items() if not is_right]


class MustNot(Strict):
    """All conditions that are given hold: then the event is one that must not be."""

    what: str
    type: tuple[str, ...] | None = None
    mode: tuple[str, ...] | None = None
    modality: tuple[str, ...] | None = None
    date: tuple[dt.date, ...] | None = None
    actor: Party = Party(none=True, text="")
    recipient: Party = Party(none=True, text="")
    either_side_first: bool = False
    party: Party | None = None
    sentence: str = ""
    trigger: str = ""

    def fits(self, event: Event) -> bool:
        sides = [(event.actor, event.recipient), (event.recipient, event.actor)][: 1 + self.either_side_first]
        return (
            (self.type is None or event.type in self.type)
            and (self.mode is None or event.mode in self.mode)
            and (self.modality is None or event.modality in self.modality)
            and (self.date is None or event.date in self.date)
            and any(self.actor.fits(actor) and self.recipient.fits(recipient) for actor, recipient in sides)
            and (self.party is None or any(self.party.fits(side) for side in (event.actor, event.recipient)))
            and any(re.search(self.sentence, evidence.sentence) for evidence in event.evidence)
            and any(re.search(self.trigger, trigger) for trigger in triggers(event))
        )


class AllOrNone(Strict):
    """Of a co-ordination, all members are actors against each recipient, or none."""

    what: str
    type: tuple[str, ...]
    trigger: str
    countries: tuple[str, ...]

    def violations(self, events: Iterable[Event]) -> Iterator[str]:
        found: dict[str | None, set[str]] = defaultdict(set)
        for event in events:
            if event.type in self.type and any(re.search(self.trigger, trigger) for trigger in triggers(event)):
                found[event.recipient.code if event.recipient else None].add(event.actor.country or event.actor.text)
        for recipient, countries in found.items():
            if missing := set(self.countries) - countries:
                yield f"{self.what}: against {recipient}, {' '.join(sorted(missing))} missing"


class Golden(Strict):
    article: str
    about: str
    must: tuple[Must, ...]
    must_not: tuple[MustNot, ...]
    all_or_none: tuple[AllOrNone, ...]


@dataclass(frozen=True, slots=True)
class Score:
    hit: tuple[Must, ...]
    exact: tuple[Must, ...]
    missed: tuple[tuple[Must, str], ...]
    """With the nearest event, and what is wrong with it."""
    violations: tuple[str, ...]


def triggers(event: Event) -> list[str]:
    """The words that tell the event, one for each mention."""
    return [e.sentence[e.trigger[0] - e.start : e.trigger[1] - e.start] for e in event.evidence]


def shown(event: Event) -> str:
    sides = [side and f"{side.code or '-'} ({side.text})" for side in (event.actor, event.recipient)]
    place = event.location and event.location.name
    kind = f"{event.type}/{event.mode or '-'} {event.modality} {event.date} {event.date_precision} {event.date_basis}"
    return f"{kind} {sides[0]} -> {sides[1]} at {place} {triggers(event)}"


def nearest(row: Must, events: Iterable[Event]) -> str:
    """The event that is wrong in the fewest columns; the type and the parties weigh most."""

    def distance(event: Event) -> int:
        return sum({"type": 5, "actor": 3, "recipient": 3}.get(column, 1) for column in row.faults(event))

    event = min(events, key=distance, default=None)
    return f"nearest is wrong in {', '.join(row.faults(event))}: {shown(event)}" if event else "no events at all"


def score(events: list[Event]) -> Score:
    golden = Golden.model_validate_json(GOLDEN.read_text(encoding="utf-8"))
    faults = {row: [set(row.faults(event)) for event in events] for row in golden.must}
    hit = tuple(row for row in golden.must if any(not of & set(SCORED) for of in faults[row]))
    violations = [f"{wrong.what}: {shown(event)}" for wrong in golden.must_not for event in events if wrong.fits(event)]
    for members in golden.all_or_none:
        violations.extend(members.violations(events))
    return Score(
        hit=hit,
        exact=tuple(row for row in golden.must if any(not of for of in faults[row])),
        missed=tuple((row, nearest(row, events)) for row in golden.must if row not in hit),
        violations=tuple(violations),
    )


def report(result: Score) -> str:
    lines = [
        f"hit    {row.row:2} {row.words[:90]}" + ("" if row in result.exact else "  (mode or date form differs)")
        for row in result.hit
    ]
    lines += [f"missed {row.row:2} {row.words[:90]}\n          {why}" for row, why in result.missed]
    lines += [f"MUST NOT  {violation}" for violation in result.violations]
    total = len(result.hit) + len(result.missed)
    lines.append(
        f"{len(result.hit)} of {total} hit, {len(result.exact)} exact; {len(result.violations)} that must not be"
    )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(report(score([Event.model_validate_json(line) for line in sys.stdin if line.strip()])) + "\n")
