"""What a change of a schema breaks, for those who wrote against the released one.

Producers of articles must find everything accepted that was; readers of events must find everything that was there,
and nothing that they were told could not be. So in both cases one schema must allow all that the other does.
"""

from collections.abc import Iterator
from typing import Any, Literal

Schema = dict[str, Any]
Direction = Literal["input", "output"]

LOWER_BOUNDS = ("minimum", "minLength", "minItems")
UPPER_BOUNDS = ("maximum", "maxLength", "maxItems")


def breaks(released: Schema, current: Schema, direction: Direction) -> list[str]:
    """What is broken, one line each, by the path of the field. Empty: compatible."""
    return list(
        _broken(_Resolved(released), _Resolved(current), direction, "article" if direction == "input" else "value")
    )


class _Resolved:
    """A schema without references, its alternatives and types as sets."""

    def __init__(self, schema: Schema, definitions: Schema | None = None) -> None:
        self.definitions: Schema = schema.get("$defs", {}) if definitions is None else definitions
        self.branches = [self._follow(branch) for branch in schema.get("anyOf", [schema])]

    def _follow(self, schema: Schema) -> Schema:
        while "$ref" in schema:
            schema = self.definitions[schema["$ref"].rpartition("/")[2]]
        return schema

    @property
    def types(self) -> set[str]:
        listed = (branch.get("type", []) for branch in self.branches)
        return {kind for kinds in listed for kind in ([kinds] if isinstance(kinds, str) else kinds)}

    @property
    def main(self) -> Schema:
        """The branch that is not null: these schemas have one."""
        return next((branch for branch in self.branches if branch.get("type") != "null"), {})

    def inner(self) -> dict[str, "_Resolved"]:
        parts = dict(self.main.get("properties", {}))
        parts |= {"[]": self.main["items"]} if "items" in self.main else {}
        parts |= {f"[{place}]": part for place, part in enumerate(self.main.get("prefixItems", []))}
        return {name: _Resolved(part, self.definitions) for name, part in parts.items()}


def _broken(released: _Resolved, current: _Resolved, direction: Direction, path: str) -> Iterator[str]:
    narrower, wider = (released, current) if direction == "input" else (current, released)
    if new := narrower.types - wider.types - ({"integer"} if "number" in wider.types else set()):
        yield f"{path}: {', '.join(sorted(new))} {'no longer accepted' if direction == 'input' else 'may come now'}"
    if values := _values(narrower.main, wider.main):
        yield f"{path}: {', '.join(values)} {'no longer accepted' if direction == 'input' else 'may come now'}"
    yield from (f"{path}: other {keyword}" for keyword in _tighter(narrower.main, wider.main))
    required = set(wider.main.get("required", [])) - set(narrower.main.get("required", []))
    yield from (
        f"{path}.{name}: {'now required' if direction == 'input' else 'may be left out'}" for name in sorted(required)
    )
    parts = current.inner()
    for name, part in released.inner().items():
        if name in parts:
            yield from _broken(part, parts[name], direction, f"{path}.{name}")
        else:
            yield f"{path}.{name}: removed"


def _values(narrower: Schema, wider: Schema) -> list[str]:
    """Values of an enumeration that only the narrower one has."""
    if "enum" not in wider:
        return []
    return [str(value) for value in narrower.get("enum", ["other values"]) if value not in wider["enum"]]


def _tighter(narrower: Schema, wider: Schema) -> Iterator[str]:
    """Keywords by which the wider one forbids what the narrower one allows."""
    for keyword in LOWER_BOUNDS:
        if keyword in wider and narrower.get(keyword, float("-inf")) < wider[keyword]:
            yield keyword
    for keyword in UPPER_BOUNDS:
        if keyword in wider and narrower.get(keyword, float("inf")) > wider[keyword]:
            yield keyword
    for keyword in ("format", "pattern"):
        if keyword in wider and narrower.get(keyword) != wider[keyword]:
            yield keyword
