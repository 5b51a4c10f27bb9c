"""The schemas in schemas/: equal to the models, true for the examples, compatible with what was released."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from service.model import Article, Rejected
from service.pipeline.articles import parse_article
from service.pipeline.publish import parse_event
from service.shipped import folder
from tests.contract.compatibility import Direction, breaks
from tests.contract.published_schemas import MODELS, published

SCHEMAS = folder("schemas")
EXAMPLES = sorted((SCHEMAS / "examples").glob("*.json"))
ARTICLES = [path for path in EXAMPLES if path.name.startswith("article.")]
EVENTS = [path for path in EXAMPLES if path.name.startswith("event.")]
OTHERS = [path for path in EXAMPLES if path not in ARTICLES]


def schema(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    return loaded


def faults(example: Path) -> list[str]:
    """What the schema that the example's name begins with has against it."""
    kind = example.name.partition(".")[0]
    validator = Draft202012Validator(
        schema(f"{kind}.v1.schema.json"), format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    return [error.message for error in validator.iter_errors(json.loads(example.read_bytes()))]


@pytest.mark.parametrize("name", MODELS)
def test_a_schema_is_that_of_its_model(name: str) -> None:
    assert schema(f"{name}.schema.json") == json.loads(published(name)), (
        "if the model was meant to change: python -m tests.contract.published_schemas"
    )


@pytest.mark.parametrize("name", MODELS)
def test_a_schema_is_a_schema(name: str) -> None:
    Draft202012Validator.check_schema(schema(f"{name}.schema.json"))


def test_each_schema_has_an_example_that_passes_and_one_that_fails() -> None:
    shown = {(path.name.partition(".")[0], path.name.split(".")[-2]) for path in EXAMPLES}
    assert shown == {(name.partition(".")[0], outcome) for name in MODELS for outcome in ("pass", "fail")}


@pytest.mark.parametrize("path", [path for path in EXAMPLES if ".pass." in path.name], ids=lambda path: path.name)
def test_an_example_that_passes_satisfies_its_schema(path: Path) -> None:
    assert not faults(path)


@pytest.mark.parametrize("path", [path for path in OTHERS if ".fail." in path.name], ids=lambda path: path.name)
def test_an_example_that_fails_does_so_for_the_field_in_its_name(path: Path) -> None:
    assert any(path.name.split(".")[1] in fault for fault in faults(path))


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_an_article_is_accepted_or_rejected_for_the_reason_in_its_name(path: Path) -> None:
    outcome = parse_article(path.read_bytes())
    if ".pass." in path.name:
        assert isinstance(outcome, Article)
    else:
        assert isinstance(outcome, Rejected)
        assert outcome.reason == path.name.split(".")[1].replace("-", "_")


@pytest.mark.parametrize("path", [path for path in EVENTS if ".pass." in path.name], ids=lambda path: path.name)
def test_an_event_that_passes_is_read_and_written_the_same(path: Path) -> None:
    assert json.loads(parse_event(path.read_bytes()).model_dump_json()) == json.loads(path.read_bytes())


@pytest.mark.parametrize("path", sorted((SCHEMAS / "released").glob("*.json")), ids=lambda path: path.name)
def test_a_schema_is_compatible_with_the_released_one(path: Path) -> None:
    direction: Direction = "input" if path.name.startswith("article.") else "output"
    assert not breaks(json.loads(path.read_bytes()), schema(path.name), direction)


def test_every_schema_was_released() -> None:
    assert {path.name for path in (SCHEMAS / "released").glob("*.json")} == {f"{name}.schema.json" for name in MODELS}
