"""The annotated corpus: sentences and documents as ``seeds/corpus/GUIDE.md`` describes them, and how they are read.

Sentences lie in ``*.jsonl``, documents in ``documents/*.jsonl``. What lies below ``held_back`` is never trained on;
what lies below ``second_reading`` measures how well two readers agree.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from service.model import Article, DatePrecision, EventType, Modality, Span

HELD_BACK = "held_back"
SECOND_READING = "second_reading"
"""Folder of sentences annotated again without sight of the first annotation; nothing is learnt from it."""
Form = TypeVar("Form", "Sentence", "Document")
_COUNTED = re.compile(r"(?P<words>.*\S)#(?P<count>[1-9]\d*)", re.DOTALL)


class CorpusError(ValueError):
    """A line that can't be read; the message names the file, the line and the fault."""


class Strict(BaseModel):
    """Frozen; a field that is not known is a fault, so that no slip of the pen is lost."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Annotation(Strict):
    """An act in a sentence. Every quoted part is as in the text, ``words#2`` where the second occurrence is meant."""

    trigger: str
    type: EventType
    mode: str | None
    modality: Modality
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    place: str | None
    date: str | None
    planned: str | None


class Sentence(Strict):
    text: str
    events: tuple[Annotation, ...]


class Entity(Strict):
    """Someone who plays a part in a document. ``mentions`` are pairs of paragraph, counted from 0, and words.

    A phrase for some of several lands has the ``codes`` of each, or has ``members`` that are entities themselves.
    """

    name: str
    code: str | None = None
    codes: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    mentions: tuple[tuple[int, str], ...]


class StatedPlace(Strict):
    """``text`` is None where other words of the document say it."""

    text: str | None = None
    name: str
    country: str | None = None


class StatedDate(Strict):
    """``day`` is the first of the period. ``text`` is None where other words of the document say it."""

    text: str | None = None
    day: dt.date
    precision: DatePrecision = "day"


class DocumentEvent(Strict):
    """An act, once; without ``date`` it is of the day of publication. Parties are mentions in its paragraph.

    ``again`` are further mentions of the act: pairs of paragraph and trigger.
    """

    paragraph: int
    trigger: str
    type: EventType
    mode: str | None = None
    modality: Modality = "actual"
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    place: StatedPlace | None = None
    date: StatedDate | None = None
    planned: StatedDate | None = None
    again: tuple[tuple[int, str], ...] = ()


class Document(Strict):
    published_at: AwareDatetime
    dateline: str | None = None
    paragraphs: tuple[str, ...]
    entities: tuple[Entity, ...]
    events: tuple[DocumentEvent, ...]

    def article(self) -> Article:
        """What a coder is given: the paragraphs, the dateline before the first."""
        start = f"{self.dateline} - " if self.dateline else ""
        return Article(text=start + "\n\n".join(self.paragraphs), published_at=self.published_at)

    def offset(self, paragraph: int) -> int:
        """Where a paragraph begins in the article's text, in code points."""
        start = len(f"{self.dateline} - ") if self.dateline else 0
        return start + sum(len(text) + 2 for text in self.paragraphs[:paragraph])


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line that is no annotation, with the reason."""

    fault: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything annotated, in the order of the files. No frame of a held-back sentence is trained on."""

    train: tuple[Sentence, ...]
    held_back: tuple[Sentence, ...]
    train_documents: tuple[Document, ...]
    held_back_documents: tuple[Document, ...]


def find(text: str, part: str) -> Span | None:
    """Where ``words`` or ``words#2`` stand in a text, as whole words, in code points; None where they don't."""
    counted = _COUNTED.fullmatch(part)
    words, count = (counted["words"], int(counted["count"])) if counted else (part, 1)
    for number, hit in enumerate(re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text), 1):
        if number == count:
            return hit.span()
    return None


def read(path: Path) -> Iterator[tuple[int, Sentence | Document | Unreadable]]:
    """Each line of a file with its number, counted from 1; blank lines are passed over."""
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if line.strip():
            yield number, _entry(line)


def load(folder: Path) -> Corpus:
    """The corpus in a folder.

    Raises:
        CorpusError: a line can't be read, or the folder holds no sentence.
    """
    corpus = Corpus(
        train=_sentences(folder),
        held_back=_sentences(folder / HELD_BACK),
        train_documents=_documents(folder),
        held_back_documents=_documents(folder / HELD_BACK),
    )
    if not corpus.train:
        raise CorpusError(f"{folder}: no sentences")
    return corpus


def _sentences(folder: Path) -> tuple[Sentence, ...]:
    return tuple(_all(folder, Sentence))


def _documents(folder: Path) -> tuple[Document, ...]:
    return tuple(_all(folder / "documents", Document))


def _all(folder: Path, form: type[Form]) -> Iterator[Form]:
    for path in sorted(folder.glob("*.jsonl")):
        for number, entry in read(path):
            if not isinstance(entry, form):
                fault = entry.fault if isinstance(entry, Unreadable) else f"a {form.__name__.lower()} belongs here"
                raise CorpusError(f"{path}:{number}: {fault}")
            yield entry


def _entry(line: str) -> Sentence | Document | Unreadable:
    form = Document if '"paragraphs"' in line else Sentence  # in a text its quotes would be escaped
    try:
        return form.model_validate_json(line)
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}".lstrip(": ") for fault in error.errors()]
        return Unreadable("; ".join(faults))
