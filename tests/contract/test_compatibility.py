"""The check of compatibility sees what breaks, and lets pass what does not."""

from copy import deepcopy
from typing import Any

import pytest

from tests.contract.compatibility import Direction, Schema, breaks

PERSON = {"type": "object", "properties": {"age": {"type": "integer", "minimum": 0}}, "required": ["age"]}
RELEASED: Schema = {
    "$defs": {"Person": PERSON},
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "note": {"type": ["string", "null"]},
        "kind": {"type": "string", "enum": ["a", "b"]},
        "boss": {"anyOf": [{"$ref": "#/$defs/Person"}, {"type": "null"}]},
        "team": {"type": "array", "items": {"$ref": "#/$defs/Person"}, "maxItems": 5},
    },
    "required": ["name"],
}
AGE = ("$defs", "Person", "properties", "age")


def changed(*path: str, to: Any = None) -> Schema:
    """The released schema with one part replaced; None takes it out."""
    schema = deepcopy(RELEASED)
    *way, last = path
    part = schema
    for step in way:
        part = part[step]
    if to is None:
        del part[last]
    else:
        part[last] = to
    return schema


@pytest.mark.parametrize("direction", ["input", "output"])
def test_no_change_breaks_nothing(direction: Direction) -> None:
    assert breaks(RELEASED, RELEASED, direction) == []


@pytest.mark.parametrize("direction", ["input", "output"])
@pytest.mark.parametrize(
    ("schema", "fault"),
    [
        (changed("properties", "note"), ".note: removed"),
        (changed(*AGE), ".boss.age: removed"),
        (changed("properties", "name", "type", to="integer"), ".name: "),
        (changed("properties", "team", "items", to={"type": "string"}), ".team.[]: "),
    ],
)
def test_removed_and_retyped_fields_break_both_sides(schema: Schema, fault: str, direction: Direction) -> None:
    assert any(fault in line for line in breaks(RELEASED, schema, direction))


@pytest.mark.parametrize(
    ("schema", "broken"),
    [
        (changed("required", to=["name", "note"]), "input"),
        (changed("required", to=[]), "output"),
        (changed("properties", "note", "type", to="string"), "input"),
        (changed("properties", "name", "type", to=["string", "null"]), "output"),
        (changed("properties", "kind", "enum", to=["a"]), "input"),
        (changed("properties", "kind", "enum", to=["a", "b", "c"]), "output"),
        (changed("properties", "kind", "enum"), "output"),
        (changed("properties", "name", "format", to="date"), "input"),
        (changed("properties", "team", "maxItems", to=4), "input"),
        (changed("properties", "team", "maxItems", to=6), "output"),
        (changed(*AGE, "minimum", to=1), "input"),
        (changed(*AGE, "minimum"), "output"),
        (changed(*AGE, "type", to="number"), "output"),
        (changed("properties", "boss", to={"$ref": "#/$defs/Person"}), "input"),
    ],
)
def test_narrowing_breaks_those_who_send_and_widening_those_who_read(schema: Schema, broken: Direction) -> None:
    whole: Direction = "output" if broken == "input" else "input"
    assert breaks(RELEASED, schema, broken)
    assert not breaks(RELEASED, schema, whole)


@pytest.mark.parametrize("direction", ["input", "output"])
def test_a_new_field_breaks_nothing(direction: Direction) -> None:
    assert not breaks(RELEASED, changed("properties", "new", to={"type": "string"}), direction)
