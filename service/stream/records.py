"""Records as the stages see them: what was read, and what is to be written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self


class Source(NamedTuple):
    """A partition that is read."""

    topic: str
    partition: int

    def __str__(self) -> str:
        return f"{self.topic}-{self.partition}"


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A record of a source partition, with the group generation under which it was read."""

    source: Source
    offset: int
    follows: int
    """It is the next record for who has all up to this offset. Between the two lie marks of transactions at most."""
    generation: int
    timestamp: int
    """Milliseconds since 1970."""
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes | None], ...]

    @classmethod
    def of(cls, message: Any) -> Self:  # noqa: ANN401 - faust.types.Message, which is not typed
        return cls(
            source=Source(message.topic, message.partition),
            offset=message.offset,
            follows=message.follows,
            generation=message.generation_id,
            timestamp=round((message.timestamp or 0) * 1000),
            key=message.key,
            value=message.value,
            headers=tuple(message.headers or ()),
        )

    def header(self, name: str) -> bytes | None:
        """The last header of this name."""
        return next((value for known, value in reversed(self.headers) if known == name), None)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A record to be written. Without a partition its key decides, as it does for every Kafka client."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes | None]] = ()
    partition: int | None = None
    timestamp: int | None = None
    """Milliseconds since 1970; None for the time of sending."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What comes of a run of source records: delivered as a whole, or done again from ``next_offset`` of the last."""

    next_offset: int
    """Of the source: where reading goes on once this is delivered."""
    outputs: list[Outgoing] = field(default_factory=list)
    state: list[Outgoing] = field(default_factory=list)
