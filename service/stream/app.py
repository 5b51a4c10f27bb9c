"""The Faust app: it reads, balances the group, and runs the agents. Of its own delivery and tables nothing is used."""

from typing import Any

import faust
from yarl import URL

from service.config import Settings
from service.stream.clients import bootstrap_list, faust_credentials
from service.stream.faust_consumer import ReadCommittedTransport

REQUEST_SECONDS = 20.0
REBALANCE_SECONDS = 10.0
MAX_POLL_SECONDS = 300.0
FETCH_RECORDS = 50
"""At a time from Faust's consumer. Partitions take turns of so many: with more, they wait long for articles."""
BUFFERED_RECORDS = 1_000
"""Between Faust's consumer and an agent."""


def make_app(settings: Settings) -> faust.App:
    """An app without agents.

    Raises:
        service.stream.broker_errors.WrongSettingError: the security settings contradict each other.
    """
    brokers = [URL(f"kafka://{server}") for server in bootstrap_list(settings)]
    session = settings.session_timeout_seconds
    options: dict[str, Any] = {
        "broker": brokers,
        "broker_credentials": faust_credentials(settings),
        "broker_session_timeout": session,
        "broker_heartbeat_interval": session / 3,
        "broker_rebalance_timeout": REBALANCE_SECONDS,
        "broker_request_timeout": max(REQUEST_SECONDS, session),  # Faust wants it no shorter than the session
        "broker_max_poll_interval": MAX_POLL_SECONDS,
        "broker_max_poll_records": FETCH_RECORDS,
        "consumer_auto_offset_reset": "earliest",
        "consumer_group_instance_id": settings.instance_id,  # a worker that comes back at once keeps its partitions
        "stream_wait_empty": False,  # it waits for acknowledgements, of which there are none
        "stream_buffer_maxsize": BUFFERED_RECORDS,
        "store": "memory://",
        "table_standby_replicas": 0,
        "topic_disable_leader": True,
        "topic_allow_declare": False,
        "web_enabled": False,
        "autodiscover": False,
        "datadir": settings.data_dir / "faust",
    }
    app = faust.App(settings.app_id, **options)
    app.transport = ReadCommittedTransport(brokers, app)
    return app
