"""What can go wrong between a client and the broker, in the user's words, with what to do about it."""

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from kafka import errors

from service.config import Settings

PROBE_SECONDS = 1.0
TELLING = ("sasl", "ssl", "certificate", "authentic")
"""Words by which a client's log tells more of the cause than "disconnected"."""

# Without a handler Python prints a library's warnings to stderr. The worker's own logging still gets them.
logging.getLogger("kafka").addHandler(logging.NullHandler())


class BrokerError(Exception):
    """The broker can't be used as the settings say. ``hint`` says what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class WrongSettingError(BrokerError):
    """The settings contradict each other or name a file that can't be used; no broker was asked."""


class _Overheard(logging.Handler):
    """What kafka-python logs while it connects: its exception only says that time ran out."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.cause = ""

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if record.name != "kafka.net.sasl.plain" and any(word in message.lower() for word in TELLING):
            self.cause = message.rpartition("Error: ")[2]


@contextmanager
def connecting(settings: Settings) -> Iterator[None]:
    """Around the constructor of a kafka-python client.

    Raises:
        BrokerError: nobody answers, or not as the settings say.
    """
    overheard = _Overheard()
    log = logging.getLogger("kafka")
    log.addHandler(overheard)
    try:
        yield
    except (errors.KafkaError, OSError) as error:
        raise _unreachable(settings, overheard.cause) from error
    except ValueError as error:  # an address that is none
        raise WrongSettingError(f"EVENTWIRE_BOOTSTRAP_SERVERS: {error}", "write host:port, comma-separated") from error
    finally:
        log.removeHandler(overheard)


@contextmanager
def broker_errors(settings: Settings) -> Iterator[None]:
    """Around the use of a connected client.

    Raises:
        BrokerError: the client gave up, or the broker refused.
    """
    try:
        yield
    except errors.KafkaError as error:
        raise _refused(settings, error) from error


def _unreachable(settings: Settings, cause: str) -> BrokerError:
    where = settings.bootstrap_servers
    if not any(_listens(server.strip()) for server in where.split(",")):
        return BrokerError(f"no broker at {where}", "start one, or set EVENTWIRE_BOOTSTRAP_SERVERS")
    if not cause and settings.sasl_username:
        # A broker answers a wrong password and closes; kafka-python may see the one before the other.
        cause = "it hung up, as it does on a wrong user name or password"
    return BrokerError(
        f"{where} listens, but is no broker that talks {settings.security_protocol}" + (f": {cause}" if cause else ""),
        "see EVENTWIRE_SECURITY_PROTOCOL and the settings EVENTWIRE_SASL_... and EVENTWIRE_SSL_...",
    )


def _listens(server: str) -> bool:
    host, _, port = server.rpartition(":")
    try:
        socket.create_connection((host.strip("[]"), int(port)), PROBE_SECONDS).close()
    except (OSError, ValueError):
        return False
    return True


def _refused(settings: Settings, error: errors.KafkaError) -> BrokerError:
    if isinstance(error, errors.UnknownTopicOrPartitionError):
        return BrokerError(f"a topic is missing at {settings.bootstrap_servers}", "eventwire topics create")
    if isinstance(error, errors.ProducerFencedError | errors.InvalidProducerEpochError):
        return BrokerError("another run of the same command took over", "wait for it, then run this again")
    if isinstance(error, errors.InvalidReplicationFactorError):
        return BrokerError(
            f"not that many brokers for {settings.replication_factor} replicas", "set EVENTWIRE_REPLICATION_FACTOR"
        )
    if isinstance(error, errors.AuthorizationError):
        return BrokerError(
            f"the broker does not allow this to user {settings.sasl_username or '(none)'}: {error}",
            "give that user the right (kafka-acls.sh), or set EVENTWIRE_SASL_USERNAME and EVENTWIRE_SASL_PASSWORD",
        )
    if isinstance(error, errors.KafkaTimeoutError | errors.KafkaConnectionError | errors.RequestTimedOutError):
        return BrokerError(f"{settings.bootstrap_servers} did not answer in time: {error}", "eventwire config check")
    return BrokerError(f"{type(error).__name__}: {error}", "eventwire config check; eventwire topics check")
