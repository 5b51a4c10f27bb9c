"""The flow: articles are coded, and what was coded is deduplicated. Two agents, for state lies where its key lies.

    articles --> code_articles --> events.coded --> deduplicate_events --> events, events.updates, events.state
                       |
                       +--> articles.rejected

Faust reads, balances and hands out records. It acknowledges nothing here: what an agent takes, its stage delivers, with
its offset, in a transaction of its own.
"""

from typing import Any

import faust

from service.config import Settings
from service.stream.records import SourceRecord
from service.stream.stage import Stage

RAW: dict[str, Any] = {"key_type": bytes, "value_type": bytes, "key_serializer": "raw", "value_serializer": "raw"}
"""Bytes as they came: what can't be read is an outcome of the first stage, no fault of Faust's."""


def add_agents(app: faust.App, settings: Settings, coding: Stage, deduplication: Stage) -> None:
    """The two agents, each with the stage that does its work."""

    @app.agent(app.topic(settings.articles_topic, **RAW))
    async def code_articles(stream: Any) -> None:  # noqa: ANN401 - faust.StreamT without its record type
        async for event in stream.noack().events():
            await coding.take(SourceRecord.of(event.message))

    @app.agent(app.topic(settings.coded_topic, **RAW))
    async def deduplicate_events(stream: Any) -> None:  # noqa: ANN401 - as above
        async for event in stream.noack().events():
            await deduplication.take(SourceRecord.of(event.message))
