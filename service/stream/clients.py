"""Clients of the broker: where it is, security, and time limits, the same for every one."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer
from kafka.errors import KafkaError

from service.config import Settings
from service.stream.broker_errors import WrongSettingError, broker_errors, connecting

if TYPE_CHECKING:
    from faust.types.auth import CredentialsT

MEBIBYTE = 1024 * 1024
CONNECT_MS = 8_000
"""Long enough for a broker far away, short enough that who mistyped an address keeps waiting for the answer."""
REQUEST_MS = 15_000
DELIVERY_MS = 60_000
"""A record not acknowledged by then counts as failed; a leader may move meanwhile."""
GIVE_UP_SECONDS = 2.0
LINGER_MS = 10
FETCH_BYTES = 4 * MEBIBYTE
"""The largest record that a topic takes, articles.rejected, has 3 MiB."""


def bootstrap_list(settings: Settings) -> list[str]:
    """The brokers' addresses, ``host:port`` each."""
    return [server.strip() for server in settings.bootstrap_servers.split(",") if server.strip()]


def ssl_context(settings: Settings) -> ssl.SSLContext | None:
    """The context for TLS, or none where the protocol needs none. Host names are always checked.

    Raises:
        WrongSettingError: a file is missing or is no certificate or key.
    """
    if not settings.security_protocol.endswith("SSL"):
        return None
    if settings.ssl_keyfile and not settings.ssl_certfile:
        raise WrongSettingError("EVENTWIRE_SSL_KEYFILE is set without its certificate", "set EVENTWIRE_SSL_CERTFILE")
    for path in (settings.ssl_cafile, settings.ssl_certfile, settings.ssl_keyfile):
        if path is not None and not path.is_file():
            raise WrongSettingError(f"{path}: no such file", "see EVENTWIRE_SSL_CAFILE, _CERTFILE and _KEYFILE")
    try:
        context = ssl.create_default_context(cafile=settings.ssl_cafile)
        if settings.ssl_certfile:
            context.load_cert_chain(settings.ssl_certfile, settings.ssl_keyfile)
    except (ssl.SSLError, OSError) as error:
        raise WrongSettingError(
            f"a certificate or key can't be used: {error}", "EVENTWIRE_SSL_CAFILE, _CERTFILE and _KEYFILE are PEM files"
        ) from error
    return context


def sasl(settings: Settings) -> tuple[str, str, str] | None:
    """Mechanism (PLAIN where none is set), user name and password, or none where the protocol needs none.

    Raises:
        WrongSettingError: the protocol needs them, and they are not all set.
    """
    if not settings.security_protocol.startswith("SASL"):
        return None
    if settings.sasl_username is None or settings.sasl_password is None:
        raise WrongSettingError(
            f"EVENTWIRE_SECURITY_PROTOCOL is {settings.security_protocol}, and user name or password is missing",
            "set EVENTWIRE_SASL_USERNAME and EVENTWIRE_SASL_PASSWORD",
        )
    return settings.sasl_mechanism or "PLAIN", settings.sasl_username, settings.sasl_password.get_secret_value()


def aiokafka_security(settings: Settings) -> dict[str, object]:
    """Keyword arguments for aiokafka's clients; kafka-python takes the same.

    Raises:
        WrongSettingError: the security settings contradict each other.
    """
    security: dict[str, object] = {"security_protocol": settings.security_protocol}
    if context := ssl_context(settings):
        security["ssl_context"] = context
    if login := sasl(settings):
        names = ("sasl_mechanism", "sasl_plain_username", "sasl_plain_password")
        security.update(zip(names, login, strict=True))
    return security


def kafka_python_config(settings: Settings) -> dict[str, object]:
    """Keyword arguments that kafka-python's admin client, producer and consumer have in common.

    Raises:
        WrongSettingError: the security settings contradict each other.
    """
    version = settings.kafka_version
    return {
        "bootstrap_servers": bootstrap_list(settings),
        "api_version": tuple(map(int, version.split("."))) if version else None,
        "client_id": settings.app_id,
        "bootstrap_timeout_ms": CONNECT_MS,
        "request_timeout_ms": REQUEST_MS,
        **aiokafka_security(settings),
    }


def faust_credentials(settings: Settings) -> "CredentialsT | None":
    """Credentials for Faust's setting ``broker_credentials``; none for PLAINTEXT.

    Raises:
        WrongSettingError: the security settings contradict each other.
    """
    from faust import SASLCredentials, SSLCredentials  # noqa: PLC0415 - the command line needs no Faust

    context = ssl_context(settings)
    if login := sasl(settings):
        mechanism, username, password = login
        return SASLCredentials(username=username, password=password, mechanism=mechanism, ssl_context=context)
    return SSLCredentials(context) if context else None


@contextmanager
def admin_client(settings: Settings) -> Iterator[KafkaAdminClient]:
    """For topics and their configuration. Raises BrokerError, as all here."""
    with connecting(settings):
        client = KafkaAdminClient(**kafka_python_config(settings))
    with broker_errors(settings), client:
        yield client


@contextmanager
def producer(settings: Settings, transactional_id: str | None = None) -> Iterator[KafkaProducer]:
    """Every record is acknowledged by all replicas in sync, and written once however often it is sent again."""
    with connecting(settings):
        client = KafkaProducer(
            **kafka_python_config(settings),
            acks="all",
            enable_idempotence=True,
            transactional_id=transactional_id,
            allow_auto_create_topics=False,
            linger_ms=LINGER_MS,
            max_block_ms=REQUEST_MS,
            delivery_timeout_ms=DELIVERY_MS,
            max_request_size=FETCH_BYTES,
        )
    with broker_errors(settings):
        try:
            yield client
            client.flush(DELIVERY_MS / 1000)
        finally:
            with suppress(KafkaError):  # after a fault: what was not acknowledged by now is given up
                client.close(timeout=GIVE_UP_SECONDS)


@contextmanager
def consumer(settings: Settings) -> Iterator[KafkaConsumer]:
    """Reads what is committed, in no group: the caller assigns partitions and seeks."""
    with connecting(settings):
        client = KafkaConsumer(
            **kafka_python_config(settings),
            group_id=None,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            isolation_level="read_committed",
            allow_auto_create_topics=False,
            max_partition_fetch_bytes=FETCH_BYTES,
        )
    with broker_errors(settings):
        try:
            yield client
        finally:
            client.close()
