"""Checks annotations: ``python -m service.training.check PATH...``, files or folders (see ``seeds/corpus/GUIDE.md``).

Prints each fault as ``file:line: fault``, then counts. Exit code 0 without a fault, 1 with one, 2 for wrong use.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from service.training.corpus import HELD_BACK, SECOND_READING, Document, Sentence, Unreadable, read
from service.training.document_faults import document_faults
from service.training.frames import near_duplicates
from service.training.sentence_faults import sentence_faults

USAGE = "python -m service.training.check PATH..."
Entry = Sentence | Document | Unreadable


@dataclass(frozen=True, slots=True)
class Line:
    path: Path
    number: int
    entry: Entry

    def __str__(self) -> str:
        return f"{self.path}:{self.number}"

    @property
    def text(self) -> str:
        """What a reader reads, nothing where it can't be read."""
        match self.entry:
            case Sentence():
                return self.entry.text
            case Document():
                return "\n".join(self.entry.paragraphs)
            case Unreadable():
                return ""


def main(arguments: Sequence[str]) -> int:
    files = list(_files(arguments))
    if not files:
        sys.stderr.write(f"no .jsonl file there; usage: {USAGE}\n")
        return 2
    lines = [Line(path, number, entry) for path in files for number, entry in read(path)]
    first_reading = [line for line in lines if SECOND_READING not in line.path.parts]
    found = [*_faults(lines), *_repeated(first_reading)]
    for line, fault in found:
        sys.stdout.write(f"{line}: {fault}\n")
    sys.stdout.write(f"{_counts(first_reading)}\nfaults: {len(found)}\n")
    return 1 if found else 0


def _files(arguments: Iterable[str]) -> Iterator[Path]:
    for path in map(Path, arguments):
        if path.is_dir():
            yield from sorted(path.rglob("*.jsonl"))
        elif path.is_file():
            yield path
        else:
            sys.stderr.write(f"{path}: not there\n")


def _faults(lines: Iterable[Line]) -> Iterator[tuple[Line, str]]:
    for line in lines:
        match line.entry:
            case Unreadable():
                yield line, line.entry.fault
            case Sentence():
                yield from ((line, fault) for fault in sentence_faults(line.entry))
            case Document():
                yield from ((line, fault) for fault in document_faults(line.entry))


def _repeated(lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    """What was written before, or so alike that a network would learn the one from the other."""
    readable = [line for line in lines if line.text]
    for before, after, alike in near_duplicates([line.text for line in readable]):
        first, second = readable[before], readable[after]
        across = ", and one is held back" if _held_back(first) != _held_back(second) else ""
        yield second, f"{alike:.0%} the words of {first}{across}"


def _held_back(line: Line) -> bool:
    return HELD_BACK in line.path.parts


def _counts(lines: Sequence[Line]) -> str:
    sentences = [line for line in lines if isinstance(line.entry, Sentence)]
    documents = [line for line in lines if isinstance(line.entry, Document)]
    events = [event for line in lines if isinstance(line.entry, Sentence | Document) for event in line.entry.events]
    without = sum(1 for line in sentences if isinstance(line.entry, Sentence) and not line.entry.events)
    held = sum(map(_held_back, sentences))
    tables: dict[str, Counter[str]] = {
        "files": Counter(re.sub(r"\.jsonl$", "", str(line.path)) for line in lines),
        "types": Counter(event.type for event in events),
        "modes": Counter(f"{event.type}/{event.mode}" for event in events if event.mode),
        "modalities": Counter(event.modality for event in events),
    }
    rows = [f"{name}: " + ", ".join(f"{key} {count}" for key, count in t.most_common()) for name, t in tables.items()]
    total = f"sentences: {len(sentences)}, {without} without event, {held} held back; documents: {len(documents)}"
    return "\n".join([*rows, f"planned dates: {sum(event.planned is not None for event in events)}", total])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
