"""The topics as ``schemas/topics.yaml`` describes them: what is created, and what a check compares with."""

from functools import cache
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from service.config import Settings
from service.shipped import folder

PartitionRule = Literal["any", "as_articles", "equal", "one"]


class TopicSpec(BaseModel):
    """One topic: the setting that names it, its key, how many partitions, and Kafka's own settings for it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    setting: str = Field(description="Attribute of Settings that holds the topic's name")
    key: str = Field(description="What the record key is, for people")
    partitions: PartitionRule
    description: str
    config: dict[str, str] = Field(description="Kafka's topic settings under their own names")

    @property
    def name(self) -> str:
        """The name that the topic has by default."""
        return str(Settings.model_fields[self.setting].default)


@cache
def topic_table() -> tuple[TopicSpec, ...]:
    """All topics in the order of the flow."""
    rows = yaml.safe_load((folder("schemas") / "topics.yaml").read_text(encoding="utf-8"))["topics"]
    return tuple(TopicSpec.model_validate(row) for row in rows)
