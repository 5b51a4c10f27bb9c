"""Every kind of client gets in with the security settings, and says why when it does not."""

import asyncio
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaProducer
from faust.transport.drivers.aiokafka import credentials_to_aiokafka_auth
from pydantic import SecretStr

from service.config import Settings
from service.stream.broker_errors import BrokerError
from service.stream.clients import (
    admin_client,
    aiokafka_security,
    bootstrap_list,
    consumer,
    faust_credentials,
    producer,
)
from tests.broker.brokers import Broker, sasl_plain
from tests.conftest import StartBroker

USER: dict[str, Any] = {"sasl_username": "worker", "sasl_password": SecretStr("right"), "sasl_mechanism": "PLAIN"}


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A folder with key.pem, certificate.pem, which is its own authority, and both.pem, for 127.0.0.1."""
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=eventwire-test"]
    made += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "key.pem", "-out", "certificate.pem"]
    subprocess.run(made, cwd=tmp_path, check=True, capture_output=True)
    (tmp_path / "both.pem").write_text((tmp_path / "key.pem").read_text() + (tmp_path / "certificate.pem").read_text())
    return tmp_path


def mutual_tls(certificate: Path) -> dict[str, str]:
    """Properties: user and password, over TLS in which both sides show a certificate."""
    return sasl_plain(worker="right") | {
        "listener.security.protocol.map": "CLIENT:SASL_SSL,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "listener.name.client.ssl.keystore.type": "PEM",
        "listener.name.client.ssl.keystore.location": str(certificate / "both.pem"),
        "listener.name.client.ssl.truststore.type": "PEM",
        "listener.name.client.ssl.truststore.location": str(certificate / "certificate.pem"),
        "listener.name.client.ssl.client.auth": "required",
    }


def use_every_client(settings: Settings, topic: str) -> None:
    """Admin, producer, consumer, aiokafka alone and with the credentials that Faust gets: each does its work."""
    with admin_client(settings) as admin:
        admin.create_topics({topic: {"num_partitions": 1, "replication_factor": 1}}, wait_for_metadata=True)
    with producer(settings) as client:
        client.send(topic, b"kafka-python").get(timeout=10)
    asyncio.run(send(settings, aiokafka_security(settings), topic, b"aiokafka"))
    asyncio.run(send(settings, credentials_to_aiokafka_auth(faust_credentials(settings)), topic, b"faust"))
    with consumer(settings) as client:
        client.subscribe([topic])
        assert [next(client).value for _ in range(3)] == [b"kafka-python", b"aiokafka", b"faust"]


async def send(settings: Settings, security: Mapping[str, Any], topic: str, value: bytes) -> None:
    async with AIOKafkaProducer(bootstrap_servers=bootstrap_list(settings), **security) as client:
        await client.send_and_wait(topic, value)


@pytest.fixture
def asking(start_broker: StartBroker, tmp_path: Path) -> Broker:
    return start_broker(tmp_path / "broker", sasl_plain(worker="right"))


def test_every_client_gets_in_with_user_and_password(asking: Broker) -> None:
    settings = Settings(bootstrap_servers=asking.bootstrap, security_protocol="SASL_PLAINTEXT", **USER)
    use_every_client(settings, "password")


def test_a_wrong_password_or_protocol_is_told(asking: Broker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.stream.clients.CONNECT_MS", 2000)
    wrong = Settings(
        bootstrap_servers=asking.bootstrap,
        security_protocol="SASL_PLAINTEXT",
        sasl_username="worker",
        sasl_password=SecretStr("wrong"),
    )
    with (
        pytest.raises(
            BrokerError, match=r"talks SASL_PLAINTEXT: .*(Invalid username|wrong user name) or password"
        ) as fault,
        producer(wrong),
    ):
        pass
    assert "EVENTWIRE_SASL_" in fault.value.hint
    plain = Settings(bootstrap_servers=asking.bootstrap)
    with pytest.raises(BrokerError, match="listens, but is no broker that talks PLAINTEXT"), admin_client(plain):
        pass


def test_every_client_gets_in_over_tls_with_a_certificate_of_its_own(
    start_broker: StartBroker, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broker = start_broker(certificate / "broker", mutual_tls(certificate))
    settings = Settings(
        bootstrap_servers=broker.bootstrap,
        security_protocol="SASL_SSL",
        ssl_cafile=certificate / "certificate.pem",
        ssl_certfile=certificate / "certificate.pem",
        ssl_keyfile=certificate / "key.pem",
        **USER,
    )
    use_every_client(settings, "certificate")
    monkeypatch.setattr("service.stream.clients.CONNECT_MS", 2000)
    stranger = settings.model_copy(update={"ssl_cafile": None})
    with pytest.raises(BrokerError, match=r"(?i)talks SASL_SSL: .*certificate verify failed"), admin_client(stranger):
        pass
