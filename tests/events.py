"""An event to start from, for tests that need one."""

import datetime as dt
from typing import Any

from service.model import Event
from service.pipeline.identity import event_id

IDENTITY = "RUSGOV|2016-12-07|CONSULT|USAGOV"
PUBLISHED = dt.datetime(2016, 12, 8, tzinfo=dt.UTC)


def an_event(article: str = "a", source: str | None = "Daily", **changes: Any) -> Event:
    """A meeting as the article with this id and publisher reports it, as coded: revision 1, not yet seen by anyone."""
    identity = changes.pop("identity", IDENTITY)
    fields: dict[str, Any] = {
        "event_id": event_id(identity),
        "identity": identity,
        "date": dt.date(2016, 12, 7),
        "date_basis": "relative",
        "type": "CONSULT",
        "mode": "visit",
        "quad": 1,
        "cameo": "04",
        "intensity": 4.0,
        "actor": {"text": "Mr Lavrov", "name": "Sergei Lavrov", "code": "RUSGOV", "country": "RUS", "sector": "GOV"},
        "recipient": {"text": "Mr Kerry", "name": "John Kerry", "code": "USAGOV", "country": "USA", "sector": "GOV"},
        "location": {"text": "Hamburg", "name": "Hamburg", "country": "DEU", "latitude": 53.55, "longitude": 10.0},
        "evidence": [
            {
                "sentence": "Mr Lavrov met Mr Kerry in Hamburg.",
                "start": 0,
                "end": 34,
                "trigger": (10, 13),
                "actor": (0, 9),
            }
        ],
        "confidence": 0.9,
        "article": {"id": article, "source": source, "published_at": PUBLISHED},
        "coder": {"version": "0.1.0", "network": "test"},
    }
    return Event.model_validate(fields | changes)
