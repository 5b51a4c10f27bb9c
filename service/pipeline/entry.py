"""What the deduplication keeps of an event, and its bytes on the state topic.

Format 1: the version byte; then in the order of the fields 16 bytes of UUID, varints (LEB128), microseconds since 1970
as 8 bytes, strings as length and UTF-8, lists as count and members. An optional string is a list of none or one.
"""

import datetime as dt
import struct
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from service.model import ArticleReference

FORMAT = 1
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MOST_SHIFT = 63
MICROSECOND = dt.timedelta(microseconds=1)


class StateFormatError(ValueError):
    """Bytes on the state topic that this version can't read."""


@dataclass(frozen=True, slots=True, order=True)
class Provenance:
    """Where a record lies."""

    topic: str
    partition: int
    offset: int

    def beside(self, other: "Provenance") -> bool:
        """Whether both lie on the same partition, where offsets can be compared."""
        return (self.topic, self.partition) == (other.topic, other.partition)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of an event that was published."""

    event_id: str
    revision: int
    provenance: Provenance
    """Of the record that gave the event."""
    counted_offset: int
    """Of the last record that was counted."""
    first_seen: dt.datetime
    last_seen: dt.datetime
    articles: int
    hashes: tuple[int, ...]
    """Of the articles, 64 bits each; not of all when there are many."""
    sources: tuple[str, ...]
    article: ArticleReference
    """The article that gave the event."""

    def to_bytes(self) -> bytes:
        return b"".join(
            (
                bytes([FORMAT]),
                uuid.UUID(self.event_id).bytes,
                _varint(self.revision),
                _string(self.provenance.topic),
                _varint(self.provenance.partition),
                _varint(self.provenance.offset),
                _varint(self.counted_offset),
                _instant(self.first_seen),
                _instant(self.last_seen),
                _varint(self.articles),
                _varint(len(self.hashes)),
                struct.pack(f">{len(self.hashes)}Q", *self.hashes),
                _strings(self.sources),
                _string(self.article.id),
                _string(self.article.published_at.isoformat()),
                *(_strings(() if text is None else (text,)) for text in _optional(self.article)),
            )
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """The entry in a state record's value.

        Raises:
            StateFormatError: another format, or no whole entry.
        """
        if data[:1] != bytes([FORMAT]):
            found = data[0] if data else "none"
            raise StateFormatError(
                f"state entry in format {found}, this version of eventwire reads {FORMAT}: run the version that wrote"
                " it, or begin afresh with another APP_ID and STATE_TOPIC"
            )
        reader = _Reader(data, 1)
        try:
            entry = cls(
                event_id=str(uuid.UUID(bytes=reader.take(16))),
                revision=reader.varint(),
                provenance=Provenance(reader.string(), reader.varint(), reader.varint()),
                counted_offset=reader.varint(),
                first_seen=reader.instant(),
                last_seen=reader.instant(),
                articles=reader.varint(),
                hashes=reader.hashes(),
                sources=reader.strings(),
                article=reader.article(),
            )
        except (ValueError, OverflowError) as error:
            raise StateFormatError(f"damaged state entry: {error}") from error
        if reader.position != len(data):
            raise StateFormatError(f"damaged state entry: {len(data) - reader.position} bytes too many")
        return entry


def _optional(article: ArticleReference) -> tuple[str | None, ...]:
    return article.url, article.source, article.title


def _varint(number: int) -> bytes:
    groups = bytearray()
    while number > 0x7F:  # noqa: PLR2004 - seven bits a byte, the eighth says that more follow
        groups.append(number & 0x7F | 0x80)
        number >>= 7
    groups.append(number)
    return bytes(groups)


def _string(text: str) -> bytes:
    encoded = text.encode()
    return _varint(len(encoded)) + encoded


def _strings(texts: Iterable[str]) -> bytes:
    encoded = [_string(text) for text in texts]
    return _varint(len(encoded)) + b"".join(encoded)


def _instant(instant: dt.datetime) -> bytes:
    return struct.pack(">q", (instant - EPOCH) // MICROSECOND)


@dataclass(slots=True)
class _Reader:
    """Reads one value after the other."""

    data: bytes
    position: int

    def take(self, size: int) -> bytes:
        taken = self.data[self.position : self.position + size]
        if len(taken) < size:
            raise ValueError(f"{size - len(taken)} bytes are missing")
        self.position += size
        return taken

    def varint(self) -> int:
        number = shift = 0
        while shift <= MOST_SHIFT:
            (group,) = self.take(1)
            number |= (group & 0x7F) << shift
            if group <= 0x7F:  # noqa: PLR2004 - the eighth bit
                return number
            shift += 7
        raise ValueError("a number is too long")

    def string(self) -> str:
        return self.take(self.varint()).decode()

    def strings(self) -> tuple[str, ...]:
        return tuple(self.string() for _ in range(self.varint()))

    def optional(self) -> str | None:
        return next(iter(self.strings()), None)

    def instant(self) -> dt.datetime:
        (microseconds,) = struct.unpack(">q", self.take(8))
        return EPOCH + dt.timedelta(microseconds=microseconds)

    def hashes(self) -> tuple[int, ...]:
        count = self.varint()
        return struct.unpack(f">{count}Q", self.take(8 * count))

    def article(self) -> ArticleReference:
        identifier, published_at = self.string(), dt.datetime.fromisoformat(self.string())
        url, source, title = self.optional(), self.optional(), self.optional()
        return ArticleReference(id=identifier, published_at=published_at, url=url, source=source, title=title)
