"""The JSON Schemas that stand in schemas/, made from the models.

    python -m tests.contract.published_schemas

writes them anew after a change of service/model.py. On a release the files are copied to schemas/released/.
"""

import json
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue

from service.model import Article, Event, Held, Rejected
from service.shipped import folder

MODELS: dict[str, tuple[type[BaseModel], JsonSchemaMode]] = {
    "article.v1": (Article, "validation"),
    "event.v1": (Event, "serialization"),
    "held.v1": (Held, "serialization"),
    "rejected.v1": (Rejected, "serialization"),
}


class _Published(GenerateJsonSchema):
    """What is sent has every field, null or not, so no defaults. Titles would only repeat names of fields."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        return False

    def field_is_required(self, field: Any, total: bool) -> bool:  # noqa: FBT001
        return self.mode == "serialization" or super().field_is_required(field, total)

    def default_schema(self, schema: Any) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"]) if self.mode == "serialization" else super().default_schema(schema)

    def generate(self, schema: Any, mode: JsonSchemaMode = "validation") -> JsonSchemaValue:
        return {"$schema": self.schema_dialect, **super().generate(schema, mode)}


def published(name: str) -> str:
    """The schema as its file has it."""
    model, mode = MODELS[name]
    schema = model.model_json_schema(mode=mode, schema_generator=_Published, union_format="primitive_type_array")
    schema = {"$schema": schema.pop("$schema"), "$id": f"{name}.schema.json"} | schema
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for name in MODELS:
        (folder("schemas") / f"{name}.schema.json").write_text(published(name), encoding="utf-8")
