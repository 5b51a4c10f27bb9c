"""A worker from outside: its settings on the way in, its metrics on the way out."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from service.cli.scrape import Totals, read_metrics
from service.cli.worker_process import as_environment
from service.config import Settings
from service.metrics import Metrics
from service.model import Rejected
from service.pipeline.processing import Tally


def test_settings_reach_another_process_as_they_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").touch()
    monkeypatch.chdir(tmp_path)
    sent = Settings(
        modalities=("actual", "future"), sasl_password="open sesame", ssl_cafile=Path("ca.pem"), batch_seconds=0.2
    )
    for name, value in as_environment(sent).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir("/")
    received = Settings()
    assert received == sent.model_copy(update={"ssl_cafile": tmp_path / "ca.pem"})
    assert received.sasl_password
    assert received.sasl_password.get_secret_value() == "open sesame"


@pytest.fixture
def page() -> Iterator[str]:
    """The metrics of a run as a worker serves them."""
    metrics = Metrics()
    metrics.articles_received(3)
    metrics.articles_committed(Tally.of([Rejected(reason="no_text", detail=""), Rejected(reason="schema", detail="")]))
    metrics.events_committed({"CONSULT": 2, "AID": 1}, {"CONSULT": 1}, [])
    metrics.event_loop_lag(0.02)

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(metrics.exposition())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that is overridden
            """Nothing on stderr."""

    with HTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/metrics"
        server.shutdown()


def test_metrics_are_summed_over_their_labels(page: str) -> None:
    metrics = read_metrics(page)
    totals = Totals.of(metrics)
    assert (totals.articles_received, totals.articles_rejected) == (3, 2)
    assert (totals.events_published, totals.events_duplicate) == (3, 1)
    assert metrics["event_loop_lag_seconds"] == 0.02


def test_all_is_done_when_articles_and_events_are_through() -> None:
    at = {"articles_received": 2, "events_extracted": 5, "events_filtered": 1}
    done = Totals(**at, articles_coded=1, articles_rejected=1, events_coded=4, events_published=3, events_duplicate=1)
    waiting = Totals(
        **at, articles_coded=2, articles_rejected=0, events_coded=4, events_published=3, events_duplicate=0
    )
    assert done.done(2)
    assert not done.done(3)
    assert not waiting.done(2)
