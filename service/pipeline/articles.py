"""Bytes as they come in become an Article, or a Rejected that says why not. Nothing that is sent raises."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from pydantic import ValidationError

from service.model import Article, Rejected, RejectReason

TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?(?P<offset>[Zz]|[+-]\d\d:\d\d)?", re.ASCII)
SURROGATE = re.compile("[\ud800-\udfff]")
DETAIL_CHARACTERS = 300
"""The detail becomes a header of the dead letter; what it quotes of the input must not make it long."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large an article may be: bytes of the record, code points of the text, depth of the JSON."""

    record_bytes: int = 1024 * 1024
    text_characters: int = 200_000
    depth: int = 32


class _Refused(Exception):  # noqa: N818 - it never leaves this module: the way out of the parse
    def __init__(self, reason: RejectReason, detail: str) -> None:
        super().__init__(reason, detail)
        self.rejected = Rejected(reason=reason, detail=detail[:DETAIL_CHARACTERS])


def parse_article(raw: bytes | None, limits: Limits = Limits()) -> Article | Rejected:
    """The article in a record's value, or the first reason why there is none.

    Unknown fields are ignored. Characters are kept as they come, control characters and markup too, so that offsets
    count in the text that was sent.
    """
    try:
        fields = _fields(_decoded(raw, limits), limits)
        _require_text(fields, limits)
        return _article(fields)
    except _Refused as refused:
        return refused.rejected


def _decoded(raw: bytes | None, limits: Limits) -> str:
    """The value as a string, without a byte order mark."""
    if raw is None:
        raise _Refused("no_text", "the value is null")
    if len(raw) > limits.record_bytes:
        raise _Refused("too_large", f"record of {len(raw)} bytes, more than {limits.record_bytes}")
    try:
        value = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Refused("not_utf8", f"byte {error.start}: {error.reason}") from None
    if not value.strip():
        raise _Refused("no_text", "the value is empty")
    return value


def _fields(value: str, limits: Limits) -> dict[str, object]:
    """The JSON object as RFC 8259 and I-JSON want it: unambiguous, finite, in whole characters."""
    try:
        # Numbers of any length are let through as floats: no field takes a number.
        document = json.loads(
            value, object_pairs_hook=_without_duplicates, parse_constant=_refuse_constant, parse_int=float
        )
    except json.JSONDecodeError as error:
        raise _Refused("not_json", f"line {error.lineno} column {error.colno}: {error.msg}") from None
    except RecursionError:
        raise _Refused("not_json", f"deeper than {limits.depth}") from None
    for depth, node in _walk(document):
        if depth > limits.depth:
            raise _Refused("not_json", f"deeper than {limits.depth}")
        if isinstance(node, str) and (found := SURROGATE.search(node)):
            raise _Refused("not_json", f"lone surrogate U+{ord(found.group()):04X} in a string")
    if not isinstance(document, dict):
        raise _Refused("schema", f"the value is a JSON {_json_type(document)}, not an object")
    return document


def _without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members: dict[str, object] = {}
    for key, value in pairs:
        if key in members:
            raise _Refused("not_json", f"duplicate key {key!a}")
        members[key] = value
    return members


def _refuse_constant(name: str) -> NoReturn:
    raise _Refused("not_json", f"{name} is no JSON number")


def _walk(document: object) -> Iterator[tuple[int, object]]:
    """Each array, object, key and scalar with the number of arrays and objects that it is or lies in."""
    pending: list[tuple[int, object]] = [(0, document)]
    while pending:
        outer, node = pending.pop()
        inner = outer + isinstance(node, dict | list)
        yield inner, node
        if isinstance(node, dict):
            pending += ((inner, part) for member in node.items() for part in member)
        elif isinstance(node, list):
            pending += ((inner, part) for part in node)


def _require_text(fields: dict[str, object], limits: Limits) -> None:
    text = fields.get("text")
    if text is None:
        raise _Refused("no_text", "text: missing or null")
    if not isinstance(text, str):
        raise _Refused("schema", f"text: a string is needed, not a JSON {_json_type(text)}")
    if not text.strip():
        raise _Refused("no_text", "text: blank")
    if len(text) > limits.text_characters:
        raise _Refused("too_large", f"text of {len(text)} characters, more than {limits.text_characters}")


def _article(fields: dict[str, object]) -> Article:
    if "published_at" in fields:
        fields = fields | {"published_at": _instant(fields["published_at"])}
    try:
        article = Article.model_validate(fields, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise _Refused("schema", f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    # A tag may name a region: en-GB is English.
    if re.split("[-_]", article.language, maxsplit=1)[0].lower() != "en":
        raise _Refused("unsupported_language", f"language: {article.language!a}")
    return article


def _instant(value: object) -> dt.datetime:
    """An RFC 3339 string as a datetime that keeps its offset."""
    if not isinstance(value, str):
        raise _Refused("schema", f"published_at: an RFC 3339 string is needed, not a JSON {_json_type(value)}")
    match = TIMESTAMP.fullmatch(value)
    if match is None:
        raise _Refused("schema", "published_at: not of the RFC 3339 form 2016-12-08T00:00:00+00:00")
    if match["offset"] is None:
        raise _Refused("schema", "published_at: the offset from UTC is missing")
    try:
        instant = dt.datetime.fromisoformat(value.upper())
        instant.astimezone(dt.UTC)
    except (ValueError, OverflowError) as error:
        raise _Refused("schema", f"published_at: no such time: {error}") from None
    return instant


def _json_type(value: object) -> str:
    names = {dict: "object", list: "array", str: "string", bool: "boolean", float: "number", type(None): "null"}
    return names[type(value)]
