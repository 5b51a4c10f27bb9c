"""The golden vectors of identity: ids that never change under the same major version."""

import datetime as dt
import json
from typing import Any

import pytest

from service.model import Actor, Place
from service.pipeline.identity import EVENT_NAMESPACE, event_id, identity, party, scope, scope_of
from service.shipped import folder

DOCUMENT = json.loads((folder("schemas") / "identity.vectors.json").read_text(encoding="utf-8"))


def test_the_namespace_is_the_published_one() -> None:
    assert str(EVENT_NAMESPACE) == DOCUMENT["namespace"]


@pytest.mark.parametrize("vector", DOCUMENT["vectors"], ids=lambda vector: vector["note"].replace(" ", "-"))
def test_the_identity_is(vector: dict[str, Any]) -> None:
    place = Place.model_validate(vector["place"]) if "place" in vector else None
    where = (place.country if place else None, vector.get("dateline_country"))
    actor = party(Actor.model_validate(vector["actor"]), *where)
    other = party(Actor.model_validate(vector["recipient"]), *where) if vector["recipient"] else None
    date = dt.date.fromisoformat(vector["date"])
    told_apart_by = {name: vector[name] for name in ("modality", "mode", "dedup_fields") if name in vector}

    found = identity(vector["type"], actor, other, date, place=place, **told_apart_by)

    assert found == vector["identity"]
    assert scope(vector["type"], actor, other, date) == scope_of(found) == vector["scope"]
    assert event_id(found) == vector["event_id"]
