"""Settings on their way to the clients, without a broker. ``tests/broker/test_clients_security.py`` connects."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from faust import SASLCredentials
from pydantic import SecretStr

from service.config import Settings
from service.stream.broker_errors import BrokerError, WrongSettingError
from service.stream.clients import (
    admin_client,
    aiokafka_security,
    bootstrap_list,
    consumer,
    faust_credentials,
    kafka_python_config,
    producer,
)


def settings(**values: Any) -> Settings:
    return Settings(_env_file=None, **values)


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port that is taken and on which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


SASL = settings(
    security_protocol="SASL_PLAINTEXT",
    sasl_mechanism="SCRAM-SHA-512",
    sasl_username="worker",
    sasl_password=SecretStr("secret"),
)


def test_without_security_settings_clients_talk_plaintext() -> None:
    assert aiokafka_security(settings()) == {"security_protocol": "PLAINTEXT"}
    assert faust_credentials(settings()) is None


def test_user_and_password_reach_every_client() -> None:
    expected = {
        "security_protocol": "SASL_PLAINTEXT",
        "sasl_mechanism": "SCRAM-SHA-512",
        "sasl_plain_username": "worker",
        "sasl_plain_password": "secret",
    }
    assert aiokafka_security(SASL) == expected
    assert expected.items() <= kafka_python_config(SASL).items()
    credentials = faust_credentials(SASL)
    assert isinstance(credentials, SASLCredentials)
    assert (credentials.username, credentials.password) == ("worker", "secret")
    assert (credentials.protocol.value, credentials.mechanism.value) == ("SASL_PLAINTEXT", "SCRAM-SHA-512")


def test_the_mechanism_is_plain_unless_set() -> None:
    assert aiokafka_security(SASL.model_copy(update={"sasl_mechanism": None}))["sasl_mechanism"] == "PLAIN"


def test_tls_checks_certificate_and_host_name() -> None:
    context = aiokafka_security(settings(security_protocol="SSL"))["ssl_context"]
    assert isinstance(context, ssl.SSLContext)
    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED


def test_the_password_is_not_shown_by_the_settings() -> None:
    assert "secret" not in repr(SASL)


@pytest.mark.parametrize("missing", ["sasl_username", "sasl_password"])
def test_sasl_without_user_or_password_says_which_settings_to_set(missing: str) -> None:
    with pytest.raises(WrongSettingError, match="SASL_PLAINTEXT, and user name or password is missing") as fault:
        kafka_python_config(SASL.model_copy(update={missing: None}))
    assert "EVENTWIRE_SASL_USERNAME and EVENTWIRE_SASL_PASSWORD" in fault.value.hint


def test_a_certificate_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongSettingError, match=f"{tmp_path}/ca.pem: no such file"):
        aiokafka_security(settings(security_protocol="SSL", ssl_cafile=tmp_path / "ca.pem"))


def test_a_file_that_is_no_certificate_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("no certificate")
    with pytest.raises(WrongSettingError, match="a certificate or key can't be used"):
        aiokafka_security(settings(security_protocol="SSL", ssl_cafile=tmp_path / "ca.pem"))


def test_a_key_needs_its_certificate(tmp_path: Path) -> None:
    with pytest.raises(WrongSettingError, match="without its certificate"):
        aiokafka_security(settings(security_protocol="SSL", ssl_keyfile=tmp_path / "key.pem"))


def test_several_brokers_are_separated_by_commas() -> None:
    assert bootstrap_list(settings(bootstrap_servers="a:1, b:2,")) == ["a:1", "b:2"]


@pytest.mark.parametrize("client", [admin_client, producer, consumer])
def test_a_broker_that_is_not_there_is_named_with_what_to_do(
    client: Callable[[Settings], AbstractContextManager[object]], monkeypatch: pytest.MonkeyPatch, silent_port: int
) -> None:
    monkeypatch.setattr("service.stream.clients.CONNECT_MS", 50)
    absent = settings(bootstrap_servers=f"127.0.0.1:{silent_port}")
    with pytest.raises(BrokerError, match=f"no broker at 127.0.0.1:{silent_port}") as fault, client(absent):
        pass
    assert fault.value.hint == "start one, or set EVENTWIRE_BOOTSTRAP_SERVERS"
