"""The topics on the broker: made, set right, checked and listed as ``schemas/topics.yaml`` describes them."""

from collections.abc import Iterable
from dataclasses import dataclass

from kafka import KafkaAdminClient
from kafka.admin import ConfigResource, ConfigResourceType
from kafka.errors import NoError, UnknownTopicOrPartitionError, for_code

from service.config import Settings
from service.shipped.topics import TopicSpec, topic_table
from service.stream.broker_errors import BrokerError, WrongSettingError
from service.stream.clients import admin_client, consumer
from service.stream.reading import count_records
from service.stream.topic_rules import (
    Difference,
    Topic,
    differences,
    planned_partitions,
    shared_names,
    topic_name,
    wrong_config,
)


@dataclass(frozen=True, slots=True)
class Change:
    """What was done to a topic."""

    topic: str
    done: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A topic of the flow; ``topic`` is none where the broker has none of that name."""

    spec: TopicSpec
    name: str
    topic: Topic | None
    records: int


def create(settings: Settings, *, alter: bool = False) -> list[Change]:
    """Makes the topics that are missing. With ``alter``, also sets right what can be set right on those that are there.

    Raises:
        BrokerError: the broker can't be reached or refuses; two settings name one topic.
    """
    for clash in shared_names(settings):
        raise WrongSettingError(f"{clash.topic}: {clash.fault}", clash.remedy)
    with admin_client(settings) as admin:
        found = read_topics(admin, _names(settings))
        missing = [spec for spec in topic_table() if topic_name(spec, settings) not in found]
        changes = [_make(admin, spec, found, settings) for spec in missing]
        if alter:
            changes += [
                change
                for spec in topic_table()
                if spec not in missing
                for change in _alter(admin, spec, found, settings)
            ]
        if missing:
            admin.wait_for_topics([topic_name(spec, settings) for spec in missing])
    return changes


def check(settings: Settings) -> list[Difference]:
    """What keeps the worker from running right, in the order of the flow; nothing if all is well.

    Raises:
        BrokerError: the broker can't be reached or refuses.
    """
    with admin_client(settings) as admin:
        return differences(read_topics(admin, _names(settings)), settings)


def count_brokers(settings: Settings) -> int:
    """How many brokers the cluster has.

    Raises:
        BrokerError: none can be reached, or it refuses.
    """
    with admin_client(settings) as admin:
        return len(admin.describe_cluster()["brokers"])


def listing(settings: Settings) -> list[Listed]:
    """The topics of the flow with the number of records between their first and last offset, markers included.

    Raises:
        BrokerError: the broker can't be reached or refuses.
    """
    with admin_client(settings) as admin:
        found = read_topics(admin, _names(settings))
    with consumer(settings) as client:
        return [
            Listed(spec, name, found.get(name), count_records(client, name) if name in found else 0)
            for spec in topic_table()
            for name in [topic_name(spec, settings)]
        ]


def require(settings: Settings, *names: str) -> dict[str, Topic]:
    """The topics by name. Clients wait long for one that is not there; this asks first.

    Raises:
        BrokerError: one of the topics is missing.
    """
    with admin_client(settings) as admin:
        found = read_topics(admin, names)
    for name in names:
        if name not in found:
            raise BrokerError(f"no topic {name} at {settings.bootstrap_servers}", "eventwire topics create")
    return found


def read_topics(admin: KafkaAdminClient, names: Iterable[str]) -> dict[str, Topic]:
    """Those of the topics that are there."""
    wanted = list(dict.fromkeys(names))
    described = {}
    for answer in admin.describe_topics(wanted):
        error = for_code(answer["error_code"])
        if error is NoError:
            described[answer["name"]] = answer["partitions"]
        elif error is not UnknownTopicOrPartitionError:
            raise error(answer["name"])
    configs = _read_configs(admin, described)
    return {
        name: Topic(
            name, len(partitions), min(len(part["replica_nodes"]) for part in partitions), configs.get(name, {})
        )
        for name, partitions in described.items()
    }


def _read_configs(admin: KafkaAdminClient, names: Iterable[str]) -> dict[str, dict[str, str]]:
    """Kafka's settings of the topics; nothing from a broker that can't be asked (the demo's)."""
    resources = [ConfigResource(ConfigResourceType.TOPIC, name) for name in names]
    if not resources or admin.config["api_version"]:  # who can't say its version drops the connection when asked this
        return {}
    answer = admin.describe_configs(resources, config_filter="all")
    return {
        name: {key: entry["value"] for key, entry in entries.items() if entry["value"] is not None}
        for name, entries in answer["topic"].items()
    }


def _names(settings: Settings) -> list[str]:
    return [topic_name(spec, settings) for spec in topic_table()]


def _make(admin: KafkaAdminClient, spec: TopicSpec, found: dict[str, Topic], settings: Settings) -> Change:
    name, partitions = topic_name(spec, settings), planned_partitions(spec, found, settings)
    config = spec.config | wrong_config(spec, found | {name: Topic(name, partitions, 1, {})}, settings)
    wanted = {"num_partitions": partitions, "replication_factor": settings.replication_factor, "configs": config}
    admin.create_topics({name: wanted})
    return Change(name, f"created with {partitions} partition{'s' * (partitions != 1)}")


def _alter(admin: KafkaAdminClient, spec: TopicSpec, found: dict[str, Topic], settings: Settings) -> Iterable[Change]:
    name = topic_name(spec, settings)
    if wrong := wrong_config(spec, found, settings):
        admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, name, configs=wrong)])
        yield Change(name, "set " + ", ".join(f"{key}={value}" for key, value in wrong.items()))
    wanted = planned_partitions(spec, found, settings)
    if spec.partitions == "as_articles" and found[name].partitions < wanted:
        admin.create_partitions({name: wanted})
        yield Change(name, f"grown to {wanted} partitions")
