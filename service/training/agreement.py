"""How well two annotations of the same sentences agree, field by field.

``python -m service.training.agreement [seeds/corpus]`` compares ``second_reading`` with the sentences it read again.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from service.model import Span
from service.training.corpus import SECOND_READING, Annotation, Sentence, find, load, read

PARTS = ("actors", "recipients", "place", "date", "planned")
LABELS = ("mode", "modality")
WHO_AND_WHEN = ("actors", "recipients", "date")
"""What makes an event the same for whoever subscribes: with its type, all of these."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement in one field: of events, types and phrases the F1 of one reading against the other, else the share."""

    field: str
    value: float
    n: int


def main(arguments: Sequence[str]) -> int:
    folder = Path(arguments[0] if arguments else "seeds/corpus")
    second = [entry for path in sorted((folder / SECOND_READING).glob("*.jsonl")) for _, entry in read(path)]
    corpus = load(folder)
    first = {sentence.text: sentence for sentence in (*corpus.train, *corpus.held_back)}
    pairs = [(first[one.text], one) for one in second if isinstance(one, Sentence) and one.text in first]
    if not pairs:
        sys.stderr.write(f"{folder / SECOND_READING}: no sentence that {folder} has too\n")
        return 2
    for agreement in agreements(pairs):
        sys.stdout.write(f"{agreement.field:20} {agreement.value:.3f}  of {agreement.n}\n")
    sys.stdout.write(f"{len(pairs)} sentences, {len(second) - len(pairs)} no longer in the corpus\n")
    return 0


def agreements(pairs: Iterable[tuple[Sentence, Sentence]]) -> Iterator[Agreement]:
    """Agreement on events (by their triggers) and types, then on the other fields of events of one trigger and type."""
    pairs = list(pairs)
    both = [pair for one, other in pairs for pair in _same_trigger(one, other)]
    total = sum(len(one.events) + len(other.events) for one, other in pairs)
    same = [(text, a, b) for text, a, b in both if a.type == b.type]
    yield Agreement("trigger", 2 * len(both) / total, total)
    yield Agreement("and type", 2 * len(same) / total, total)
    alike = [whole for whole in same if all(_all_meet(whole, part) for part in WHO_AND_WHEN)]
    yield Agreement("and who, whom, when", 2 * len(alike) / total, total)
    for label in LABELS:
        yield Agreement(label, sum(getattr(a, label) == getattr(b, label) for _, a, b in same) / len(same), len(same))
    counts: dict[str, Counter[str]] = {part: Counter() for part in PARTS}
    for text, a, b in same:
        for part, count in counts.items():
            mine, others = _spans(text, getattr(a, part)), _spans(text, getattr(b, part))
            count.update(common=sum(any(_meet(x, y) for y in others) for x in mine), total=len(mine) + len(others))
    for part, count in counts.items():
        yield Agreement(part, 2 * count["common"] / max(1, count["total"]), count["total"])


def _same_trigger(one: Sentence, other: Sentence) -> Iterator[tuple[str, Annotation, Annotation]]:
    at = {find(other.text, event.trigger): event for event in other.events}
    for event in one.events:
        if match := at.get(find(one.text, event.trigger)):
            yield one.text, event, match


def _all_meet(same: tuple[str, Annotation, Annotation], part: str) -> bool:
    """Whether both readings have the same in a field: every phrase of the one shares words with one of the other."""
    text, one, other = same
    mine, others = _spans(text, getattr(one, part)), _spans(text, getattr(other, part))
    return len(mine) == len(others) and all(any(_meet(x, y) for y in others) for x in mine)


def _spans(text: str, parts: str | tuple[str, ...] | None) -> list[Span]:
    listed = (parts,) if isinstance(parts, str) else parts or ()
    return [span for part in listed if (span := find(text, part))]


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
