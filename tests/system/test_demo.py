"""A newcomer's minute: the demo as it is typed."""

import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from tests.processes import spawn
from tests.system.readme_demo import demo, excerpt, in_readme

SIX = ("USA", "GBR", "DEU", "ITA", "FRA", "CAN")


def cells(line: str) -> list[str]:
    """Date, type and the two codes of a line."""
    date, kind, *rest = line.split()
    parties = " ".join(rest).split(" -> ")
    return [date, kind.split("/")[0], *(party.split()[0] for party in parties)]


def test_the_demo_ends_by_itself_whatever_the_environment_says() -> None:
    assert demo().code == 0, demo().messages


def test_readme_shows_what_the_demo_prints() -> None:
    assert in_readme() == excerpt(demo()), "python -m tests.system.readme_demo brings it up to date"


def test_the_meeting_comes_once_though_its_article_went_in_twice() -> None:
    meetings = [line for line in demo().events if cells(line)[1] == "CONSULT" and "Hamburg" in line]
    (meeting,) = meetings
    assert cells(meeting)[0] == "2016-12-07"
    assert set(cells(meeting)[2:]) == {"RUSGOV", "USAGOV"}


def test_the_denunciation_by_six_countries_gives_twelve_dyads_once_each() -> None:
    found = [cells(line) for line in demo().events if "RFE/RL" in line and cells(line)[1] == "ACCUSE"]
    dyads = [(actor[:3], recipient[:3]) for _, _, actor, recipient in (row for row in found if len(row) == 4)]
    wanted = sorted((actor, recipient) for actor in SIX for recipient in ("SYR", "RUS"))
    assert sorted(dyad for dyad in dyads if dyad in wanted) == wanted


def test_what_two_publishers_report_is_corroborated() -> None:
    assert [
        line
        for line in demo().events
        if "Harbour Dispatch, Lakeside Courier" in line or "Lakeside Courier, Harbour" in line
    ]


def test_the_totals_add_up() -> None:
    numbers = [int(word) for word in demo().totals.split("next")[0].split() if word.isdigit()]
    received, coded, rejected, extracted, filtered, handed_on, again, published, duplicate, _ = numbers
    assert received == coded + rejected == 6
    assert extracted == filtered + handed_on
    assert handed_on == again == published + duplicate
    assert duplicate > 0


def test_kept_running_it_shows_its_metrics_and_ends_its_worker_on_ctrl_c(tmp_path: Path) -> None:
    log = tmp_path / "log"
    process = spawn([sys.executable, "-m", "service", "demo", "--keep"], log)
    try:
        web = _web(log, process)
        with urllib.request.urlopen(f"{web}/metrics") as answer:
            assert b"eventwire_articles_received_total 6.0" in answer.read()
        worker = int(
            subprocess.run(
                ["pgrep", "-P", str(process.pid), "-f", "service worker"], capture_output=True, check=True
            ).stdout
        )
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
        assert not Path(f"/proc/{worker}").exists()
    finally:
        process.kill()
        process.wait()


def _children(process: int) -> list[int]:
    """The processes that it started and that run."""
    listed = [path.read_text() for path in Path("/proc").glob("[0-9]*/stat")]
    fields = [stat.rpartition(")") for stat in listed]
    return [int(head.split()[0]) for head, _, tail in fields if int(tail.split()[1]) == process]


def _web(log: Path, process: subprocess.Popen[bytes]) -> str:
    """Where the kept demo says that its metrics are."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        _, found, rest = log.read_text().partition("Still running: ")
        if found and "/metrics" in rest:
            return rest.split("/metrics")[0]
        time.sleep(0.2)
    raise AssertionError(log.read_text())
