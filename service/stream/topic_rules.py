"""What the topics have to be like, and what differs. Nothing here talks to a broker."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from service.config import Settings
from service.shipped.topics import TopicSpec, topic_table

ALTER = "eventwire topics create --alter"
CLEANUP = "cleanup.policy"
LARGEST = "max.message.bytes"


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as the broker has it. ``config`` is empty where a broker does not tell."""

    name: str
    partitions: int
    replicas: int
    config: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing about a topic that keeps the worker from running right, and what to do about it."""

    topic: str
    fault: str
    remedy: str


def topic_name(spec: TopicSpec, settings: Settings) -> str:
    """The name that the settings give the topic."""
    return str(getattr(settings, spec.setting))


def planned_partitions(spec: TopicSpec, found: Mapping[str, Topic], settings: Settings) -> int:
    """How many partitions the topic gets, so that it fits those that are there already."""
    match spec.partitions:
        case "one":
            return 1
        case "as_articles" if settings.articles_topic in found:
            return found[settings.articles_topic].partitions
        case "equal":
            return _equal_partitions(found, settings)
        case _:
            return settings.partitions


def wrong_config(spec: TopicSpec, found: Mapping[str, Topic], settings: Settings) -> dict[str, str]:
    """Kafka's settings of an existing topic that must be otherwise, with the values they should have.

    Retention and compaction pace are the operator's choice; what is deleted or compacted, and how large a record may
    be, is not.
    """
    topic = found[topic_name(spec, settings)]
    wanted = {CLEANUP: spec.config[CLEANUP]}
    if LARGEST in spec.config:
        wanted[LARGEST] = str(_needed_bytes(spec, found, settings))
    return {name: value for name, value in wanted.items() if not _fits(name, topic.config.get(name), value)}


def differences(found: Mapping[str, Topic], settings: Settings) -> list[Difference]:
    """All that keeps the worker from running right, in the order of the flow."""
    problems = [*shared_names(settings)]
    for spec in topic_table():
        name = topic_name(spec, settings)
        if name not in found:
            problems.append(Difference(name, "is missing", "eventwire topics create"))
            continue
        problems += _partition_differences(spec, found, settings)
        for setting, value in wrong_config(spec, found, settings).items():
            fault = f"{setting} is {found[name].config[setting]}, it must be {value}"
            problems.append(Difference(name, fault + (" or more" if setting == LARGEST else ""), ALTER))
    return problems


def shared_names(settings: Settings) -> list[Difference]:
    """Topics that two settings name."""
    users: dict[str, list[str]] = {}
    for spec in topic_table():
        users.setdefault(topic_name(spec, settings), []).append(f"EVENTWIRE_{spec.setting.upper()}")
    return [
        Difference(name, f"{' and '.join(by)} name the same topic", "give each a name of its own")
        for name, by in users.items()
        if len(by) > 1
    ]


def _equal_partitions(found: Mapping[str, Topic], settings: Settings) -> int:
    """The number that most of the topics have that must agree; the setting where that is undecided."""
    counts = Counter(
        found[name].partitions
        for spec in topic_table()
        if spec.partitions == "equal" and (name := topic_name(spec, settings)) in found
    )
    (most, times), *rest = counts.most_common() or [(settings.partitions, 1)]
    return settings.partitions if rest and rest[0][1] == times else most


def _partition_differences(spec: TopicSpec, found: Mapping[str, Topic], settings: Settings) -> list[Difference]:
    name = topic_name(spec, settings)
    has, wanted = found[name].partitions, planned_partitions(spec, found, settings)
    if spec.partitions == "equal" and has != wanted:
        remedy = (
            f"stop the workers, delete it and run eventwire topics create (what it holds is lost), "
            f"or set EVENTWIRE_{spec.setting.upper()} to a new name"
        )
        return [Difference(name, f"has {has} partitions and its sister topics {wanted}: all four must agree", remedy)]
    if spec.partitions == "as_articles" and has < wanted:  # a reject goes to the partition of its article
        return [Difference(name, f"has {has} partitions, {settings.articles_topic} has {wanted}", ALTER)]
    return []


def _needed_bytes(spec: TopicSpec, found: Mapping[str, Topic], settings: Settings) -> int:
    """Largest record; the dead letters must take whatever the articles topic takes, with the headers that are added."""
    needed = int(spec.config[LARGEST])
    if spec.partitions == "as_articles" and settings.articles_topic in found:
        articles = next(other for other in topic_table() if other.setting == "articles_topic")
        headroom = needed - int(articles.config[LARGEST])
        needed = max(needed, int(found[settings.articles_topic].config.get(LARGEST, "0")) + headroom)
    return needed


def _fits(setting: str, has: str | None, wanted: str) -> bool:
    if has is None:  # the broker does not tell
        return True
    if setting == LARGEST:
        return int(has) >= int(wanted)
    return set(has.replace(" ", "").split(",")) == set(wanted.split(","))
