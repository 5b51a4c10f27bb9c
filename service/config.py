"""Settings: environment variables EVENTWIRE_* or a .env file. Each says its meaning and its unit."""

import os
import socket
from pathlib import Path
from typing import Annotated, Any, Literal

from platformdirs import user_data_path
from pydantic import BeforeValidator, Field, PositiveFloat, PositiveInt, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from service.model import Modality

DedupField = Literal["mode", "place"]


def _listed(value: Any) -> Any:  # noqa: ANN401 - whatever the environment or a caller gives
    """``a, b`` as a tuple, as an environment variable says it."""
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


class Settings(BaseSettings):
    """All settings of eventwire. ``eventwire config show`` prints them with where each came from."""

    model_config = SettingsConfigDict(env_prefix="EVENTWIRE_", env_file=".env", extra="ignore", frozen=True)

    # Topics and broker
    bootstrap_servers: str = Field("127.0.0.1:9092", description="Kafka brokers, host:port, comma-separated")
    kafka_version: str | None = Field(
        None, pattern=r"^\d+\.\d+$", description="Protocol for brokers that can't be asked, as 2.3; else they are asked"
    )
    articles_topic: str = Field("articles", description="Input: news articles")
    rejected_topic: str = Field("articles.rejected", description="Dead letters: input that could not be coded")
    replayed_topic: str = Field("articles.replayed", description="Which dead letters were replayed")
    coded_topic: str = Field("events.coded", description="Internal: coded events before deduplication")
    state_topic: str = Field("events.state", description="Internal: changelog of the deduplication")
    events_topic: str = Field("events", description="Output: each event once")
    updates_topic: str = Field("events.updates", description="Output: later revisions of published events")
    partitions: PositiveInt = Field(4, description="Partitions of a topic when it is created")
    replication_factor: PositiveInt = Field(1, description="Replicas of a topic when it is created")

    # The worker
    app_id: str = Field("eventwire", description="Consumer group and prefix of the transactional ids")
    instance_id: str = Field(
        default_factory=socket.gethostname, description="Name of this worker in the group; must differ between workers"
    )
    delivery: Literal["exactly_once", "at_least_once"] = Field(
        "exactly_once", description="Kafka transactions, or acks"
    )
    batch_records: PositiveInt = Field(500, description="Most coded events in one transaction")
    batch_seconds: PositiveFloat = Field(0.2, description="Longest wait for a batch to fill, seconds")
    transaction_timeout_seconds: PositiveFloat = Field(
        15, description="After which a dead worker's transaction ends, seconds"
    )
    session_timeout_seconds: PositiveFloat = Field(6, description="After which a silent worker is given up, seconds")
    data_dir: Path = Field(default_factory=lambda: user_data_path("eventwire"), description="Scratch of the worker")
    state_retention_days: PositiveInt = Field(90, description="Stream time after which an untouched entry goes, days")
    coder_processes: PositiveInt = Field(default_factory=lambda: os.cpu_count() or 1, description="Processes that code")
    article_timeout_seconds: PositiveFloat = Field(
        30, description="After which coding one article is given up, seconds"
    )
    liveness_seconds: PositiveFloat = Field(
        60, description="Without progress for so long, with lag: not alive, seconds"
    )

    # Coding
    modalities: Annotated[tuple[Modality, ...], NoDecode, BeforeValidator(_listed)] = Field(
        ("actual",),
        description="Modalities that pass, comma-separated: actual, future, hypothetical, negated, historical",
    )
    min_confidence: float = Field(0.0, ge=0, le=1, description="Events below it are held back, 0 to 1")
    dedup_fields: Annotated[tuple[DedupField, ...], NoDecode, BeforeValidator(_listed)] = Field(
        (), description="What tells events apart beside date, type and parties, comma-separated: mode, place"
    )
    knowledge_dir: Path | None = Field(None, description="Folder of your own tables; they win over the built-in ones")

    # Dead letters
    dlq_max_share: float = Field(
        0.5, gt=0, le=1, description="Share of rejects in a window that stops the worker, 0 to 1"
    )
    dlq_max_consecutive: PositiveInt = Field(500, description="Rejects in a row on a partition that stop the worker")

    # Web port: /metrics, /health/live, /health/ready
    web_host: str = Field("127.0.0.1", description="Address of the web port")
    web_port: int = Field(6066, ge=0, le=65535, description="Web port: /metrics, /health/live, /health/ready")

    # Security, passed to every client
    security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = Field(
        "PLAINTEXT", description="As in Kafka"
    )
    sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] | None = Field(None, description="As in Kafka")
    sasl_username: str | None = Field(None, description="User name for SASL")
    sasl_password: SecretStr | None = Field(None, description="Password for SASL")
    ssl_cafile: Path | None = Field(None, description="Certificates of the authorities, PEM")
    ssl_certfile: Path | None = Field(None, description="Client certificate, PEM")
    ssl_keyfile: Path | None = Field(None, description="Key of the client certificate, PEM")

    # Log
    log_format: Literal["text", "json"] = Field("text", description="Log lines for people or for programs")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least severity logged")
