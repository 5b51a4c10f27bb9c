"""The record of a reject: untouched bytes, key and headers, plus headers that say why and where from."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self, get_args

from service.model import RejectReason

REASON = "eventwire-reason"
DETAIL = "eventwire-detail"
TOPIC = "eventwire-topic"
PARTITION = "eventwire-partition"
OFFSET = "eventwire-offset"
TIMESTAMP = "eventwire-timestamp"
"""Milliseconds since 1970, as Kafka counts: of the source record. Coded events carry it too."""
VERSION = "eventwire-version"
CAUSE_HEADERS = (REASON, DETAIL, TOPIC, PARTITION, OFFSET, TIMESTAMP, VERSION)

MAX_DETAIL_BYTES = 2_000
"""A detail may quote the input; the rejected topic has room for headers, but not for a second article."""

Headers = tuple[tuple[str, bytes | None], ...]
"""Header values may be null in Kafka, and what scrapers send must come out as it went in."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a record was rejected, where it lay, and which version of the service said so."""

    reason: RejectReason
    detail: str
    topic: str
    partition: int
    offset: int
    timestamp: int
    """Of the source record, milliseconds since 1970."""
    version: str

    @property
    def seen_at(self) -> dt.datetime:
        """Timestamp of the source record, in UTC."""
        return dt.datetime.fromtimestamp(self.timestamp / 1000, dt.UTC)

    def to_headers(self) -> Headers:
        return (
            (REASON, self.reason.encode()),
            (DETAIL, _shortened(self.detail)),
            (TOPIC, self.topic.encode()),
            (PARTITION, str(self.partition).encode()),
            (OFFSET, str(self.offset).encode()),
            (TIMESTAMP, str(self.timestamp).encode()),
            (VERSION, self.version.encode()),
        )

    @classmethod
    def from_headers(cls, headers: Iterable[tuple[str, bytes | None]]) -> Self:
        """The last cause in the headers: a reject that was replayed as it was may bring an older one.

        Raises:
            ValueError: a header is missing or is no number where one is needed; not a record of ours.
        """
        found = {name: value for name, value in headers if name in CAUSE_HEADERS and value is not None}
        missing = [name for name in CAUSE_HEADERS if name not in found]
        if missing:
            raise ValueError(f"no reject of eventwire: without {', '.join(missing)}")
        words = {name: value.decode("utf-8", "replace") for name, value in found.items()}
        return cls(
            reason=_reason(words[REASON]),
            detail=words[DETAIL],
            topic=words[TOPIC],
            partition=int(words[PARTITION]),
            offset=int(words[OFFSET]),
            timestamp=int(words[TIMESTAMP]),
            version=words[VERSION],
        )


@dataclass(frozen=True, slots=True)
class RejectedRecord:
    """What goes to the topic of the dead letters. Key and value may be null, as they may in the source."""

    key: bytes | None
    value: bytes | None
    headers: Headers


def rejected_record(
    cause: Cause, key: bytes | None, value: bytes | None, headers: Iterable[tuple[str, bytes | None]] = ()
) -> RejectedRecord:
    """The dead letter for a source record; its own headers come first, the cause after them."""
    return RejectedRecord(key, value, (*headers, *cause.to_headers()))


def _shortened(detail: str) -> bytes:
    """UTF-8, cut at a character. A detail may quote input with lone surrogates, which UTF-8 can't hold."""
    encoded = detail.encode("utf-8", "backslashreplace")
    return encoded[:MAX_DETAIL_BYTES].decode("utf-8", "ignore").encode()


def _reason(word: str) -> RejectReason:
    for reason in get_args(RejectReason):
        if word == reason:
            return reason  # type: ignore[no-any-return]  # get_args knows no types
    raise ValueError(f"no reject of eventwire: reason {word!r}")
