from pathlib import Path

from kafka.admin import KafkaAdminClient

from tests.conftest import StartBroker
from tests.contract.deploy_files import services

OF_THE_PLACE = {"listeners", "advertised.listeners", "listener.security.protocol.map", "controller.quorum.voters"}
"""Addresses and folders: those of compose's own network."""


def test_the_broker_of_compose_starts_with_its_properties(start_broker: StartBroker, tmp_path: Path) -> None:
    """The image turns KAFKA_LOG_DIRS into log.dirs, and so on; so does this."""
    given = services()["broker"]["environment"]
    properties = {name.removeprefix("KAFKA_").lower().replace("_", "."): str(value) for name, value in given.items()}
    own = OF_THE_PLACE | {"log.dirs", "inter.broker.listener.name"}
    broker = start_broker(tmp_path, {name: value for name, value in properties.items() if name not in own})
    admin = KafkaAdminClient(bootstrap_servers=broker.bootstrap)
    nodes = admin.describe_cluster()["brokers"]
    admin.close()
    assert len(nodes) == 1
